"""Names in a mail that none of the facts has that it was written from: people, firms, products, towns, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from followup_mail.checks.context import Briefing
from followup_mail.checks.fact_index import index_facts
from followup_mail.checks.known_names import KnownNames
from followup_mail.checks.name_match import fold
from followup_mail.checks.parsed_mail import Doubt, TextSpan
from followup_mail.checks.prose import Prose, Word, normal, read_words, word_set
from followup_mail.checks.stock_words import COMMON, ordinary_words
from followup_mail.language.lexicon import classes_of
from followup_mail.regex import regex

_LISTS: Final = read_words("claims")
_NEVER_NAMES: Final = word_set(_LISTS["never_names"])
_NATIONS: Final = word_set(_LISTS["nations"])
_STARTS: Final = regex(r"(?:\A|[.!?:\n\u2022*-]|[\"'\u201c\u2018(])\s*[\"'\u201c\u2018(]?\Z")
_TITLE: Final = regex(r"\b(?:Mrs?|Ms|Dr|Prof|Engr|St|Mx|Sr|Sra)\. \Z")
_ENDINGS: Final = ("ing", "ed", "ly", "ers", "ors", "ions", "ion", "ments", "ness", "ities", "ly's")
_SAYS: Final = regex(r"(?: and [a-z]+)? (?:told|said|mentioned|was|is|has|had|and|also|asked|showed|explained)\b")
_SMALL: Final = "of|and|for|the|with|in|on|to|at"
_RUN: Final = regex(rf"[A-Z][\w-]+(?: (?:(?:{_SMALL}) )?[A-Z][\w-]+){{1,7}}")
_ACRONYM: Final = regex(r"\b[a-z]{2,6}?(?=s?\b)")
_NEXT_OF_TITLE: Final = regex(rf" (?:(?:{_SMALL}) )?([A-Z][\w'\u2019-]*)")
_GREETING_WORDS: Final = 4
_SHORTEST_ACRONYM: Final = 2


def unknown_names(prose: Prose, within: TextSpan, known: KnownNames, briefing: Briefing) -> Iterator[Doubt]:
    """Yield the names of a stretch of text that are in no fact and in nobody's name."""
    index, last = index_facts(briefing), -1
    for word in prose.capitalised:
        if not within.start <= word.start < within.end or word.start < last:
            continue
        is_plain = _is_plain_word(word.plain)
        is_told = index.has(word.plain) if is_plain else index.names(word.plain)
        is_told |= is_plain and word.plain.removesuffix("'s") in known.topics
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
        last = _end_of_title(prose, word, within) if is_plain else word.end
        is_sure = not is_plain and (not starts or bool(_SAYS.match(prose.plain, word.end)))
        yield Doubt(TextSpan(word.start, last), is_sure)


def _end_of_title(prose: Prose, word: Word, within: TextSpan) -> int:
    """Return where the ordinary words with capitals end that begin with one: "Working with Children" is one name."""
    last = word.end
    while (match := _NEXT_OF_TITLE.match(prose.written, last, within.end)) and _is_plain_word(normal(match[1])):
        last = match.end()
    return last


@lru_cache(maxsize=8192)
def _is_plain_word(word: str) -> bool:
    """Return whether a word, written small, is ordinary English. Languages and nations are no such words."""
    base = fold(word.partition("'")[0])
    parts = [base, *word.split("-")] if "-" in word else [base]
    if base in _NATIONS:
        return False
    return any(part in COMMON or part in ordinary_words() or bool(classes_of(part)) for part in parts)


def _is_initials(written: str, briefing: Briefing) -> bool:
    """Return whether capitals are the initials of words that stand together in a fact: "SRE", "CFO"."""
    letters = written.removesuffix("s").lower()
    if not written[:_SHORTEST_ACRONYM].isupper() or len(letters) < _SHORTEST_ACRONYM:
        return False
    return any(letters in initials for initials in _initials(briefing))


def _spells_out(prose: Prose, word: Word, briefing: Briefing) -> bool:
    """Return whether a word belongs to a name whose initials a fact has: "Site Reliability Engineering"."""
    told = frozenset(found for found in _acronyms(briefing) if word.plain[0] in found)
    if not told:
        return False
    for run in _RUN.findall(prose.around(word.start, 80)):
        words = re.findall(r"\w+", run)
        for parts in (words, [part for part in words if part[0].isupper()]):
            if word.plain in run.lower() and _has_initials([part.lower() for part in parts], word.plain, told):
                return True
    return False


def _has_initials(parts: list[str], word: str, told: frozenset[str]) -> bool:
    """Return whether some of the words in a row, ``word`` among them, have initials that are told."""
    for start in range(len(parts)):
        for end in range(start + _SHORTEST_ACRONYM, len(parts) + 1):
            initials = "".join(part[0] for part in parts[start:end])
            is_told = initials in told and (len(initials) > _SHORTEST_ACRONYM or (start, end) == (0, len(parts)))
            if is_told and not set(word.split("'")).isdisjoint(parts[start:end]):
                return True
    return False


@lru_cache(maxsize=32)
def _acronyms(briefing: Briefing) -> frozenset[str]:
    return frozenset(found for text in index_facts(briefing).texts for found in _ACRONYM.findall(text))


@lru_cache(maxsize=32)
def _initials(briefing: Briefing) -> frozenset[str]:
    return frozenset(
        "".join(part[0] for part in re.findall(r"[^\W\d_]+", text)) for text in index_facts(briefing).texts
    )
