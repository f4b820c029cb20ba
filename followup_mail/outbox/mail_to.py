"""To whom mails went, or go out by themselves: what tells that somebody gets mail about another application too."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from msgspec import Struct

from followup_mail.outbox.entry import Entry, State

WENT: Final = frozenset({State.SENT, State.QUEUED, State.SENDING, State.UNCLEAR})

MAY_HAVE_LEFT: Final = frozenset({State.SENT, State.SENDING, State.UNCLEAR})


class MailTo(Struct, frozen=True):
    """One mail that went, or goes out by itself."""

    application: str
    email: str
    at: datetime
    """When it was sent, or is due."""


def may_have_reached(entry: Entry, emails: Collection[str], handles: Collection[str]) -> bool:
    """Return whether a mail may have left to one of these addresses (casefolded), or was meant for one of these."""
    is_theirs = entry.message.to.email.casefold() in emails or entry.step.person in handles
    return is_theirs and entry.state in MAY_HAVE_LEFT
