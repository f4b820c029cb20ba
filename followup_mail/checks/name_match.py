"""Compare names: the same name, a short form of it, a misspelling, or another name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import Final

from followup_mail.checks.prose import Prose, Word, read_words, word_set, words_of
from followup_mail.facts.name_case import NAME_WORDS
from followup_mail.facts.names import slugify
from followup_mail.regex import regex

ACADEMIC: Final = {"dr": "dr", "doctor": "dr", "prof": "prof", "professor": "prof"}
_LISTS: Final = read_words("names")
TITLES: Final = word_set(_LISTS["titles"])
ABBREVIATIONS: Final = word_set(_LISTS["abbreviations"])
TITLES_OF_TRADES: Final = frozenset().union(
    *(NAME_WORDS[f"{kind}titles"] for kind in ("", "civil_", "professor_", "first_name_", "order_", "trade_"))
)
"""Every title before a name. Some are names, too: whether "Dean" is one in a mail, what is known of the names tells."""


_BEHIND_TITLE: Final = regex(r"\b(?:mr|mrs|ms|mx|dr|prof|professor)\.?[ ]$")


class Likeness(Enum):
    """How a word compares with a name."""

    SAME = "same"
    ACCENT = "accent"
    """The same letters, accents or special letters aside."""
    SHORT = "short"
    """A short form: "Kate" for "Catherine", "Max" for "Maximilian", an initial."""
    NEAR = "near"
    """One or two letters away: very likely the same name, misspelt."""
    OTHER = "other"


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without titles, in lower case: "Dr. Ana-Lucía O'Neill" has two."""
    return tuple(word for word in words_of(name) if word not in TITLES)


def academic_titles(name: str) -> frozenset[str]:
    """Return ``dr`` and ``prof``, as far as they stand in a name."""
    return frozenset(ACADEMIC[word] for word in words_of(name) if word in ACADEMIC)


def compare(word: str, name: str) -> Likeness:
    """Compare one word of a greeting with one word of a name, both in lower case."""
    if word == name:
        return Likeness.SAME
    plain_word, plain_name = fold(word), fold(name)
    if not plain_word or not plain_name:
        return Likeness.OTHER
    if plain_word[0] == plain_name[0] or plain_word[-1] == plain_name[-1]:
        return _compare(word, name, plain_word, plain_name)
    return Likeness.SHORT if _is_listed(plain_word, plain_name) else _by_part(word, name)


def _compare(word: str, name: str, plain_word: str, plain_name: str) -> Likeness:
    """Compare two words that begin or end alike."""
    if plain_word == plain_name or _spelt_out(word) == _spelt_out(name):
        same = word.replace("-", "").replace("'", "") == name.replace("-", "").replace("'", "")
        return Likeness.SAME if same else Likeness.ACCENT
    if _by_part(word, name) is Likeness.SAME:
        return Likeness.SAME
    if _begins(plain_word, plain_name) or _begins(plain_name, plain_word):
        return Likeness.SHORT
    if is_near(plain_word, plain_name):
        return Likeness.NEAR
    return Likeness.SHORT if _is_listed(plain_word, plain_name) else Likeness.OTHER


def _by_part(word: str, name: str) -> Likeness:
    """Compare the parts of double names: "Ana" is "Ana-Lucía"."""
    if word.isalpha() and name.isalpha():
        return Likeness.OTHER
    same = word in re.split(r"[-']", name) or name in re.split(r"[-']", word)
    return Likeness.SAME if same else Likeness.OTHER


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Return a word without accents, apostrophes and hyphens."""
    return word if word.isascii() and word.isalpha() else slugify(word).replace("-", "")


def sounds_alike(word: str, name: str) -> bool:
    """Return whether two words begin alike and share their consonants: "Pruitt" and "Prewitt", "Meier" and "Mayer"."""
    word, name = fold(word), fold(name)
    if not word or not name or word[0] != name[0] or abs(len(word) - len(name)) > 2:
        return False
    bones = _bones(word)
    return bones == _bones(name) and (bool(bones) or max(len(word), len(name)) <= 3)


def _bones(word: str) -> str:
    """Return the consonants of a word behind its first letter, as they sound."""
    for letters, sound in (("ph", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("z", "s"), ("dt", "t")):
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyhw]", "", word[1:]))


def is_near(word: str, name: str) -> bool:
    """Return whether two different words are one letter apart, or two when both are long."""
    shorter = min(len(word), len(name))
    allowed = 0 if shorter < 3 else 1 if shorter < 7 else 2
    return abs(len(word) - len(name)) <= allowed and 0 < distance(word, name, allowed) <= allowed


def distance(word: str, other: str, limit: int) -> int:
    """Return how many letters must be changed, added, dropped or swapped; ``limit + 1`` when it is more than that."""
    if abs(len(word) - len(other)) > limit or max(len(word), len(other)) > 60:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        older, before, row = before, row, [i]
        for j, mark in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != mark))
            if i > 1 and j > 1 and letter == other[j - 2] and mark == word[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _spelt_out(word: str) -> str:
    """Return a word with the German umlauts and Nordic letters written as two letters each."""
    pairs = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"}
    return "".join(pairs.get(letter, letter) for letter in word)


def _begins(short: str, name: str) -> bool:
    """Return whether ``short`` is an initial, or cuts ``name`` ("Max") and may round it off ("Jenny", "Robbie")."""
    if len(short) == 1:
        return name.startswith(short)
    if len(short) >= 2 and name.startswith(short) and len(name) - len(short) >= 2:
        return True
    stem = short.rstrip("yie")
    if not 3 <= len(stem) < len(short) < len(name) or len(short) - len(stem) > 2:
        return False
    return name.startswith(stem) or (stem[-1] == stem[-2] and name.startswith(stem[:-1]))


def _is_listed(word: str, name: str) -> bool:
    return word in _short_forms().get(name, ()) or name in _short_forms().get(word, ())


@lru_cache(maxsize=1)
def _short_forms() -> Mapping[str, frozenset[str]]:
    """Return the short forms of each name; a short form that several lines hold belongs to all of them."""
    lines = (line.split() for line in _LISTS["short_forms"].splitlines())
    return {name: frozenset(forms) for name, *forms in lines}


def follows_title(prose: Prose, word: Word) -> bool:
    """Return whether a title such as "Dr." stands directly before a word."""
    return _BEHIND_TITLE.search(prose.plain, max(0, word.start - 12), word.start) is not None
