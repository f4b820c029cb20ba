"""To whom mails went, or go out by themselves: what tells that somebody gets mail about another application too."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec import Struct

from followup_mail.outbox.entry import State

WENT: Final = frozenset({State.SENT, State.QUEUED, State.SENDING, State.UNCLEAR})


class MailTo(Struct, frozen=True):
    """One mail that went, or goes out by itself."""

    application: str
    email: str
    at: datetime
    """When it was sent, or is due."""
