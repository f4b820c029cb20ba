"""To whom mails went, or go out by themselves: what tells that somebody gets mail about another application too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from followup_mail.outbox.entry import State

WENT: Final = frozenset({State.SENT, State.QUEUED, State.SENDING, State.UNCLEAR})


@dataclass(frozen=True, slots=True)
class MailTo:
    """One mail that went, or goes out by itself."""

    application: str
    email: str
    at: datetime
    """When it was sent, or is due."""
