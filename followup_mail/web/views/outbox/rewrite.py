"""Mails that wait and would read differently now: what differs, and writing them again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.responses import Response

from followup_mail.errors import RefusedError
from followup_mail.services.context.departures import as_they_leave
from followup_mail.services.queueing.carried_through import Outdated, find_outdated
from followup_mail.services.queueing.carried_through import rewrite as rewrite_all
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.frame.shown import ChangedError, facts_version


def show_differences(asked: Asked) -> Response:
    """Show what differs in the mails of an application."""
    return _show(asked, asked.query.get("app"))


def _show(asked: Asked, slug: str, error: RefusedError | None = None) -> Response:
    with asked.open() as workspace:
        application = workspace.facts.load(slug)
        outdated = find_outdated(workspace, slug) if workspace.has_store else ()
    return asked.page(
        "outbox/rewrite.html",
        409 if error else 200,
        application=application,
        outdated=outdated,
        version=_version(outdated),
        error=error,
    )


def write_again(asked: Asked) -> Response:
    """Write again, or cancel, those that were chosen, if they still differ as it was shown."""
    slug, chosen = asked.form.get("app"), set(asked.form.all("entry"))
    try:
        with asked.open(f"outbox rewrite {slug}") as workspace:
            outdated = find_outdated(workspace, workspace.facts.load(slug).slug)
            asked.require_shown(_version(outdated))
            wanted = [found for found in outdated if found.can_be_settled and str(found.entry.id) in chosen]
            done = as_they_leave(workspace, rewrite_all(workspace, wanted))
    except ChangedError as error:
        return _show(asked, slug, error)
    return asked.go("/outbox", "outbox.rewritten", entries=done)


def _version(outdated: Sequence[Outdated]) -> str:
    shown = [
        (found.entry.id, found.entry.content_sha256, found.differences(), found.lost, found.told_only)
        for found in outdated
    ]
    return facts_version(repr(shown))


ROUTES: Final = (Get("/outbox/rewrite", show_differences), Post("/outbox/rewrite", write_again))
