"""Names in a mail that none of the facts has that it was written from: people, firms, products, towns, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from followup_mail.checks.context import Briefing
from followup_mail.checks.fact_index import index_facts
from followup_mail.checks.known_names import KnownNames
from followup_mail.checks.misspellings import ordinary_words
from followup_mail.checks.name_match import fold
from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.prose import Prose, Word, read_words, word_set
from followup_mail.checks.stock_words import COMMON
from followup_mail.language.lexicon import classes_of
from followup_mail.regex import regex

_LISTS: Final = read_words("claims")
_NEVER_NAMES: Final = word_set(_LISTS["never_names"])
_NATIONS: Final = word_set(_LISTS["nations"])
_STARTS: Final = regex(r"(?:\A|[.!?:\n\u2022*-]|[\"'\u201c\u2018(])\s*[\"'\u201c\u2018(]?\Z")
_TITLE: Final = regex(r"\b(?:Mrs?|Ms|Dr|Prof|Engr|St|Mx|Sr|Sra)\. \Z")
_ENDINGS: Final = ("ing", "ed", "ly", "ers", "ors", "ions", "ion", "ments", "ness", "ities", "ly's")
_SAYS: Final = regex(r"(?: and [a-z]+)? (?:told|said|mentioned|was|is|has|had|and|also|asked|showed|explained)\b")
_GREETING_WORDS: Final = 4
_SHORTEST_ACRONYM: Final = 2


class StatedName(NamedTuple):
    """A name that no fact has."""

    span: TextSpan
    is_sure: bool
    """False where it may be an ordinary word with a capital."""


def unknown_names(prose: Prose, within: TextSpan, known: KnownNames, briefing: Briefing) -> Iterator[StatedName]:
    """Yield the names of a stretch of text that are in no fact and in nobody's name."""
    index, last = index_facts(briefing), -1
    for word in prose.capitalised:
        if not within.start <= word.start < within.end or word.start < last:
            continue
        is_plain = _is_plain_word(word.plain)
        is_told = index.has(word.plain) if is_plain else index.names(word.plain)
        if is_told or word.plain in _NEVER_NAMES or word.plain.removesuffix("'s") in known.names:
            continue
        if _is_initials(prose.written[word.start : word.end], briefing) or _spells_out(prose, word, briefing):
            continue
        before = prose.written[max(0, word.start - 8) : word.start]
        starts = bool(_STARTS.search(before)) and not _TITLE.search(before)
        if starts and (is_plain or word.plain.endswith(_ENDINGS)):
            continue
        line = prose.around(word.start, 60).strip()
        if line.endswith(",") and len(line.split()) <= _GREETING_WORDS:
            continue  # "Ngā mihi," greets.
        last = word.end
        is_sure = not is_plain and (not starts or bool(_SAYS.match(prose.plain, word.end)))
        yield StatedName(TextSpan(word.start, word.end), is_sure)


@lru_cache(maxsize=8192)
def _is_plain_word(word: str) -> bool:
    """Tell whether a word, written small, is ordinary English. Languages and nations are no such words."""
    base = fold(word.partition("'")[0])
    parts = [base, *word.split("-")] if "-" in word else [base]
    if base in _NATIONS:
        return False
    return any(part in COMMON or part in ordinary_words() or bool(classes_of(part)) for part in parts)


def _is_initials(written: str, briefing: Briefing) -> bool:
    """Tell whether capitals are the initials of words that stand together in a fact: "SRE", "CFO"."""
    letters = written.removesuffix("s").lower()
    if not written[:_SHORTEST_ACRONYM].isupper() or len(letters) < _SHORTEST_ACRONYM:
        return False
    return any(letters in initials for initials in _initials(briefing))


def _spells_out(prose: Prose, word: Word, briefing: Briefing) -> bool:
    """Tell whether a word belongs to a name whose initials a fact has: "Site Reliability Engineering"."""
    around = prose.around(word.start, 80)
    for run in re.findall(r"[A-Z][\w-]+(?: (?:of|and|for|the)? ?[A-Z][\w-]+)+", around):
        initials = "".join(part[0] for part in re.findall(r"[A-Z][\w]+", run)).lower()
        if word.plain in run.lower() and any(
            re.search(rf"\b{initials}s?\b", text) for text in index_facts(briefing).texts
        ):
            return True
    return False


@lru_cache(maxsize=32)
def _initials(briefing: Briefing) -> frozenset[str]:
    return frozenset(
        "".join(part[0] for part in re.findall(r"[^\W\d_]+", text)) for text in index_facts(briefing).texts
    )
