"""How alike two tellings of an achievement are when one of them uses other words: meanings and quantities in common.

A word counts as its meaning ("crew" and "team" are one), a figure also where it is rounded ("close to twenty" for
nineteen), in another unit ("thirty minutes" for half an hour) or worked out ("two thirds" for nine to three).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from msgspec import Struct

from followup_mail.checks.figures import NUMBER_STEMS, figures
from followup_mail.checks.prose import read_words, words_of
from followup_mail.checks.stock_words import is_stock, stem
from followup_mail.regex import regex

ENOUGH: Final = 1.25
"""From so much in common, for the length of the point, two tellings are of the same thing."""
_FEWEST: Final = 3
_WEAK: Final = 0.5
_FIGURE: Final = 1.5
_SMALL_FIGURE: Final = 0.75
_TELLING: Final = 6
"""Smaller figures come back by chance."""
_OFTEN: Final = 10
_OFTEN_ROUND: Final = 100
_LIKE_FIGURE: Final = 1.0
_SHORTEST: Final = 8
_NEAR: Final = 0.1
_ROUNDED: Final = regex(
    r"\b(?:close to|nearly|almost|about|around|roughly|some|over|more than|fewer than|less than|under|below|just under|"
    r"at least|up to|above|well over)[ \n]((?:[a-z]+|[\d,.]+)(?:[- \n][a-z]+)?)"
)
_HALF_HOUR: Final = regex(r"\bhalf an hour\b")
_PARTS: Final = {
    "a third": (1, 3), "one third": (1, 3), "two thirds": (2, 3), "half": (1, 2), "halved": (1, 2), "a quarter": (1, 4),
    "three quarters": (3, 4), "a fifth": (1, 5), "four fifths": (4, 5), "doubled": (1, 1), "tripled": (2, 1),
}  # fmt: skip
_PART: Final = regex(rf"\b(?:{'|'.join(_PARTS)})\b|\b\d\d?(?= ?(?:%|percent|per cent))")
_FROM_TO: Final = regex(r"\bfrom\b(.{2,60}?)\bto\b(.{2,40})", re.DOTALL)


class Telling(Struct, frozen=True):
    """What a sentence or a few tell: their meanings, word by word, and their figures."""

    meanings: tuple[frozenset[str], ...]
    figures: frozenset[int]
    rounded: frozenset[int]
    parts: frozenset[float]


@lru_cache(maxsize=1024)
def telling(text: str) -> Telling:
    """Return what a text in its normal form tells."""
    rounded = {value for match in _ROUNDED.finditer(text) for value in figures(match[1])}
    counted = figures(text) | ({30} if _HALF_HOUR.search(text) else set())
    stems = dict.fromkeys(
        stem(word) for word in words_of(text) if word in _meanings() or stem(word) in _meanings() or not is_stock(word)
    )
    meanings = tuple(_meanings().get(found, frozenset({found})) for found in stems if found not in NUMBER_STEMS)
    return Telling(meanings, counted, frozenset(rounded), frozenset(_parts(text)))


def likeness(point: Telling, other: Telling, aside: frozenset[str], known: frozenset[int]) -> float:
    """Return how much of a point another telling has: from 1.25 hardly by chance. Nothing counts that is ``aside``."""
    about = [meanings - aside for meanings in point.meanings if meanings.isdisjoint(aside)]
    said = frozenset[str]().union(*other.meanings) - aside
    shared = [meanings & said for meanings in about if meanings & said]
    each = {min(meanings): _weight(meanings) for meanings in shared}
    amount = _same_figures(point, other, known)
    if len(each) + amount < _FEWEST:
        return 0.0
    return float((sum(each.values()) + amount) / max(_SHORTEST, len(about)) ** 0.5)


def with_meanings(stems: frozenset[str]) -> frozenset[str]:
    """Return stems of words together with all that they may mean."""
    return stems | meanings_of(stems)


def meanings_of(stems: Iterable[str]) -> frozenset[str]:
    """Return all that the stems of words may mean."""
    return frozenset[str]().union(*(_meanings().get(found, frozenset()) for found in stems))


def _weight(meanings: Iterable[str]) -> float:
    return _WEAK if all(meaning in _weak() for meaning in meanings) else 1.0


def _same_figures(point: Telling, other: Telling, known: frozenset[int]) -> float:
    same = (point.figures & other.figures) - known
    near = {figure for figure in point.figures - same - known if _is_near(figure, other.rounded)}
    near |= {figure for figure in other.figures - same - known if _is_near(figure, point.rounded)}
    parts = {part for part in point.parts if any(abs(part - like) < 0.02 for like in other.parts)}
    return sum(_weight_of(figure) for figure in same) + _LIKE_FIGURE * (len(near) + min(1, len(parts)))


def _weight_of(figure: int) -> float:
    if figure < _TELLING:
        return _SMALL_FIGURE
    return _LIKE_FIGURE if figure < _OFTEN_ROUND and figure % _OFTEN == 0 else _FIGURE


def _is_near(figure: int, rounded: frozenset[int]) -> bool:
    return any(0 < abs(figure - like) <= max(1, _NEAR * figure) for like in rounded)


def _parts(text: str) -> Iterator[float]:
    """Yield the shares that a text names or gives the figures for: "two thirds", "from nine to three"."""
    for match in _PART.finditer(text):
        over, under = _PARTS.get(match[0], (0, 1))
        yield over / under if over else int(match[0]) / 100
    for match in _FROM_TO.finditer(text):
        before, after = figures(match[1]), figures(match[2])
        if len(before) == 1 and after:
            first, last = max(before), max(after)
            yield abs(first - last) / first


@cache
def _meanings() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in read_words("like_meanings")["lines"].strip().split("\n"):
        words = line.split()
        for word in words:
            found.setdefault(stem(word), set()).add(f"~{words[0]}")
    return {word: frozenset(meanings) for word, meanings in found.items()}


@cache
def _weak() -> frozenset[str]:
    return frozenset(f"~{word}" for word in read_words("like_meanings")["weak"].split())
