"""Mails that wait and would read differently by the facts of now: what differs, and writing them again."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from followup_mail.services.context.departures import as_they_leave
from followup_mail.services.queueing.carried_through import Outdated, find_outdated, rewrite
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.shown import entry_version, facts_version


def show_outdated(asked: Asked) -> Response:
    """Show them, each with its differences."""
    with asked.open() as workspace:
        application = workspace.facts.load(asked.path["slug"])
        found = find_outdated(workspace, application.slug)
        return asked.page("facts/outdated.html", application=application, found=found, version=_version(found))


def write_again(asked: Asked) -> Response:
    """Write them again as they were shown, and cancel what has lost its point."""
    slug = asked.path["slug"]
    with asked.open(f"outbox rewrite {slug}") as workspace:
        found = find_outdated(workspace, workspace.facts.load(slug).slug)
        asked.require_shown(_version(found))
        entries = rewrite(workspace, [mail for mail in found if mail.can_be_settled])
        return asked.go(
            f"/applications/{slug}/outdated", "facts.rewritten", entries=as_they_leave(workspace, entries), slug=slug
        )


def _version(found: Sequence[Outdated]) -> str:
    """Return the version of what the page shows: the mails as they are, and as they would be."""
    shown = [(entry_version(mail.entry), mail.differences(), mail.told_only, mail.lost) for mail in found]
    return facts_version(repr(shown))
