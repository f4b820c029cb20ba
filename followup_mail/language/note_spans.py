"""Spans and shares from which a note leaves out "for" or "by": "ran a press room 14 years", "cut costs 10%"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list
from followup_mail.language.note_articles import DETERMINERS
from followup_mail.language.note_words import is_number

_OTHERS: Final = frozenset({"he", "she", "they", "we"})
WHILE: Final = frozenset({"when", "while", "before", "after", "once", "until"})


def filled_in_measures(verb: str, rest: Sequence[str]) -> Sequence[str]:
    """Return what follows a verb with its "for" and "by", and without what somebody else did at that time."""
    return _by_how_much(verb, _for_so_long(verb, _without_others(rest)))


def _by_how_much(verb: str, rest: Sequence[str]) -> Sequence[str]:
    """Return "cut costs by 10%" where a note leaves out "by"."""
    is_bare = len(rest) > 1 and rest[-1].endswith("%") and bool(classes_of(rest[-2]) & NOUN_CLASSES)
    return (*rest[:-1], "by", rest[-1]) if is_bare and verb in word_list("changing") else rest


def _without_others(rest: Sequence[str]) -> Sequence[str]:
    """Cut "while he was ill" from the end: what was done stands without it."""
    at = next((place for place in range(3, len(rest) - 1) if rest[place] in {"while", "when"}), 0)
    return rest[:at] if at and rest[at + 1] in _OTHERS else rest


def _for_so_long(verb: str, rest: Sequence[str]) -> Sequence[str]:
    """Return "ran a press room for 14 years" for what goes on for some time, where a note leaves out "for"."""
    at = next((place for place in range(1, len(rest) - 1) if is_number(rest[place]) and is_span(rest[place + 1])), 0)
    ends = at and (len(rest) == at + 2 or rest[at + 2] in WHILE)
    is_bare = ends and WordClass.PREPOSITION not in classes_of(rest[at - 1]) and rest[at - 1] not in DETERMINERS
    return (*rest[:at], "for", *rest[at:]) if is_bare and verb in word_list("lasting") | word_list("kept_up") else rest


def is_span(word: str) -> bool:
    """Return whether a word measures how long something went on."""
    return word.removesuffix("s") in {"day", "week", "month", "year", "season", "summer", "winter"}
