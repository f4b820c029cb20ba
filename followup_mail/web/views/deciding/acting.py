"""How a decision is taken: the form must be of the facts as they are, and what is wrong is shown where it was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.services.context.application_context import open_application
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.shown import ChangedError, facts_version
from followup_mail.workspace import Workspace

Act: TypeAlias = Callable[[Workspace, str], Response]
"""Does it for the application of a short name, and says so."""


def show_decide(asked: Asked) -> Response:
    """Show all that can be decided about one application."""
    with asked.open() as workspace:
        return _page(asked, workspace)


def decide(asked: Asked, command: str, act: Act, field: str = "") -> Response:
    """Take a decision about the application of the address; what goes wrong is shown beside ``field``.

    ``command`` is the name of the command that does the same.
    """
    slug = asked.path["slug"]
    with asked.open(f"{command} {slug}") as workspace:
        version = facts_version(workspace.facts.text(slug))
        try:
            asked.require_shown(version)
            return act(workspace, slug)
        except ChangedError as error:
            return _page(asked, workspace, 409, error=error)
        except FollowupError as error:
            return _page(asked, workspace, 422, error=None if field else error, decide_wrong={field: error})


def _page(asked: Asked, workspace: Workspace, status: int = 200, **more: object) -> Response:
    context = open_application(workspace, asked.path["slug"])
    application = context.application
    values = {"error": None, "decide_wrong": {}, **more}
    return asked.page(
        "deciding/decide.html",
        status,
        context=context,
        application=application,
        version=facts_version(workspace.facts.text(application.slug)),
        **values,
    )


def name_of(asked: Asked, what: str) -> str:
    """Return what a field is called, for a sentence about what was typed there."""
    return str(asked.filler.say(f"deciding.{what}", asked, {}).unescape()).strip()
