"""Reads one file that somebody was sent, whatever it is: an invitation, a mail, or cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from followup_mail.errors import FactsError
from followup_mail.incoming.found import Found
from followup_mail.incoming.given_file import FileKind, read_given, tell_kind


class Reader(Struct, frozen=True):
    """For whom files are read, and when."""

    own: frozenset[str]
    """The user's addresses in small letters."""
    today: date
    prefer: Sequence[str] = ()
    """Zones to take where several have the same clocks."""


def read_invitation_file(path: Path, own: frozenset[str], today: date, prefer: Sequence[str] = ()) -> Found:
    """Return what an invitation (.ics) or a mail (.eml) tells. Raises ``FactsError`` for anything else.

    ``own``: the user's addresses in small letters; ``prefer``: zones to take where several have the same clocks.
    """
    content, name = read_given(path), str(path)
    if tell_kind(content, name) is FileKind.CARD:
        raise FactsError(f"{name} is a card.", fix=f"Give it with --card {name}.")
    return read_content(content, name, Reader(own, today, prefer))


def read_card_file(path: Path, own: frozenset[str] = frozenset()) -> Found:
    """Return whom the cards of a file (.vcf) describe besides the user. Raises ``FactsError`` for anything else."""
    from followup_mail.incoming.business_cards import read_cards

    content, name = read_given(path), str(path)
    if tell_kind(content, name) is not FileKind.CARD:
        raise FactsError(f"{name} is no card (.vcf).", fix=f"Give a calendar or a mail with --from {name}.")
    return read_cards(content, name, own)


def read_content(content: bytes, name: str, reader: Reader) -> Found:
    """Return what an invitation, a mail or a card tells; ``name`` is what errors call it. Raises ``FactsError``."""
    from followup_mail.incoming.business_cards import read_cards
    from followup_mail.incoming.calendar_events import read_calendar
    from followup_mail.incoming.invitation_mail import read_invitation_mail

    kind = tell_kind(content, name)
    if kind is FileKind.CARD:
        return read_cards(content, name, reader.own)
    if kind is FileKind.MAIL:
        return read_invitation_mail(content, name, reader.own, reader.today, reader.prefer)
    return read_calendar(content, name, reader.own, reader.prefer)
