"""Clauses side by side with nothing between them: "I held sessions in our ward rate fell"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.language.corrections import Correction
from followup_mail.language.finite_verbs import find_verb
from followup_mail.language.known_words import LISTS, words_of
from followup_mail.language.lexicon import NOUN_CLASSES, VERB_CLASSES, WordClass, classes_of, may_be_plural, word_list
from followup_mail.language.missing_commas import GIVING
from followup_mail.language.stretches import stretches
from followup_mail.language.verb_forms import as_base, as_participle, as_past
from followup_mail.regex import regex

_TWO_THINGS: Final = regex(
    r"\b(?:at|in|on|from|with|for|to|by|of) (?:the|an?|my|your|our)(?: [a-z]+)? (?P<first>[a-z]+)"
    r" (?P<second>(?:the|an?) (?P<noun>[a-z]+))(?P<rest>[^,.;:?!]*)"
)
_JOINING: Final = LISTS["relatives"] | {"before", "after", "until", "till", "as", "than", "once", "like", "to", "not"}
_PERSONS: Final = frozenset({"i", "you", "we", "they"})
_CHANGED: Final = frozenset(
    "dropped improved increased halved doubled tripled stopped started ended decreased rose".split()
)
_MOMENTS: Final = frozenset({"moment", "minute", "hour", "time", "place", "way", "reason"})
_SEVERAL: Final = frozenset({"are", "were"})
_ONLY_FINITE: Final = frozenset({"am", "is", "are", "was", "were", "has", "does", "did"})
_TAKING_CLAUSES: Final = LISTS["taking_clauses"]
_WHY_JOIN: Final = "two sentences with nothing between them: write *and*, *so* or *because*, or a full stop"


def find_missing_joints(text: str) -> Iterator[Correction]:
    """Yield each place where a joining word is missing between two parts of a sentence."""
    for found in _TWO_THINGS.finditer(text):
        if _is_one_too_many(found):
            at, end = found.span("second")
            yield Correction(at, end, found["second"], "", "two things side by side: a word is missing between them")
    for found_words, words in stretches(text):
        if at := _second_verb(words):
            verb = found_words[at]
            yield Correction(verb.start(), verb.end(), verb[0], "", _WHY_JOIN)


def _is_one_too_many(found: re.Match[str]) -> bool:
    """Return whether two nouns with their articles follow each other, and no verb makes the second one a clause."""
    words = words_of(found["noun"] + found["rest"])
    is_time = any(word in word_list("time_nouns") or word in {"other", "whole", "same"} for word in words[:3])
    is_pair = (
        bool(classes_of(found["first"]) & NOUN_CLASSES) and found["first"] not in word_list("time_nouns") | _MOMENTS
    )
    is_pair = is_pair and bool(classes_of(found["noun"]) & NOUN_CLASSES)
    if GIVING.search(found.string[: found.start()].rpartition(" that ")[2]):
        return False
    return is_pair and not is_time and find_verb(words[1:]) is None and not set(words) & {"like", "as", "to"}


def _second_verb(words: Sequence[str]) -> int:
    """Return the place of a second verb that nothing joins: "I held sessions in our ward rate fell"; else 0."""
    verbs = (verb for at in range(len(words) - 1) if (verb := _first_verb(words, at)))
    first = next((verb for verb in verbs if words[verb] not in _TAKING_CLAUSES), 0)
    if not first:
        return 0
    for at in range(first + 1, len(words)):
        if words[at] in _JOINING or words[at] in LISTS["subjects"]:
            return 0
        if _is_finite_only(words[at]) and _has_bare_subject(words, first, at):
            return at
    return 0


def _first_verb(words: Sequence[str], at: int) -> int:
    """Return the place of the verb of a clause that begins at a place; 0 where no clause begins there."""
    is_told = at > 1 and words[at - 1] == "that" and words[at - 2] in {"said", "me", "mentioned", "us"}
    if at and not is_told and words[at - 1] not in {"and", "but", "because"}:
        return 0
    if words[at] in _PERSONS:
        return at + 1 if _is_main_verb(words[at + 1]) else 0
    if words[at] not in LISTS["determiners"]:
        return 0
    later = range(at + 2, min(at + 5, len(words)))
    return next((place for place in later if words[place] in _SEVERAL and may_be_plural(words[place - 1])), 0)


def _is_main_verb(word: str) -> bool:
    return bool(as_past(word) or as_base(word)) or word in {"are", "were", "am"}


def _is_finite_only(word: str) -> bool:
    if word in _ONLY_FINITE | _CHANGED:
        return True
    is_past = as_past(word) and not as_participle(word) and not as_base(word)
    return bool(is_past) or (word in LISTS["never_nouns"] and not as_participle(word))


def _has_bare_subject(words: Sequence[str], first: int, at: int) -> bool:
    """Return whether a noun phrase begins right behind a preposition or the first verb, and ends in the second."""
    start = at
    while start > first + 1 and _is_in_subject(words[start - 1]):
        start -= 1
    last = words[at - 1]
    if start == at or last.endswith("ly") or classes_of(last) & {WordClass.ADVERB, WordClass.PREPOSITION}:
        return False
    while start > first + 1 and words[start - 1] in LISTS["determiners"]:
        start -= 1
    before = words[start - 1]
    return before in LISTS["prepositions"] - {"since", "of"} or (
        words[first] in _SEVERAL and (start - 1 == first or classes_of(before) == {WordClass.ADJECTIVE})
    )


def _is_in_subject(word: str) -> bool:
    if word in LISTS["determiners"] | LISTS["prepositions"] | LISTS["auxiliaries"] | LISTS["adverbs"]:
        return False
    classes = classes_of(word)
    return not classes or WordClass.ING in classes or bool(classes - VERB_CLASSES)
