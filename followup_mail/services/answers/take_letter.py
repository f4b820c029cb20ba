"""Take in a letter that the user saved, copied or was sent on: whose words it holds, and what cannot be one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.errors import FactsError
from followup_mail.facts.application import Application
from followup_mail.incoming.letter import COPY, Letter, read_letter
from followup_mail.incoming.reply import OPEN_ATTACHED
from followup_mail.incoming.saved_mail import BYTES_LIMIT, read_saved
from followup_mail.incoming.tenor import read_tenor
from followup_mail.incoming.tenors import Tenor
from followup_mail.services.answers.friend_forwards import is_by_stranger
from followup_mail.workspace import Workspace

PASTED: Final = "The input"
"""What errors call a letter that is no file."""
_READ_LIMIT: Final = 2 * 1024 * 1024


class TakenLetter(Struct, frozen=True):
    """A letter of theirs, and how it came."""

    letter: Letter
    told: str = ""
    """Who passed it on, as a sentence."""


def take_letter(workspace: Workspace, source: Path | bytes, application: Application | None) -> TakenLetter:
    """Read a letter from a file or from what was pasted. Raises ``FactsError`` for what is none of theirs.

    ``application`` is what it is said to belong to: its people may pass a mail on, a friend's forward holds theirs.
    """
    name = str(source) if isinstance(source, Path) else PASTED
    if isinstance(source, bytes) and len(source) > BYTES_LIMIT:
        raise FactsError(f"{name} is too large for a letter.", fix=COPY)
    content = read_saved(source, _READ_LIMIT) if isinstance(source, Path) else source[:_READ_LIMIT]
    letter = read_letter(content, name, workspace.now().astimezone(workspace.own_zone).date())
    known = [application] if application else workspace.facts.load_all()[0]
    return _theirs(letter, known, frozenset(address.casefold() for address in workspace.own_addresses), name)


def _theirs(letter: Letter, known: Sequence[Application], own: frozenset[str], name: str) -> TakenLetter:
    told = ""
    while (inner := letter.passed_on) and _only_passes_on(letter, known, own):
        by = letter.received.sender or letter.name
        whose = inner.received.sender or inner.name or "somebody"
        told = f"{by} forwarded this; the mail from {whose} was used." if by else ""
        letter = inner
    if letter.received.sender.casefold() in own:
        raise FactsError(
            f"{name} was sent from your own address, {letter.received.sender}.",
            fix="Give the message that they sent, not a copy of yours.",
        )
    forward = letter.received.forward
    is_hidden = forward and forward.is_attached and letter.passed_on is None
    if forward and is_hidden and any(is_by_stranger(forward, application, own) for application in known):
        wrong = f"{name} was forwarded by {letter.received.sender}, and what it holds cannot be read."
        raise FactsError(wrong, fix=OPEN_ATTACHED)
    return TakenLetter(letter, told)


def _only_passes_on(letter: Letter, known: Sequence[Application], own: frozenset[str]) -> bool:
    """Return whether a mail is theirs only by what it holds: the user's own, or a friend's."""
    inner = letter.passed_on
    if inner is None or inner.received.sender.casefold() in own:
        return False
    sender = letter.received.sender.casefold()
    if sender in own:
        return True
    if not sender:
        return read_tenor(letter.received.subject, letter.text).tenor is not Tenor.NO
    forward = letter.received.forward
    return forward is not None and all(is_by_stranger(forward, application, own) for application in known)
