"""Who wrote what a saved mail passes on: a message attached to it, or one below the mark of a forward in its text.

Whether that makes it a forward of somebody else's answer is not decided here: a recruiter may well pass on what the
manager wrote. What was quoted by an answer ("> ", "-----Original Message-----") is not passed on.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.message import Message
from typing import Final

from msgspec import Struct

from followup_mail.errors import FollowupError
from followup_mail.facts.quotation_words import ANNOUNCED, FRAMED, kind_of_label
from followup_mail.incoming.machine_words import FORWARDED
from followup_mail.incoming.quotation_heading import heading_at
from followup_mail.incoming.saved_mail import POLICY, read_words
from followup_mail.incoming.saved_senders import addresses_in, good_address, list_senders
from followup_mail.incoming.saved_text import filename_of
from followup_mail.regex import regex

_MESSAGES: Final = frozenset({"message/rfc822", "message/global", "application/vnd.ms-outlook"})
_HEAD_LIMIT: Final = 64 * 1024
_HEADING_LINES: Final = 12
_FORWARD: Final = regex(
    "forward|weitergeleitet|transf[eé]r|réexpédié|reenviad|encaminhad|reencaminhad|inoltrat|doorgestuurd|vidarebefordra"
    "|videresend|välitetty|edelleen|przek|přepos|prepos|továbbított|пересыл|переслан|переадрес|iletil|yönlendiril"
    "|redirec|προωθ|proslijeđ|terusan|转发|轉寄|転送|전달"
)
_MARKS: Final = frozenset(one for one in FRAMED | ANNOUNCED if _FORWARD.search(one))
_QUOTES: Final = (FRAMED | ANNOUNCED) - _MARKS
_EDGES: Final = " -_=*~:\uff1a\u2010\u2011\u2012\u2013\u2014\u2015"
_ADDRESS: Final = regex(r"[^\s<>()\[\]\"',;:|*]{1,64}@[^\s<>()\[\]\"',;:|*@]{1,200}")


class Forward(Struct, frozen=True):
    """A mail that holds another one."""

    by: tuple[str, ...]
    """From and Reply-To of the outer mail."""
    of: tuple[str, ...]
    """Who wrote what it holds; empty where that cannot be told."""
    is_attached: bool


def find_forward(headers: Message, parts: list[Message], subject: str, text: str) -> Forward | None:
    """Return what a mail passes on, or nothing. ``subject`` and ``text`` are as people read them."""
    by = list_senders(headers)
    attached = [part for part in parts if part is not headers and _is_message(part)]
    inner = tuple(address for part in attached for address in _senders_of(part))
    # Gmail attaches mails to one without a subject.
    if inner or (attached and (FORWARDED.match(subject) or not subject)):
        return Forward(by, inner, is_attached=True)
    below = _sender_below_mark(text, is_marked=bool(FORWARDED.match(subject)))
    return Forward(by, (below,), is_attached=False) if below else None


def _is_message(part: Message) -> bool:
    return part.get_content_type() in _MESSAGES or read_words(filename_of(part)).lower().endswith((".eml", ".msg"))


def attached_mails(parts: Sequence[Message]) -> list[bytes]:
    """Return the mails that are attached, as bytes; what cannot be written again is left out."""
    return [found for part in parts if _is_message(part) for found in [_content_of(part)] if found]


def _content_of(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):
        try:
            return bytes(inner[0]) if inner and isinstance(inner[0], Message) else b""
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _senders_of(part: Message) -> list[str]:
    """Return the addresses in From of an attached message; nothing where it cannot be read."""
    from email.parser import BytesHeaderParser

    from followup_mail.incoming.saved_mail import plain_bytes

    inner = part.get_payload()
    if isinstance(inner, list):
        return [address for one in inner[:1] if isinstance(one, Message) for address in addresses_in(one, "From")]
    content = part.get_payload(decode=True)
    try:
        plain = plain_bytes(content[:_HEAD_LIMIT] if isinstance(content, bytes) else b"", "")
    except FollowupError:
        return []
    head = BytesHeaderParser(policy=POLICY).parsebytes(plain.partition(b"\n\n")[0] + b"\n\n")
    return addresses_in(head, "From")


def _sender_below_mark(text: str, *, is_marked: bool) -> str:
    """Return the sender in the first heading, where it is that of a forward by its mark or by the subject."""
    lines = [line.strip() for line in text.split("\n") if not line.lstrip().startswith(">")]
    at = find_mark(lines, is_marked=is_marked)
    return _sender_in(lines[at : at + _HEADING_LINES]) if at >= 0 else ""


def find_mark(lines: Sequence[str], *, is_marked: bool) -> int:
    """Return the line from which on another mail is passed on, heading first; -1 for none.

    ``is_marked`` tells that the mail is a forward by its subject: then the heading of a quotation is that of a forward.
    """
    stripped = [line.strip() for line in lines]
    for at, line in enumerate(stripped):
        if line.startswith(">"):
            continue
        if _is_framed(line, _MARKS):
            return at + 1
        if line and (_is_framed(line, _QUOTES) or heading_at(stripped, at)):
            return at if is_marked else -1
    return -1


def _is_framed(line: str, marks: frozenset[str]) -> bool:
    """Return whether a line is one of the marks, between dashes or before a colon."""
    if line[:1] not in _EDGES and line[-1:] not in _EDGES:
        return False
    words = line.strip(_EDGES).casefold().split()
    # "Forwarded by Sam on Monday": as many words as the longest marks have.
    counts = range(1, min(len(words), 5) + 1) if line[:1] in _EDGES else (len(words),)
    return any(" ".join(words[:count]).rstrip(",") in marks for count in counts)


def _sender_in(lines: Sequence[str]) -> str:
    """Return the address after "From:", on its line or the next."""
    for line, below in zip(lines, (*lines[1:], ""), strict=True):
        label, colon, value = line.replace("\uff1a", ":").partition(":")
        if colon and kind_of_label(label) == "from":
            found = _ADDRESS.search(value) or (_ADDRESS.search(below) if not value.strip(" *_") else None)
            return good_address(found[0]) if found else ""
    return ""
