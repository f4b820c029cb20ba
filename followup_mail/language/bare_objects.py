"""A noun that lacks its article behind a verb or as a subject: "made photo card", "so new girl is learning"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.language.corrections import Correction
from followup_mail.language.known_words import LISTS
from followup_mail.language.lexicon import WordClass, classes_of
from followup_mail.language.note_articles import needs_no_article
from followup_mail.language.note_words import is_code
from followup_mail.language.stretches import stretches
from followup_mail.language.verb_forms import as_base, as_past

_VERBS: Final = LISTS["object_verbs"]
_BARE_OBJECTS: Final = LISTS["bare_objects"]
_JOINERS: Final = frozenset({"so", "and", "because", "that", "when", "if", "about", "but"})
_VERBLIKE: Final = LISTS["auxiliaries"]
_FARTHEST: Final = 3
_PARTICLES: Final = frozenset({"up", "out", "down", "together", "over"})
_WITH_PARTICLE: Final = LISTS["verbs_with_particle"]
_RANKS: Final = frozenset({"head", "chief", "deputy", "acting", "lead", "senior", "captain"})
"""Somebody can be head waiter or acting manager without an article."""
_COUNT_OR_BASE: Final = frozenset({WordClass.COUNT, WordClass.BASE})
_WATCHING: Final = frozenset(
    "see saw seeing hear heard hearing make made makes making have had has get got getting need needed".split()
)
_NO_MODIFIERS: Final = (
    LISTS["auxiliaries"]
    | LISTS["relatives"]
    | LISTS["prepositions"]
    | LISTS["determiners"]
    | {"more", "less", "much", "enough"}
)
_NAMED: Final = frozenset(
    {"same", "whole", "other", "new", "old", "bad", "good", "big", "small", "fixed", "next", "last"}
)


def find_bare_objects(text: str) -> Iterator[Correction]:
    """Yield each place where *a* or *the* is missing for sure behind a verb, or before a subject."""
    for words, _ in stretches(text):
        for at, word in enumerate(words[:-1]):
            small = word[0].lower()
            is_verb = small in _VERBS or _is_phrasal(words, at)
            size = _bare_size(words, at + 1, is_object=is_verb) if is_verb or small in _JOINERS else 0
            behind = words[at + 1 + size][0] if at + 1 + size < len(words) else ""
            after = behind.lower()
            if (
                not size
                or (small in _JOINERS and not (after in _VERBLIKE or (as_past(after) and not as_base(after))))
                or _is_noun_here(words, at)
            ):
                continue
            start, end = words[at + 1].start(), words[at + size].end()
            bare = text[start:end]
            is_phrase = bare.lower() in _BARE_OBJECTS or bare.lower().replace(" ", "-") in LISTS["offices"]
            if (
                is_phrase
                or after in {"and", "or"}
                or is_code(behind)
                or len(after) == 1
                or (is_verb and after.endswith("s"))
            ):
                continue
            yield Correction(start, end, bare, "", f"*a* or *the* is missing before *{bare}*")


def _is_phrasal(words: list[re.Match[str]], at: int) -> bool:
    """Return whether a small word ends a verb that has a thing behind it: "set up", "wrote down"."""
    return at > 0 and words[at][0].lower() in _PARTICLES and words[at - 1][0].lower() in _WITH_PARTICLE


def _is_noun_here(words: list[re.Match[str]], at: int) -> bool:
    """Return whether the verb may be a noun or part of its phrase: "the open day", "a one-page running sheet"."""
    for before in reversed(words[max(at - _FARTHEST, 0) : at]):
        if before[0].lower() in LISTS["determiners"] - {"that", "this", "other", "each"}:
            return True
        if not (WordClass.ADJECTIVE in classes_of(before[0]) or "-" in before[0]):
            return False
    return False


def _bare_size(words: list[re.Match[str]], start: int, *, is_object: bool) -> int:
    """Return how many words the bare noun phrase has; 0 when it is none, or may be right as it is."""
    end = start
    while end < min(len(words), start + 4) and (_can_belong(words[end][0]) or (is_object and _is_modifier(words, end))):
        end += 1
    phrase = [word[0] for word in words[start:end]]
    if not phrase or phrase[-1] != phrase[-1].lower() or phrase[0].lower() in _RANKS:
        return 0
    head = phrase[-1]
    is_count = WordClass.COUNT in classes_of(head) and not classes_of(head) & {
        WordClass.MASS, WordClass.PLURAL, WordClass.ADJECTIVE, WordClass.ADVERB, WordClass.PREPOSITION,
    }  # fmt: skip
    is_sure = classes_of(head) == {WordClass.COUNT} or (len(phrase) > 1 and phrase[0].lower() in _NAMED)
    is_sure = is_sure or (is_object and _is_sure_phrase(words, start, end))
    return len(phrase) if is_count and is_sure and not needs_no_article(head) else 0


def _is_sure_phrase(words: list[re.Match[str]], start: int, end: int) -> bool:
    """Return whether a head that can be a verb, too, is a noun here: "wrote short training guide for"."""
    phrase = [word[0].lower() for word in words[start:end]]
    if words[start - 1][0].lower() in _WATCHING or len(phrase) < 2 or not classes_of(phrase[-1]) <= _COUNT_OR_BASE:
        return False
    is_described = WordClass.ADJECTIVE in classes_of(phrase[0]) or WordClass.ING in classes_of(phrase[0])
    is_whole = end == len(words) or words[end][0].lower() in LISTS["prepositions"]
    return is_described and is_whole and not any(WordClass.PLURAL in classes_of(word) for word in phrase[:-1])


def _can_belong(word: str) -> bool:
    classes = classes_of(word)
    small = word.lower()
    is_closed = (
        small == "one" or small in LISTS["determiners"] | LISTS["prepositions"] | LISTS["relatives"] | LISTS["adverbs"]
    )
    is_open = not is_closed or small in {"last", "next", "other"}
    return is_open and bool(classes & {WordClass.COUNT, WordClass.MASS, WordClass.ADJECTIVE, WordClass.PLURAL})


def _is_modifier(words: list[re.Match[str]], at: int) -> bool:
    """Return whether a word says what kind of thing the next word is: "settling basin", "lunchtime rota"."""
    if at + 1 >= len(words):
        return False
    word, behind = words[at][0], words[at + 1][0]
    classes = classes_of(word)
    is_strange = not classes and word.isalpha() and word.islower() and not word.endswith(("s", "ly", "ed"))
    is_strange = is_strange and word not in LISTS["subjects"] | LISTS["adverbs"] | LISTS["objects"] | _NO_MODIFIERS
    return (classes == {WordClass.ING} or is_strange) and (_can_belong(behind) or _is_modifier(words, at + 1))
