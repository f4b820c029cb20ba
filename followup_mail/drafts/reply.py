"""Read a message that they sent, saved as a file, as far as an answer in its thread needs it.

The file comes from outside: nothing in it is trusted, and what does not pass the gate of ``facts.clean`` is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from email.message import Message
from pathlib import Path
from typing import Final

from followup_mail.drafts.machine_sent import name_machine
from followup_mail.drafts.machine_words import FORWARDED
from followup_mail.drafts.saved_ids import find_ids
from followup_mail.drafts.saved_mail import POLICY, SAVE, field, plain_bytes, read_saved, read_words
from followup_mail.drafts.saved_text import filename_of, leaves, parse_saved, text_of
from followup_mail.errors import FactsError, FollowupError
from followup_mail.facts.clean import clean_email, clean_line
from followup_mail.facts.moments import FIRST_YEAR, LAST_YEAR
from followup_mail.facts.unread import is_unread

# Real headings stay far below all three; a parser needs seconds for a megabyte.
_HEAD_LIMIT: Final = 256 * 1024
_LINES_LIMIT: Final = 4_000
_FIELD_LIMIT: Final = 20_000
_SUBJECT_LIMIT: Final = 200
_REFERENCES_LIMIT: Final = 50
_TEXT_LIMIT: Final = 4_000
_WITHOUT: Final = "Save their own message; or leave --message out: `followup-mail rejected APP` needs none."
_MESSAGES: Final = frozenset({"message/rfc822", "message/global", "application/vnd.ms-outlook"})


@dataclass(frozen=True, slots=True)
class Received:
    """The headers of their message; empty where it had none that can be used."""

    sender: str
    """The address that an answer goes to."""
    subject: str
    message_id: str
    references: tuple[str, ...]
    """Oldest first."""
    on: date | None
    """The day it was sent, as the sender's clock said."""
    notes: tuple[str, ...] = ()
    """What of its thread is lost, as sentences for the user."""


def read_received(path: Path) -> Received:
    """Read a saved message (.eml). Raises ``FactsError`` when the file is no message of theirs."""
    return parse_received(read_saved(path, _HEAD_LIMIT), str(path))


def parse_received(content: bytes, name: str) -> Received:
    """Read a message from its bytes; ``name`` is how an error calls it. Raises ``FactsError``."""
    content = plain_bytes(content[:_HEAD_LIMIT], name)
    if not content.strip():
        raise FactsError(f"{name} is empty.", fix=SAVE)
    headers = _headers(content)
    if not any(one in headers for one in ("From", "Subject", "Message-ID")):
        raise FactsError(f"{name} does not look like a mail message.", fix=SAVE)
    subject = read_words(field(headers, "Subject", _FIELD_LIMIT))
    _refuse_others(headers, content, subject, name)
    ids, _ = find_ids(field(headers, "Message-ID", _FIELD_LIMIT))
    references, lost = find_ids(field(headers, "References", _FIELD_LIMIT))
    earlier = references or find_ids(field(headers, "In-Reply-To", _FIELD_LIMIT))[0]
    return Received(
        sender=_sender(headers),
        subject=_fit(subject),
        message_id=next(iter(ids), ""),
        references=_thread(earlier),
        on=_day(field(headers, "Date", _FIELD_LIMIT)),
        notes=_what_is_lost(bool(ids), lost),
    )


def _headers(content: bytes) -> Message:
    from email.parser import BytesHeaderParser

    head = b"\n".join(content.partition(b"\n\n")[0].split(b"\n", _LINES_LIMIT)[:_LINES_LIMIT])
    return BytesHeaderParser(policy=POLICY).parsebytes(head + b"\n\n")


def _refuse_others(headers: Message, content: bytes, subject: str, name: str) -> None:
    """Refuse what no person wrote, and what only holds their message: its sender and id are not theirs."""
    try:
        parts = list(leaves(parse_saved(content)))
    except FollowupError:  # nested or long beyond reason: by its headers alone
        parts = []
    kind = headers.get_content_type()
    kinds = frozenset({kind, *(part.get_content_type() for part in parts)})
    if what := name_machine(headers, kinds, subject, text_of(parts)[:_TEXT_LIMIT]):
        raise FactsError(f"{name} {what}.", fix=_WITHOUT)
    # Gmail attaches mails to one without a subject.
    forwards = kind.startswith("multipart/") and (FORWARDED.match(subject) or not subject)
    if kind == "message/rfc822" or (forwards and any(_is_message(part) for part in parts)):
        raise FactsError(f"{name} was forwarded: their message is attached to it.", fix=SAVE)


def _is_message(part: Message) -> bool:
    return part.get_content_type() in _MESSAGES or read_words(filename_of(part)).lower().endswith((".eml", ".msg"))


def _sender(headers: Message) -> str:
    """Return the address that an answer goes to: Reply-To where there is a good one, else From; one that is read."""
    from email.utils import getaddresses

    found: list[str] = []
    for name in ("Reply-To", "From"):
        # Taken apart before encoded words are read: a name may decode to something that looks like an address.
        try:
            addresses = [address for _, address in getaddresses([_raw(headers, name)])]
        except RecursionError:  # a thousand brackets in each other
            addresses = []
        found += [kept for address in addresses if (kept := _kept(clean_email, address))][:1]
    return next((one for one in found if not is_unread(one)), next(iter(found), ""))


def _fit(subject: str) -> str:
    """Return a subject without the words that hide something: an answer repeats it."""
    words = (_kept(clean_line, word[:_SUBJECT_LIMIT]) for word in subject.split())
    return " ".join(word for word in words if word)[:_SUBJECT_LIMIT].rstrip()


def _thread(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return at most so many ids as the facts take: the first, which names the thread, and the latest."""
    return ids if len(ids) <= _REFERENCES_LIMIT else (ids[0], *ids[1 - _REFERENCES_LIMIT :])


def _what_is_lost(has_id: bool, lost: int) -> tuple[str, ...]:
    if not has_id:
        return ("Their message has no Message-ID that can be used, so an answer cannot stay in its thread.",)
    if lost:
        which = "One id" if lost == 1 else f"{lost} ids"
        return (f"{which} in the References of their message cannot be used; an answer names the others.",)
    return ()


def _day(text: str) -> date | None:
    from email.utils import parsedate_to_datetime

    try:
        day = parsedate_to_datetime(" ".join(text.split())).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _raw(headers: Message, name: str) -> str:
    """Return a field as it stands there, on one line; of several the first."""
    return " ".join(field(headers, name, _FIELD_LIMIT).split())


def _kept(clean: Callable[[str], str], text: str) -> str:
    try:
        return clean(text) if text else ""
    except ValueError:
        return ""
