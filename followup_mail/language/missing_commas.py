"""Words behind a noun that lack their comma: "the waste not just the bosses", "no books", "also the bad news"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.language.corrections import Correction
from followup_mail.language.finite_verbs import find_verb, has_verb
from followup_mail.language.known_words import LISTS, words_of
from followup_mail.language.lexicon import WordClass, classes_of
from followup_mail.language.verb_forms import as_participle, as_third
from followup_mail.regex import regex

_NOT: Final = regex(r"(?<=[^\W\d_]) not (?=(?:just |only |merely )?(?P<behind>[a-z]+))(?! (?:to|yet|one|a single)\b)")
_ALSO: Final = regex(
    r"(?<=[a-z]) (?=(?:also|even|especially|including) (?:the|my|your|our|their|those) [^,.;:?!]*(?:[.;?!]|$))"
)
_NO: Final = regex(r"(?<=[a-z\d])(?P<comma>,?) (?=no [a-z]+(?P<rest>[^,.;:?!]*)(?:[.;?!]|$))")
_AND_NO: Final = regex(r", and (?=no (?P<behind>[a-z]+[^,.;:?!]*)(?:[.;?!]|$))")
_HAVING: Final = regex(
    r"\b(?:ha(?:ve|s|d|ving)|got|gets?|need\w*|want\w*|is|are|was|were|with|without|means?|meant|saw|found|took|takes?"
    r"|t[eo]lls?|told|sa(?:y|ys|id)|g[ai]ves?|show\w*|ask\w*|offer\w*|costs?|le(?:ave|ft)|ke(?:ep|eps|pt)|used?)\b"
)
_COUNTED: Final = regex(r"\b(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten) [a-z]+")
GIVING: Final = regex(
    r"\b(?:g[ai]ve|giving|given|le(?:ave|ft|t)|off?er\w*|cost|ma[dk]e|do|did|does|show\w*|ask\w*|t[oe]ld|tell|s[ae]nd"
    r"|see\w?|saw)\b"
)
"""Verbs with somebody and a thing behind them: "it gave the crew no choice"."""
_IDIOM_NO: Final = frozenset({"matter", "longer", "doubt", "less", "more", "fewer", "later", "sooner", "one", "wonder"})
_JOINED: Final = LISTS["auxiliaries"] | LISTS["relatives"] | {"be", "been", "being", "to", "please"}
_JOINED_NOT: Final = regex(r" not (?:at all|only\b.*\bbut\b|once|a\b)")
_MERELY: Final = regex(r" not (?:just|only|merely) ")
_PLACES: Final = frozenset({"there", "here"})
_ROUND: Final = frozenset({"twenty", "thirty", "forty", "fifty"})


def find_missing_commas(text: str) -> Iterator[Correction]:
    """Yield each place where a comma, or a verb, is missing before *not*, *also* or *no*."""
    # Most sentences have none of these words: their patterns are compiled when they are needed.
    if " not " in text:
        yield from _not_without_comma(text)
    for found in _ALSO.finditer(text):
        if is_noun_only(_word_before(text, found.start())) and find_verb(words_of(text[found.end() :])) is None:
            yield Correction(found.start(), found.end(), " ", ", ", "a comma is missing before *also* or *even*")
    for found in _NO.finditer(text) if " no " in text else ():
        if not _can_have_no(text, found):
            why = "*no …* has no verb: write *with no*, or *and there is no*"
            end = found.end() + len("no")
            yield Correction(found.end(), end, text[found.end() : end], "", why)
    for found in _AND_NO.finditer(text) if ", and no " in text else ():
        start = max(text.rfind(mark, 0, found.start()) for mark in ".;:?!,") + 1
        before = text[start : found.start()]
        is_list = text[start - 1 : start] == "," or " no " in before
        if not is_list and not _HAVING.search(before) and has_verb(before) and _has_no_verb(found["behind"]):
            end = found.end() + len("no")
            why = "*and no …* has no verb: write *and there were no …*, or *with no …*"
            yield Correction(found.end(), end, text[found.end() : end], "", why)


def _has_no_verb(behind: str) -> bool:
    words = words_of(_COUNTED.sub(" ", behind))
    return words[0] not in _IDIOM_NO and not words[0].startswith(("one", "body")) and find_verb(words) is None


def _not_without_comma(text: str) -> Iterator[Correction]:
    """Yield *not* between two things: "the waste not just the bosses", "by door not by vehicle"."""
    for found in _NOT.finditer(text):
        before = text[: found.start()].rpartition(", ")[2]
        words = words_of(re.split(r"[.;:?!]", before)[-1])
        last = next((word for word in reversed(words) if word not in LISTS["adverbs"] - _PLACES), "")
        behind = found["behind"]
        is_thing = behind in LISTS["determiners"] | LISTS["prepositions"] or _MERELY.match(text, found.start())
        is_deed = last in _PLACES and bool(as_participle(behind))
        is_joined = last in _JOINED or "'" in last or _JOINED_NOT.match(text, found.start())
        if len(words) > 2 and (is_thing or is_deed) and not is_joined and last not in LISTS["prepositions"]:
            yield Correction(found.start(), found.end(), " not ", ", not ", "a comma is missing before *not*")


def _can_have_no(text: str, found: re.Match[str]) -> bool:
    """Return whether *no* may follow the word before it: a verb, a preposition, somebody to whom nothing is given."""
    start = max(text.rfind(mark, 0, found.start()) for mark in ".;:?!") + 1
    before, behind = text[start : found.start()].strip(), words_of(text[found.end() :])[1:]
    is_giving = bool(not found["comma"] and GIVING.search(before))
    is_question = before.startswith(("Is ", "Are ", "Was "))
    if behind[0] in _IDIOM_NO or is_giving or is_question or " no " in f" {before} " or '"' in text:
        return True
    is_clause = find_verb(behind[:-1] if as_participle(behind[-1]) else behind) is not None
    if found["comma"]:
        is_aside = before.rpartition(",")[2].strip().startswith(("as ", "which "))
        return is_aside or is_clause or not found["rest"].strip() or find_verb(words_of(before)) is None
    last = _word_before(text, found.start())
    is_noun = is_noun_only(last) or last in _ROUND | _PLACES or _is_strange_plural(last)
    return is_clause or not is_noun


def _is_strange_plural(word: str) -> bool:
    return word.endswith("s") and not classes_of(word) and not as_third(word) and not word.endswith(("ss", "us"))


def _word_before(text: str, at: int) -> str:
    found = re.search(r"[^\W_]+(?:['’-][^\W_]+)*$", text[:at])
    return found[0].lower() if found else ""


def is_noun_only(word: str) -> bool:
    """Return whether a word is a noun, and no verb, as far as is known."""
    classes = classes_of(word)
    nouns = {WordClass.COUNT, WordClass.MASS, WordClass.PLURAL}
    return bool(classes & nouns) and not classes & {WordClass.BASE, WordClass.PAST, WordClass.PREPOSITION}
