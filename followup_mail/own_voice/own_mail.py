"""A mail that the user wrote, however it is given: saved, copied with its headers, or its text alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from followup_mail.errors import FactsError
from followup_mail.incoming.forwarded import find_mark
from followup_mail.incoming.letter import Letter, read_letter
from followup_mail.own_voice.manner import WORDS, Manner, read_manner
from followup_mail.regex import regex

HOW: Final = "Give a mail that you wrote yourself, saved as an .eml file or copied as text."
_FEWEST: Final = 15
_MOST: Final = 1_000
"""Words of a mail: fewer tell nothing, and nobody writes more."""
_SHARE: Final = 0.2
"""An English mail has twice as many of these words, one in another language hardly any."""
_WORD: Final = regex(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")


def read_own_mail(content: bytes, name: str, today: date, own_addresses: Collection[str]) -> Manner:
    """Return what a mail of the user's shows. ``name`` is how an error calls it.

    Raises ``FactsError`` for anything but a mail, and for a mail of somebody else's, in another language, too short or
    too long.
    """
    try:
        letter = read_letter(content, name, today)
    except FactsError as error:
        raise FactsError(error.sentence, fix=HOW) from None
    _refuse_others(letter.received.sender, name, own_addresses)
    text = _without_forward(letter)
    if letter.passed_on and len(text.split()) < _FEWEST:
        raise FactsError(f"{name} only passes on a mail of somebody else's.", fix=HOW)
    _refuse_others_language(text, name)
    manner = read_manner(text)
    if manner.words < _FEWEST:
        fewer = f"it has fewer than {_FEWEST} words of yours"
        raise FactsError(f"{name} is too short to tell how you write: {fewer}.", fix=HOW)
    if manner.words > _MOST:
        raise FactsError(f"{name} is too long for a mail: it has {manner.words:,} words.", fix=HOW)
    return manner


def _without_forward(letter: Letter) -> str:
    """Return the user's own words: of a mail that passes on another mail, the text above it."""
    if letter.passed_on is None:
        return letter.text
    lines = letter.text.split("\n")
    mark = find_mark(lines, is_marked=True)
    return letter.text if mark < 0 else "\n".join(lines[:mark])


def _refuse_others(sender: str, name: str, own_addresses: Collection[str]) -> None:
    own = {address.casefold() for address in own_addresses}
    if sender and own and sender.casefold() not in own:
        fix = f"{HOW} If that address is yours, add it to FOLLOWUP_OWN_ADDRESSES."
        raise FactsError(f"{name} was not written by you: it is from {sender}.", fix=fix)


def _refuse_others_language(text: str, name: str) -> None:
    words = [word.casefold().replace("\u2019", "'") for word in _WORD.findall(text)]
    if len(words) >= _FEWEST and sum(word in WORDS["english"] for word in words) < _SHARE * len(words):
        raise FactsError(f"{name} is not in English, as our mails are.", fix=HOW)
