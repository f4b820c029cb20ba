"""Quotations in a mail that nobody said, as far as the facts go that it was written from.

What stands in quotation marks must stand in one fact in the same order. "I", "he" and "you" may change places, and so
may contractions, endings of verbs and capitals, and a word or two may be left out or corrected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from followup_mail.checks.context import Briefing
from followup_mail.checks.fact_index import index_facts, keys_of, spelt_out
from followup_mail.checks.parsed_mail import Doubt, TextSpan
from followup_mail.checks.prose import Prose, word_set, words_of
from followup_mail.checks.stock_words import GRAMMAR
from followup_mail.language.contractions import spell_out
from followup_mail.regex import regex

_DOUBLE: Final = regex(r'"([^"\n]{1,300})"')
_SINGLE: Final = regex(r"(?<![\w'])'([^'\n]{2,40}(?:'(?=\w)[^'\n]{1,80}){0,4})'(?![\w'])")
_PEOPLE: Final = word_set(
    "i you he she we they me him her us them my your his our their mine yours hers ours theirs myself yourself himself "
    "herself ourselves themselves it one's"
)
_LOOSE: Final = word_set(
    "a an the and that to of so just is are am be was were not do does did will would have has had"
)
_ENOUGH: Final = 0.8
_FEW: Final = 2
_LONGEST: Final = 150
"""So many words of a fact are compared with a quotation; a note has twenty."""


def unknown_quotations(prose: Prose, within: TextSpan, briefing: Briefing) -> Iterator[Doubt]:
    """Yield what is quoted in a stretch of text and stands in no fact."""
    for pattern in (_DOUBLE, _SINGLE):
        for match in pattern.finditer(prose.plain, within.start, within.end):
            words = _normal(match[1])
            if words and not any(is_quoted_from(words, fact) for fact in _facts(briefing)):
                yield Doubt(TextSpan(*match.span(1)), len(words) > _FEW)


def is_quoted_from(words: Sequence[str], fact: Sequence[str]) -> bool:
    """Return whether a fact has the words of a quotation in their order, all or nearly all of them."""
    told = [word for word in words if word not in _LOOSE]
    said = [word for word in fact if word not in _LOOSE]
    if not told:
        return _in_order(words, fact) == len(words)
    common = _in_order(told, said)
    return common == len(told) or (len(told) > _FEW and common >= _ENOUGH * len(told))


def _in_order(words: Sequence[str], fact: Sequence[str]) -> int:
    """Return how many words two texts have in common in the same order."""
    row = [0] * (len(fact) + 1)
    for word in words:
        left = 0
        for at, other in enumerate(fact, 1):
            above = row[at]
            row[at] = left + 1 if _are_alike(word, other) else max(above, row[at - 1])
            left = above
    return row[-1]


def _are_alike(word: str, other: str) -> bool:
    return word == other or (
        word not in GRAMMAR and other not in GRAMMAR and not keys_of(word).isdisjoint(keys_of(other))
    )


@lru_cache(maxsize=4096)
def _normal(text: str) -> tuple[str, ...]:
    words = words_of(spell_out(text))
    return tuple("~" if word in _PEOPLE else word for word in (part for whole in words for part in whole.split("-")))


@lru_cache(maxsize=32)
def _facts(briefing: Briefing) -> tuple[tuple[str, ...], ...]:
    return tuple(_normal(" ".join(spelt_out(text, full_only=True)))[:_LONGEST] for text in index_facts(briefing).texts)
