"""Read a message that they sent, saved as a file, as far as an answer in its thread needs it.

The file comes from outside: nothing in it is trusted, and what does not pass the gate of ``facts.clean`` is left out.
"""

from __future__ import annotations

from datetime import date
from email.message import Message
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.errors import FactsError, FollowupError
from followup_mail.incoming.forwarded import Forward, find_forward
from followup_mail.incoming.machine_sent import name_machine
from followup_mail.incoming.saved_ids import cut_thread, find_ids
from followup_mail.incoming.saved_mail import (
    POLICY,
    SAVE,
    field,
    fit_subject,
    plain_bytes,
    read_saved,
    read_words,
    sent_at,
)
from followup_mail.incoming.saved_senders import answer_address
from followup_mail.incoming.saved_text import leaves, parse_saved, text_of

# Real headings stay far below all three; a parser needs seconds for a megabyte.
_HEAD_LIMIT: Final = 256 * 1024
_LINES_LIMIT: Final = 4_000
_FIELD_LIMIT: Final = 20_000
_TEXT_LIMIT: Final = 4_000
_WITHOUT: Final = "Nothing was recorded. If they did answer, save that message and name it with --message."
OPEN_ATTACHED: Final = "Open the attached message and save that one as an .eml file."


class Received(Struct, frozen=True):
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
    forward: Forward | None = None
    """Another message that it holds: only the facts tell whether theirs is the outer one."""


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
    forward = _refuse_others(headers, content, subject, name)
    ids, _ = find_ids(field(headers, "Message-ID", _FIELD_LIMIT))
    references, lost = find_ids(field(headers, "References", _FIELD_LIMIT))
    earlier = references or find_ids(field(headers, "In-Reply-To", _FIELD_LIMIT))[0]
    sent = sent_at(headers)
    return Received(
        sender=answer_address(headers),
        subject=fit_subject(subject),
        message_id=next(iter(ids), ""),
        references=cut_thread(earlier),
        on=sent.date() if sent else None,
        notes=_what_is_lost(bool(ids), lost),
        forward=forward,
    )


def _headers(content: bytes) -> Message:
    from email.parser import BytesHeaderParser

    head = b"\n".join(content.partition(b"\n\n")[0].split(b"\n", _LINES_LIMIT)[:_LINES_LIMIT])
    return BytesHeaderParser(policy=POLICY).parsebytes(head + b"\n\n")


def _refuse_others(headers: Message, content: bytes, subject: str, name: str) -> Forward | None:
    """Refuse what no person wrote, and what is their message only in a wrapper; return what another one passes on."""
    try:
        parts = list(leaves(parse_saved(content)))
    except FollowupError:  # nested or long beyond reason: by its headers alone
        parts = []
    kind = headers.get_content_type()
    kinds = frozenset({kind, *(part.get_content_type() for part in parts)})
    text = text_of(parts)[:_TEXT_LIMIT]
    if what := name_machine(headers, kinds, subject, text):
        raise FactsError(f"{name} {what}.", fix=_WITHOUT)
    if kind == "message/rfc822":
        raise FactsError(f"{name} was forwarded: their message is attached to it.", fix=OPEN_ATTACHED)
    return find_forward(headers, parts, subject, text)


def _what_is_lost(has_id: bool, lost: int) -> tuple[str, ...]:
    if not has_id:
        return ("Their message has no Message-ID that can be used, so an answer cannot stay in its thread.",)
    if lost:
        which = "One id" if lost == 1 else f"{lost} ids"
        return (f"{which} in the References of their message cannot be used; an answer names the others.",)
    return ()
