"""A mail that was copied as text, perhaps with one passed on inside it: as ``letter`` reads it, with its recipients."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct

from followup_mail.errors import FactsError
from followup_mail.incoming.forwarded import find_mark
from followup_mail.incoming.inline_forward import Inner, find_inner
from followup_mail.incoming.letter import Letter, is_saved_mail, read_letter

_HEAD: Final = 16 * 1024
_ANY_DAY: Final = date(2026, 1, 1)
"""Whether a text has a heading does not depend on the day."""


class CopiedMail(Struct, frozen=True):
    """What a copied text holds."""

    inner: Inner
    subject: str
    on: date | None


def is_copied_mail(content: bytes) -> bool:
    """Return whether a text begins as a mail does that somebody copied: with its sender, and its day or its heading."""
    head = content[:_HEAD]
    if is_saved_mail(head):
        return False
    try:
        letter = read_letter(head, "", _ANY_DAY)
    except FactsError:
        return False
    has_heading = find_mark(head.decode(errors="replace").split("\n"), is_marked=True) >= 0
    return any((one.received.sender or one.name) and (one.received.on or has_heading) for one in _with_inner(letter))


def read_copied_mail(content: bytes, name: str, today: date, own: frozenset[str]) -> CopiedMail:
    """Return the mail of somebody else in a copied text. ``own``: the user's addresses in small letters.

    Raises ``FactsError`` where the text is no mail.
    """
    letter = read_letter(content, name, today)
    for one in _with_inner(letter):
        letter = one
        if letter.received.sender and letter.received.sender.casefold() not in own:
            break
    address = letter.received.sender
    inner = find_inner(content.decode(errors="replace"))
    while inner and inner.sender and inner.sender[0][1].casefold() != address.casefold():
        inner = find_inner(inner.body)
    found = inner or Inner([(letter.name, address)] if address else [], [], letter.text)
    return CopiedMail(found, letter.received.subject, letter.received.on)


def _with_inner(letter: Letter) -> list[Letter]:
    found = [letter]
    while found[-1].passed_on:
        found.append(found[-1].passed_on)
    return found
