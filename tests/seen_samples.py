"""Mail of theirs that was seen in a mailbox, to test the outbox with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from outbox_samples import NOW

from followup_mail.incoming.tenors import Tenor
from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.outbox.seen_mail import FolderMark, MailPlace, NewSeen

ACCOUNT = "jordan@home.example"


def make_understood(understanding: Understanding = Understanding.ANSWER, **changes: Any) -> Understood:
    """Return what was understood of a mail of person 1 about ``lumen``."""
    given: dict[str, Any] = {
        "understanding": understanding,
        "applications": ("lumen",),
        "why": "Person 1 wrote it",
        "sender": "person1@employer.example",
        "name": "Person 1",
        "subject": "Re: Thank you for Tuesday",
        "sent_at": NOW - timedelta(hours=1),
        "message_id": "<answer@employer.example>",
        "first_line": "Thank you for your note.",
    }
    return Understood(**(given | changes))


def make_seen(n: int = 1, understanding: Understanding = Understanding.ANSWER, **changes: Any) -> NewSeen:
    """Return a mail with the number ``n`` in the inbox, and a Message-ID of its own."""
    given = {"message_id": f"<answer-{n}@employer.example>"} | changes
    return NewSeen(MailPlace(ACCOUNT, "INBOX", 7, n), make_understood(understanding, **given))


def make_report(n: int = 1, **changes: Any) -> NewSeen:
    """Return a report that the mail to person ``n`` came back."""
    given: dict[str, Any] = {
        "sender": "mailer-daemon@employer.example",
        "message_id": f"<report-{n}@employer.example>",
        "first_line": "550 5.1.1 no such user",
        "returned": (f"<id-{n}@home.example>",),
        "returned_to": (f"person{n}@employer.example",),
    }
    return make_seen(100 + n, Understanding.RETURNED, **(given | changes))


def make_absence(back_on: date | None, n: int = 1, **changes: Any) -> NewSeen:
    """Return an automatic reply of person 1 that names the day of the return."""
    return make_seen(200 + n, Understanding.AUTOMATIC, back_on=back_on, tenor=Tenor.AUTOMATIC, **changes)


def make_mark(last_uid: int, uid_validity: int = 7) -> FolderMark:
    return FolderMark(ACCOUNT, "INBOX", uid_validity, last_uid)
