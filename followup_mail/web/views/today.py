"""Today: what is due, late, unclear or answered in all applications, the most urgent first, with one button each."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from followup_mail.services.adding.add_draft import AddDraft, find_draft
from followup_mail.services.overview.today import look_at_today
from followup_mail.services.overview.urgent_first import Headline, list_headlines
from followup_mail.services.proposals.proposal_form import list_waiting, list_writers
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.named_companies import link_companies, mentions
from followup_mail.web.frame.routes import Get
from followup_mail.workspace import Workspace

_SHOWN_ABOVE: Final = frozenset({"today", "decide", "asks"})
"""Marks of headlines that are shown another way: interviews, proposals, and questions in full."""
_SOON: Final = "soon"
_CAN_WAIT: Final = frozenset({"folder", "drafts", "ended"})
"""Marks of headlines that nothing depends on."""
_AT_FIRST: Final = 30
"""So many lines of a list are shown; the rest, which is counted, when it is asked for."""


def show_today(asked: Asked) -> Response:
    """Show it, or how to begin where nothing is written down."""
    with asked.open() as workspace:
        today = look_at_today(workspace)
        waiting = list_waiting(workspace)
        headlines = [found for found in list_headlines(workspace, today) if found.mark not in _SHOWN_ABOVE]
        return asked.page(
            "today.html",
            today=today,
            proposals=waiting,
            writers=list_writers(waiting),
            begun=find_draft(workspace) or AddDraft(),
            first=[found for found in headlines if not _is_later(found)],
            soon=[found for found in headlines if found.mark == _SOON],
            some_time=[found for found in headlines if found.mark in _CAN_WAIT],
            shown=None if asked.query.get("every") else _AT_FIRST,
            now=workspace.now(),
            own_zone=workspace.own_zone,
            leaves=_say_leaving(asked, workspace),
            is_set_up=bool(workspace.settings.email),
            link=lambda text, slugs: link_companies(text, slugs, today.companies),
            names=lambda text, slug: mentions(text, slug, today.companies),
        )


def show_more(asked: Asked) -> Response:
    """Show what is not needed every day."""
    return asked.page("more.html")


def _is_later(found: Headline) -> bool:
    return found.mark == _SOON or found.mark in _CAN_WAIT


def _say_leaving(asked: Asked, workspace: Workspace) -> str:
    """Return in a word whether mails that fall due leave now: ``here`` when this page delivers them."""
    if not workspace.leaves_machine:
        return "nowhere"
    return "here" if asked.desk.delivers else "elsewhere"


ROUTES: Final = (Get("/", show_today), Get("/more", show_more))
