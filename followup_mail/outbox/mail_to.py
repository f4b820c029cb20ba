"""To whom mails went, or go out by themselves: what tells that somebody gets mail about another application too."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from followup_mail.outbox.entry import State
from followup_mail.outbox.moments import to_moment

WENT: Final = frozenset({State.SENT, State.QUEUED, State.SENDING, State.UNCLEAR})
# Only these columns: the texts of a thousand mails would take a tenth of a second to read.
SENT_SINCE: Final = (
    "SELECT application, to_email, coalesce(sent_at, due_at) AS at FROM entries "
    "WHERE state IN ('sent', 'queued', 'sending', 'unclear') AND coalesce(sent_at, due_at) >= :since"
)


@dataclass(frozen=True, slots=True)
class MailTo:
    """One mail that went, or goes out by itself."""

    application: str
    email: str
    at: datetime
    """When it was sent, or is due."""


def to_mail(row: sqlite3.Row) -> MailTo:
    """Return the mail of a row of ``SENT_SINCE``."""
    return MailTo(row["application"], row["to_email"], to_moment(row["at"]))
