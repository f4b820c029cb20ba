"""The figures of what somebody did, as they are said: "from 31% to 12%", "three sites", "from 14 s to 3 s"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.note_words import is_number
from followup_mail.language.noun_phrases import spoken_number

_SWAPPED: Final = frozenset("switched moved changed went migrated converted swapped".split())
_LAST_SMALL: Final = 9
_SHORT_UNIT: Final = 3


def with_changes(words: Sequence[str]) -> Sequence[str]:
    """Return words with "from 31% to 12%" for "31% -> 12%"."""
    at = next((place for place, word in enumerate(words) if word == "->"), 0)
    if at > 2 and at + 1 < len(words) and not any(map(is_number, (words[at - 1], words[at - 2], words[at + 1]))):
        is_swap = not _SWAPPED.isdisjoint(words[:at])
        return (*words[: at - 1], "from", words[at - 1], "to", *words[at + 1 :]) if is_swap else words
    start = next((place for place in (at - 1, at - 2) if place > 0 and is_number(words[place])), 0)
    if not start or at + 1 == len(words) or not is_number(words[at + 1]):
        return words
    led = () if words[start - 1] == "from" else ("from",)
    return (*words[:start], *led, *words[start:at], "to", *words[at + 1 :])


def spoken_figures(words: Sequence[str]) -> list[str]:
    """Return words with small figures in words, unless a short unit follows or a figure beside them is larger."""
    return [_spoken(words, at) for at in range(len(words))]


def _spoken(words: Sequence[str], at: int) -> str:
    word = words[at]
    if not is_number(word) or not word.isdigit():
        return spoken_number(word)
    following = words[at + 1] if at + 1 < len(words) else ""
    is_measured = (
        bool(following) and len(following) < _SHORT_UNIT and following not in {"in", "of", "to", "a", "on", "at"}
    )
    near = [other for other in words[max(0, at - 3) : at + 4] if is_number(other)]
    is_small = all(other.isdigit() and int(other) <= _LAST_SMALL for other in near) or "to" not in words
    return spoken_number(word) if is_small and not is_measured else word
