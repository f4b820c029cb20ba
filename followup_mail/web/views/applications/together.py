"""All applications at once: each that goes on is paused, or each that is paused goes on."""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.services.applications.pause_application import pause_all, resume_all
from followup_mail.services.typed.day_ahead import read_day_ahead
from followup_mail.web.frame.asked import Asked
from followup_mail.web.views.applications.listing import name_companies, show_list, standing_version
from followup_mail.web.views.deciding.acting import name_of
from followup_mail.workspace import Workspace


def pause_everything(asked: Asked) -> Response:
    """Stop everything for every application, until a day or until the user goes on."""
    with asked.open("pause --all") as workspace:
        asked.require_shown(standing_version(workspace.facts.load_all()[0]))
        try:
            until = _read_day(asked, workspace)
        except FollowupError as error:
            return show_list(asked, 422, error)
        paused, broken = pause_all(workspace, until)
        companies = name_companies(workspace)
        return asked.go(
            "/applications",
            "applications.paused_all",
            paused=paused,
            until=until,
            broken=broken,
            companies=companies,
        )


def resume_everything(asked: Asked) -> Response:
    """Go on with every application that is paused."""
    with asked.open("resume --all") as workspace:
        asked.require_shown(standing_version(workspace.facts.load_all()[0]))
        done = resume_all(workspace)
        companies, zone = name_companies(workspace), workspace.own_zone
        return asked.go("/applications", "applications.resumed_all", done=done, companies=companies, zone=zone)


def _read_day(asked: Asked, workspace: Workspace) -> date | None:
    typed = asked.form.get("pause_until").strip()
    name = name_of(asked, "the_day")
    return read_day_ahead(workspace, name, typed) if typed else None
