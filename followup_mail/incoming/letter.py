"""A letter of theirs however it comes: a saved mail, the text of one that was copied, or a forward of either.

A saved mail is read by ``reply``, which refuses what no person wrote. A copied text has no Message-ID: none is made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from email.message import Message
from typing import Final

from msgspec import Struct

from followup_mail.errors import FactsError, FollowupError
from followup_mail.incoming.forwarded import Forward, attached_mails, find_mark
from followup_mail.incoming.html_text import text_of_html
from followup_mail.incoming.machine_words import FORWARDED
from followup_mail.incoming.pasted_heading import read_pasted_heading
from followup_mail.incoming.quotation import own_words
from followup_mail.incoming.reply import Received, parse_received
from followup_mail.incoming.saved_mail import field, fit_subject, plain_bytes, read_words
from followup_mail.incoming.saved_senders import senders_shown
from followup_mail.incoming.saved_text import TEXT_LIMIT, leaves, parse_saved, text_of
from followup_mail.incoming.system_mail import is_bulk
from followup_mail.incoming.tenor import offers_to_leave, says_something
from followup_mail.regex import regex

COPY: Final = "Copy the text of their mail, or save the mail as an .eml file."
_DEPTH: Final = 3
"""Forwards of forwards that are looked into."""
_COPY_LIMIT: Final = 50_000
"""Characters of a copied text that are read; a letter has two thousand."""
_HEADER_LINE: Final = regex(rb"[A-Za-z][A-Za-z0-9-]{1,60}:")
_SURE_HEADERS: Final = regex(
    rb"(?im)^(?:message-id|mime-version|received|return-path|content-type|references|in-reply-to|dkim-signature)\s*:"
)
_RFC_DATE: Final = regex(rb"(?im)^date:[^\n]*\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? [-+(a-z]")
_FIRST_BYTES: Final = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"\x7fELF")


class Letter(Struct, frozen=True):
    """What somebody wrote, as far as an answer to it needs it."""

    received: Received
    """Its headers; those of a copied text are what the mail page showed."""
    name: str = ""
    """How its sender is shown: a name, a team, an address."""
    text: str = ""
    """The writer's own words, without what they quote."""
    passed_on: Letter | None = None
    """The letter that it forwards."""
    is_bulk: bool = False
    """Whether it was sent to many readers, who can unsubscribe; applicant systems do so with a rejection too."""


def read_letter(content: bytes, name: str, today: date) -> Letter:
    """Read a letter from its bytes; ``name`` is how an error calls it. Raises ``FactsError`` for what is no letter."""
    plain = plain_bytes(content, name)
    if not plain.strip():
        raise FactsError(f"{name} is empty.", fix=COPY)
    return _from_mail(plain, name, today, _DEPTH) if is_saved_mail(plain) else _from_copy(plain, name, today)


def is_saved_mail(content: bytes) -> bool:
    """Tell a saved mail from a text that begins with lines such as "From:" because a mail page shows them."""
    head = content.partition(b"\n\n")[0]
    return bool(_HEADER_LINE.match(head) and (_SURE_HEADERS.search(head) or _RFC_DATE.search(head)))


def _from_mail(content: bytes, name: str, today: date, depth: int) -> Letter:
    try:
        message = parse_saved(content)
        parts = list(leaves(message))
    except FollowupError:  # nested or long beyond reason: its headers alone
        return Letter(parse_received(content, name))
    inner = attached_mails(parts) if depth else []
    if message.get_content_type() == "message/rfc822" and inner:
        return _from_mail(plain_bytes(inner[0], name), name, today, depth - 1)
    received = parse_received(content, name)
    text = text_of(parts)
    passed_on: Letter | None = None
    if received.forward and received.forward.is_attached and inner:
        passed_on = _from_mail(plain_bytes(inner[0], name), name, today, depth - 1)
    else:
        passed_on = _below_mark(text, received.subject, name, today, depth)
    return Letter(received, _shown(message), own_words(text), passed_on, is_bulk(message, text))


def _shown(message: Message) -> str:
    """Return how the sender is shown: the name in From, or in Reply-To where From is a machine's."""
    named = {address: shown for header in ("From", "Reply-To") for shown, address in senders_shown(message, header)}
    first = next(iter(senders_shown(message, "From")), ("", ""))
    return read_words(first[0] or next(iter(named.values()), "")) or read_words(field(message, "Sender", 400))


def _from_copy(content: bytes, name: str, today: date) -> Letter:
    text = _as_text(content, name)
    letter = _from_text(text, name, today, _DEPTH)
    if not says_something(letter.text) and letter.passed_on is None:
        raise FactsError(f"{name} holds no letter: there is nothing but a heading or a greeting.", fix=COPY)
    return letter


def _as_text(content: bytes, name: str) -> str:
    """Return a text as written. Raises ``FactsError`` for a picture, a document or a program."""
    sample = content[:4_096]
    if sample.startswith(_FIRST_BYTES) or b"\0" in sample:
        raise FactsError(f"{name} is no text.", fix=COPY)
    try:
        text = content[: 4 * TEXT_LIMIT].decode(
            "utf-8", errors="strict" if len(content) <= 4 * TEXT_LIMIT else "ignore"
        )
    except UnicodeDecodeError:
        text = content[: 4 * TEXT_LIMIT].decode("cp1252", errors="replace")
    strange = sum(not (char.isprintable() or char.isspace()) for char in text[:2_000])
    if strange * 10 > len(text[:2_000]):
        raise FactsError(f"{name} is no text.", fix=COPY)
    if re.match(r"\s*<(?:!doctype|html|head|body|div|p|table)\b", text, re.IGNORECASE):
        text = text_of_html(text)
    return text[:_COPY_LIMIT].replace("\u00a0", " ").replace("\u200b", "")


def _from_text(text: str, name: str, today: date, depth: int) -> Letter:
    lines = _unquoted(text.split("\n"))
    mark = find_mark(lines, is_marked=_begins_with_mark(lines))
    heading = read_pasted_heading(lines[: mark - 1] if mark > 0 else lines, today)
    if mark > 0 and not heading.end and not says_something("\n".join(lines[: mark - 1])):
        return _from_text("\n".join(lines[mark:]), name, today, depth)
    body = "\n".join(_unquoted(lines[heading.end :]) if heading.end else lines)
    subject = fit_subject(heading.subject)
    passed_on = _below_mark(body, subject, name, today, depth)
    received = Received(
        sender=heading.address,
        subject=subject,
        message_id="",
        references=(),
        on=heading.on,
        forward=_forward(heading.address, passed_on),
    )
    return Letter(received, heading.name, own_words(body), passed_on, offers_to_leave(body))


def _begins_with_mark(lines: Sequence[str]) -> bool:
    """Return whether the first line says that another mail stands below: then that mail is what was copied."""
    first = next((at for at, line in enumerate(lines) if line.strip()), -1)
    return first >= 0 and find_mark(lines[: first + 1], is_marked=True) == first + 1


def _forward(by: str, passed_on: Letter | None) -> Forward | None:
    if passed_on is None:
        return None
    of = passed_on.received.sender
    return Forward((by,) if by else (), (of,) if of else (), is_attached=False)


def _below_mark(text: str, subject: str, name: str, today: date, depth: int) -> Letter | None:
    """Return the letter below the mark of a forward in a text."""
    lines = text.split("\n")
    at = find_mark(lines, is_marked=bool(FORWARDED.match(subject)) or _begins_with_heading(lines)) if depth else -1
    if at < 0:
        return None
    inner = _from_text("\n".join(lines[at:]), name, today, depth - 1)
    return inner if inner.received.sender or inner.name or says_something(inner.text) else None


def _begins_with_heading(lines: Sequence[str]) -> bool:
    """Return whether nothing is said above the first heading: then a mail is passed on without a word."""
    at = find_mark(lines, is_marked=True)
    return at >= 0 and not says_something("\n".join(line for line in lines[:at] if not line.lstrip().startswith(">")))


def _unquoted(lines: list[str]) -> list[str]:
    """Return lines without the marks of a quotation, where all of them are quoted."""
    said = [line for line in lines if line.strip()]
    marked = [line for line in said if line.lstrip().startswith(">")]
    if not said or len(marked) * 10 < len(said) * 9:
        return lines
    return [re.sub(r"\A\s*>[ ]?", "", line) for line in lines]
