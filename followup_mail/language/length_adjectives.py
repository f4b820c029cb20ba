"""A length before a thing, as notes jot it and as it is written: "1 pg guide" is "a one-page guide"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.a_or_an import a_or_an
from followup_mail.language.lexicon import LENGTHS, NOUN_CLASSES, NUMBERS, WordClass, classes_of
from followup_mail.regex import regex

_FIGURE: Final = regex(r"\d{1,3}")
_DETERMINED: Final = frozenset("a an the this that my our your their its his her every each no another".split())


def join_lengths(words: Sequence[str]) -> list[str]:
    """Return words with each length before a single thing joined, and its article; plural things have none.

    "two 4 week courses" has a number before the length, and a preposition behind it ("one page per question") makes it
    no length of a thing: both stay.
    """
    said: list[str] = []
    for place, word in enumerate(words):
        number = said[-1] if said else ""
        before = said[-2] if len(said) > 1 else ""
        head = _head(words, place + 1) if word in LENGTHS and _is_number(number) else ""
        if not head or _is_number(before):
            said.append(word)
            continue
        joined = f"{'one' if number == '1' else number}-{word}"
        is_single = WordClass.COUNT in classes_of(head) or (not classes_of(head) and not head.endswith("s"))
        needs = is_single and before.lower() not in _DETERMINED
        said[-1:] = [*([a_or_an(joined)] if needs else []), joined]
    return said


def _is_number(word: str) -> bool:
    return word in NUMBERS or bool(_FIGURE.fullmatch(word))


def _head(words: Sequence[str], start: int) -> str:
    """Return the noun that the phrase from ``start`` on ends in; empty where there is none."""
    head = ""
    for word in words[start : start + 4]:
        kinds = classes_of(word)
        is_thing = bool(kinds & {*NOUN_CLASSES}) or (not kinds and word.isalpha() and word.islower())
        if not (is_thing or WordClass.ADJECTIVE in kinds) or kinds & {WordClass.PREPOSITION, WordClass.DETERMINER}:
            break
        head = word if is_thing else head
    return head
