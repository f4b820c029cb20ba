"""All proposals: those that wait for a decision, and what was decided in the last month."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from followup_mail.services.proposals.proposal_form import list_decided, list_waiting
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get


def show_proposals(asked: Asked) -> Response:
    """Show them, or what this is where there are none."""
    with asked.open() as workspace:
        return asked.page(
            "proposals/list.html",
            waiting=list_waiting(workspace),
            decided=list_decided(workspace),
            own_zone=workspace.own_zone,
        )


ROUTES: Final = (Get("/proposals", show_proposals),)
