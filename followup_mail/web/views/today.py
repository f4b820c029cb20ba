"""Today: what is due, late, unclear or answered in all applications, the most urgent first, with one button each."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from followup_mail.services.today import look_at_today
from followup_mail.services.urgent_first import list_headlines
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get


def show_today(asked: Asked) -> Response:
    """Show it, or how to begin where nothing is written down."""
    with asked.open() as workspace:
        today = look_at_today(workspace)
        return asked.page(
            "today.html",
            today=today,
            headlines=list_headlines(workspace, today),
            now=workspace.now(),
            leaves_machine=workspace.leaves_machine,
            is_set_up=bool(workspace.settings.email),
        )


def show_more(asked: Asked) -> Response:
    """Show what is not needed every day."""
    return asked.page("more.html")


ROUTES: Final = (Get("/", show_today), Get("/more", show_more))
