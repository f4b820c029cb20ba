"""What follows every change of facts: sentences that no mail can leave with, and mails that would read otherwise."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.facts.application import Application
from followup_mail.services.changing.sentence_warnings import warn_of_sentences
from followup_mail.services.queueing.carried_through import Outdated, find_outdated
from followup_mail.web.frame.asked import Asked
from followup_mail.workspace import Workspace


def go_on(
    asked: Asked, workspace: Workspace, now: Application, before: Application | None, to: str, **said: Any
) -> Response:
    """Lead on to a page that says what was changed, and what comes of it. ``said``: what the macro is called with."""
    return asked.go(to, "facts.changed", **what_follows(workspace, now, before), **said)


def what_follows(workspace: Workspace, now: Application, before: Application | None) -> dict[str, Any]:
    """Return what a page has to say behind a change of facts. What cannot be compared is only told."""
    outdated: tuple[Outdated, ...] = ()
    doubt = ""
    try:
        outdated = find_outdated(workspace, now.slug, before)
    except FollowupError as error:
        doubt = error.sentence
    warnings = warn_of_sentences(now, before) if before else ()
    return {"slug": now.slug, "warnings": warnings, "outdated": outdated, "doubt": doubt}
