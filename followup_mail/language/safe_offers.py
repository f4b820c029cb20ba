"""Whether a corrected answer may be offered: no word of it lost, no name added."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from followup_mail.language.known_words import LISTS, WORD, Known, words_of
from followup_mail.language.spelling import is_near
from followup_mail.language.verb_forms import bases_of
from followup_mail.language.word_tables import read_list, read_table

_SMALL: Final = frozenset().union(
    *(LISTS[name] for name in ("subjects", "auxiliaries", "objects", "determiners", "prepositions", "relatives"))
)
# A beginning has them already, or *you* stands for them, so that an answer may lose them.
_OF_BEGINNINGS: Final = frozenset(
    """
    told said says mentioned spoke talked explained case fact issue situation possibility risk want wants wanted
    himself herself
    """.split()
)
_SHORTEST, _SAME_START = 4, 3


def is_safe_to_offer(typed: str, better: str, known: Known, before: str = "") -> bool:
    """Return whether a correction only corrects; words of ``before``, in front of the gap, may go."""
    return not _lost_words(typed, better, known, before) and not _new_names(typed, better, known)


def _lost_words(typed: str, better: str, known: Known, before: str) -> list[str]:
    kept = [part for word in words_of(better) for part in {word, *word.split("-")}]
    may_go = {*_SMALL, *_OF_BEGINNINGS, *known.reader_names, *words_of(before), *read_table("proofread")["words"]}
    may_go |= {*read_table("sound_alikes")["may_go"].split()}
    return [
        word
        for word in words_of(typed)
        if len(word) >= _SHORTEST
        and word.isalpha()
        and word not in may_go
        and not any(_is_alike(word, other) for other in kept)
    ]


def _is_alike(word: str, other: str) -> bool:
    return word[:_SAME_START] == other[:_SAME_START] or is_near(word, other) or bool(bases_of(word) & bases_of(other))


def _new_names(typed: str, better: str, known: Known) -> list[str]:
    """Return the words with a capital inside a sentence that were not typed and that nothing else brings."""
    tables: Iterable[str] = read_table("proofread")["words"].values()
    given = {
        *words_of(typed),
        *known.vocabulary,
        *known.spellings,
        *(word for text in tables for word in words_of(text)),
    }
    return [
        second[0]
        for first, second in pairwise(WORD.finditer(better))
        if second[0][0].isupper()
        and not re.match(r"I\b", second[0])
        and not re.search(r"[.!?\"“]", better[first.end() : second.start()])
        and second[0].lower() not in given
        and re.sub(r"['’]?s?$", "", second[0].lower()) not in read_list("capital_words") | given
    ]
