"""Hide an application from ``today`` until a day. Nothing else changes: what is queued is sent all the same."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from followup_mail.outbox.entry import Entry, State
from followup_mail.workspace import Workspace


class Snoozed(Struct, frozen=True):
    """One application that was hidden."""

    slug: str
    until: date | None
    """None: it is shown again."""
    still_sent: tuple[Entry, ...]
    """What is queued, and goes out as planned."""


def snooze_application(workspace: Workspace, slug: str, until: date | None) -> Snoozed:
    """Hide it until a day, or show it again with None."""
    workspace.facts.change(slug, {"snoozed_until": until})
    queued = workspace.store.entries(application=slug, states={State.QUEUED}, held=False)
    return Snoozed(slug, until, queued)
