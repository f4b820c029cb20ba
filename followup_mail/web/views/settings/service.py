"""The service: how it stands, and installing or removing it once what would be done was seen."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.services.accounts.manage_service import (
    ServiceChange,
    describe_change,
    install,
    propose_install,
    propose_removal,
    read_command,
    remove,
)
from followup_mail.services.accounts.service_status import check_service
from followup_mail.services.accounts.whose_service import say_whose
from followup_mail.web.frame.asked import Asked, read_number
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.frame.shown import facts_version
from followup_mail.workspace import Workspace

_USUAL: Final = 5
_OFTEN: Final = (1, 5, 10, 15, 30, 60)


def show_service(asked: Asked) -> Response:
    """Show how it stands for this home."""
    with asked.open() as workspace:
        status = check_service(workspace)
        return asked.page(
            "settings/service.html",
            stands=status,
            commands=[read_command(found) for found in status.installed if found.service],
            others=[say_whose(found) for found in status.others],
            log=workspace.log_folder,
            zone=workspace.own_zone,
            often=_OFTEN,
        )


def show_install(asked: Asked) -> Response:
    """Show exactly what would be done."""
    with asked.open() as workspace:
        every, force = _every(asked.query.get("every")), asked.query.get("force") == "yes"
        try:
            proposals = (propose_install(workspace, None, every, force),)
        except FollowupError as error:
            return asked.page("settings/service_refused.html", 409, error=error, every=every)
        return _propose(asked, workspace, proposals, "install", every=every, force=force)


def install_it(asked: Asked) -> Response:
    """Do what was shown; refused when it would be something else by now."""
    with asked.open() as workspace:
        every = _every(asked.form.get("every"))
        proposal = propose_install(workspace, None, every, asked.form.get("force") == "yes")
        asked.require_shown(_version((proposal,)))
        install(workspace, proposal)
        return asked.go("/service", "settings.service_installed", kind=str(proposal.kind), every=every)


def show_removal(asked: Asked) -> Response:
    """Show exactly what would be taken away."""
    with asked.open() as workspace:
        return _propose(asked, workspace, propose_removal(workspace, None), "remove")


def remove_it(asked: Asked) -> Response:
    """Take away what was shown."""
    with asked.open() as workspace:
        proposals = propose_removal(workspace, None)
        asked.require_shown(_version(proposals))
        remove(workspace, proposals)
        return asked.go("/service", "settings.service_removed")


def _every(text: str) -> int:
    number = read_number(text)
    return number if 1 <= number <= max(_OFTEN) else _USUAL


def _propose(
    asked: Asked, workspace: Workspace, proposals: tuple[ServiceChange, ...], what: str, **asked_for: Any
) -> Response:
    shown = [(change, [describe_change(part) for part in change.procedure.changes]) for change in proposals]
    return asked.page(
        "settings/service_proposal.html",
        proposals=shown,
        what=what,
        home=workspace.home,
        version=_version(proposals),
        **{"every": _USUAL, "force": False, **asked_for},
    )


def _version(proposals: tuple[ServiceChange, ...]) -> str:
    said = [line for change in proposals for part in change.procedure.changes for line in describe_change(part)]
    return facts_version("\n".join(said))


ROUTES: Final = (
    Get("/service", show_service),
    Get("/service/install", show_install),
    Post("/service/install", install_it),
    Get("/service/remove", show_removal),
    Post("/service/remove", remove_it),
)
