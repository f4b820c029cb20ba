"""How mail that was seen in a mailbox is kept in the database: to a row and back."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import Final

from followup_mail.incoming.tenors import Tenor
from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.outbox.columns import Columns, FoundRow, to_moment_or_none, to_slug, to_text_or_none, to_texts
from followup_mail.outbox.damaged_rows import UNREADABLE, NoText
from followup_mail.outbox.moments import to_moment, to_text
from followup_mail.outbox.seen_mail import LastLook, MailPlace, SeenMail, SeenState

_TEXTS: Final = ("why", "sender", "name", "subject", "message_id", "first_line", "sentence")


def columns_of_understood(mail: Understood) -> Columns:
    """Return the columns of what was understood."""
    texts: Columns = {name: getattr(mail, name) for name in _TEXTS}
    return texts | {
        "understanding": str(mail.understanding),
        "applications": json.dumps(mail.applications),
        "sent_at": to_text_or_none(mail.sent_at),
        "refs": json.dumps(mail.references),
        "tenor": str(mail.tenor),
        "has_invitation": int(mail.has_invitation),
        "back_on": None if mail.back_on is None else mail.back_on.isoformat(),
        "returned": json.dumps(mail.returned),
        "returned_to": json.dumps(mail.returned_to),
    }


def columns_of_place(place: MailPlace) -> Columns:
    """Return the columns of where a mail lies."""
    return {
        "account": place.account,
        "folder": place.folder,
        "uid_validity": place.uid_validity,
        "uid": place.uid,
    }


def columns_of_seen(seen: SeenMail) -> Columns:
    """Return all columns of a mail that ``to_seen`` makes it of again."""
    was = None if seen.was is None else json.dumps(columns_of_understood(seen.was))
    columns = {"id": seen.id, **columns_of_place(seen.place), **columns_of_understood(seen.mail)}
    return columns | {"seen_at": to_text(seen.seen_at), "state": str(seen.state), "was": was}


def to_seen(row: FoundRow) -> SeenMail:
    """Return the mail of a row. Raises one of ``damaged_rows.UNREADABLE``."""
    if any(isinstance(row[name], NoText) for name in row.keys()):  # noqa: SIM118 a row of SQLite iterates over values
        raise ValueError("not text")
    was = None if row["was"] is None else json.loads(row["was"])
    return SeenMail(
        id=row["id"],
        place=MailPlace(row["account"], row["folder"], row["uid_validity"], row["uid"]),
        mail=_to_understood(row),
        seen_at=to_moment(row["seen_at"]),
        state=SeenState(row["state"]),
        was=None if was is None else _to_understood(was),
    )


def _to_understood(row: FoundRow) -> Understood:
    texts = {name: row[name] for name in _TEXTS}
    if not all(isinstance(text, str) for text in texts.values()):
        raise ValueError("not text")
    return Understood(
        understanding=Understanding(row["understanding"]),
        applications=tuple(to_slug(name) for name in to_texts(row["applications"])),
        sent_at=to_moment_or_none(row["sent_at"]),
        references=to_texts(row["refs"]),
        tenor=Tenor(row["tenor"]),
        has_invitation=bool(row["has_invitation"]),
        back_on=None if row["back_on"] is None else date.fromisoformat(row["back_on"]),
        returned=to_texts(row["returned"]),
        returned_to=to_texts(row["returned_to"]),
        **texts,
    )


def to_last_look(row: FoundRow | None, account: str) -> LastLook:
    """Return when an account was looked at; a row that is not there, or cannot be read, tells nothing."""
    with suppress(*UNREADABLE):
        if row is not None:
            looked_at, failed_at = to_moment_or_none(row["looked_at"]), to_moment_or_none(row["failed_at"])
            return LastLook(account.lower(), looked_at, failed_at, row["error"])
    return LastLook(account.lower())
