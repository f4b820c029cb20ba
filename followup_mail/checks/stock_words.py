"""Words that say nothing about one conversation: grammar, and what any follow-up mail is made of.

What is left of a mail without them is what it is really about. Words are compared by a crude stem: it needs only to
bring together "interviewing" and "interview", not to be right about English.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from followup_mail.checks.phrase_patterns import WEEKDAYS
from followup_mail.checks.prose import read_words, word_set

_WORDS: Final = read_words("stock_words")
GRAMMAR: Final = word_set(_WORDS["grammar"])
_MAIL: Final = word_set(_WORDS["mail"])
_ALSO_NAMES: Final = word_set(_WORDS["also_names"])

_ENDINGS: Final = "ations ation ingly ments ment ness ings ing ions ion edly ies ied ers er ed es ly s e y".split()
_BY_LAST: Final = {
    last: [ending for ending in _ENDINGS if ending[-1] == last] for last in {ending[-1] for ending in _ENDINGS}
}


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return the beginning that the forms of a word share, roughly."""
    word = word.removesuffix("'s").removesuffix("'")
    for ending in _BY_LAST.get(word[-1:], ()):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls" else word


COMMON: Final = GRAMMAR | _MAIL | _ALSO_NAMES
"""Ordinary words: in a sentence they are not a name unless written with a capital."""
_STOCK_STEMS: Final = frozenset(stem(word) for word in GRAMMAR | _MAIL | {*WEEKDAYS})
_HOLLOW_STEMS: Final = frozenset(stem(word) for word in word_set(_WORDS["hollow"]))


@lru_cache(maxsize=16_384)
def is_stock(word: str) -> bool:
    """Return whether a word could stand in any follow-up mail."""
    return word in GRAMMAR or len(word) < 2 or word.isdigit() or stem(word) in _STOCK_STEMS


@lru_cache(maxsize=16_384)
def is_hollow(word: str) -> bool:
    """Return whether a word praises or claims, and tells of nothing."""
    return stem(word) in _HOLLOW_STEMS


def ordinary_words() -> frozenset[str]:
    """Return the words of English that mails are made of, in every form."""
    return _read_list("ordinary")


def is_letter_word(word: str) -> bool:
    """Return whether honest letters use a word without having been told it: it tells nothing about anybody."""
    return stem(word) in _read_list("letter_words")


@cache
def _read_list(name: str) -> frozenset[str]:
    return frozenset((Path(__file__).parent / "words" / f"{name}.txt").read_text("utf-8").split())


# Ordinary words that people write in capitals for emphasis, and that are no abbreviation or name in capitals.
SHOUTED: Final = frozenset(
    word
    for word in GRAMMAR | _MAIL
    if len(word) >= 3 and word not in {"who", "may", "mine", "cannot", "aim", "cv", "act"}
)
