"""Figures that went from one value to another, with their unit on the last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from followup_mail.language.lexicon import WordClass, classes_of, word_list
from followup_mail.language.note_words import is_number
from followup_mail.language.noun_phrases import is_plural


class Change(NamedTuple):
    """Two figures with their unit, and how many words of the note they took."""

    words: tuple[str, ...]
    size: int


def read_change(words: Sequence[str]) -> Change | None:
    """Return "40 to 6 minutes" for the figures at the beginning of some words."""
    for first in (1, 2):
        if (
            len(words) > first + 1
            and words[first] in {"->", "to"}
            and is_number(words[0])
            and is_number(words[first + 1])
        ):
            return _change_of(words, first)
    return None


def _change_of(words: Sequence[str], at: int) -> Change | None:
    low, high = words[0], words[at + 1]
    if any(mark in low + high for mark in "+~<>"):
        return None
    if high.endswith("%") and not low.endswith("%"):
        low += "%"
    if low.endswith("%") and not high.endswith("%") and "".join(words[at + 2 : at + 3]) in {"", "in", "within"}:
        high += "%"
    unit = words[at + 2] if len(words) > at + 2 and _is_unit(words[at + 2]) else ""
    before = words[1] if at == 2 else ""
    if low.endswith("%") != high.endswith("%") or (before and not _is_unit(before)):
        return None
    figures = [
        _decimal(low),
        *([before] if before and before != unit else []),
        "to",
        _decimal(high),
        *([unit] if unit else []),
    ]
    return Change(tuple(figures), at + 2 + bool(unit))


def _decimal(figure: str) -> str:
    return f"0{figure}" if figure.startswith(".") else figure


def _is_unit(word: str) -> bool:
    return (is_plural(word) and word.removesuffix("s") in word_list("units")) or (
        WordClass.PLURAL in classes_of(word) and is_plural(word)
    )
