"""Scraps: words behind a comma or a joining word that lack their subject or their verb, as notes do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from followup_mail.language.corrections import Correction
from followup_mail.language.finite_verbs import find_verb
from followup_mail.language.known_words import LISTS, words_of
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of
from followup_mail.language.verb_forms import as_base, as_past, as_third
from followup_mail.regex import regex

_SENTENCE: Final = regex(r"[^.!?;]+(?:[.!?](?=\d)[^.!?;]+)*")
_OPENERS: Final = LISTS["openers"]
_LINKING: Final = LISTS["relatives"] | LISTS["prepositions"] | {"or", "not", "for", "as", "such", "both", "even"}
_FINITE: Final = frozenset(
    {"is", "was", "has", "does", "can", "could", "will", "would", "can't", "couldn't", "been", "am"}
)
_NOBODY: Final = frozenset({"everyone", "everybody", "nobody", "nothing", "everything", "somebody", "someone"})
_NUMBER: Final = regex(r"^(?:\d|[<>~≈])|^(?:one|two|three|four|five|six|seven|eight|nine|ten)$")
_OTHER_CLASSES: Final = NOUN_CLASSES | {WordClass.ADJECTIVE, WordClass.PREPOSITION, WordClass.AUXILIARY}
_WHY_SUBJECT: Final = "who does it? There is no subject after the comma"
_WHY_SPLICE: Final = "two sentences with a comma between them: split them, or write *and* or *because*"
_WHY_SCRAP: Final = "words strung together by commas, as in notes: make them one sentence"


def find_scraps(text: str) -> Iterator[Correction]:
    """Yield each part behind a comma that reads like a note."""
    for sentence in _SENTENCE.finditer(text):
        if verb := _verb_first(sentence[0]):
            start = sentence.start() + sentence[0].index(verb)
            yield Correction(start, start + len(verb), verb, "", f"who? A sentence does not begin with *{verb}*")
        parts = [*re.finditer(r"[^,]+", sentence[0])]
        words = [words_of(part[0]) for part in parts]
        if len(parts) < 2 or not words[0] or words[0][0] in _OPENERS or '"' in sentence[0] or "“" in sentence[0]:
            continue
        is_list = any(part[:1] in (["and"], ["or"]) for part in words[2:]) or (
            len(words) > 2 and bool({"and", "or"} & set(words[-1][1:6]))
        )
        for at in range(1, len(parts)):
            why = _fault(words[at - 1], words[at], is_list=is_list)
            if not why and not is_list and _is_bare_figure(words[at]) and _is_bare_figure(words[at - 1]):
                why = _WHY_SCRAP
            if why:
                start = sentence.start() + parts[at].start()
                yield Correction(start, start + len(parts[at][0]), parts[at][0], "", why)


def _verb_first(sentence: str) -> str:
    """Return the past form that a sentence begins with, where nobody follows who did it: "Stacked the shelves"."""
    first, _, rest = sentence.strip().partition(" ")
    small = first.lower()
    is_deed = as_past(small) and not as_base(small) and not classes_of(small) & _OTHER_CLASSES
    has_object = words_of(rest)[:1] and words_of(rest)[0] in LISTS["determiners"] | LISTS["objects"]
    return first if is_deed and first[0].isupper() and (has_object or " and " in rest) and "," not in rest else ""


def _fault(before: list[str], words: list[str], *, is_list: bool) -> str:
    """Return what is wrong with a part behind a comma; empty when nothing is for sure."""
    if not words or words[0] in _LINKING or find_verb(before) is None:
        return ""
    if words[0] in _NOBODY and find_verb(words[1:3]) is not None:
        return _WHY_SPLICE
    if is_list or any(word in _LINKING - {"for", "as"} for word in before[:1]):
        return ""
    first = words[0]
    is_third = bool(as_third(first)) and not as_base(first)
    is_past = bool(as_past(first)) and not as_base(first) and words[1:2] and words[1] in LISTS["determiners"]
    is_past = is_past and not any(word == "and" and as_past(behind) for word, behind in pairwise(words))
    is_question = words[1:2] and words[1] in LISTS["subjects"]
    if (first in _FINITE and not is_question) or is_third or is_past:
        return _WHY_SUBJECT
    if first in LISTS["determiners"] - {"that", "those", "these", "this"} and _joins_nothing(words):
        return _WHY_SPLICE
    return ""


def _joins_nothing(words: list[str]) -> bool:
    """Return whether a noun with its article is the subject of a verb that follows at once: *, the fog comes in*."""
    verb = next((at for at, word in enumerate(words[2:5], 2) if word in _FINITE | {"are", "were", "have", "had"}), 0)
    return verb > 0 and not any(word in LISTS["relatives"] for word in words[:verb])


def _is_bare_figure(words: list[str]) -> bool:
    """Return whether a part is a figure with its thing and no verb: *9 transfers*, *1 in snow*."""
    return (
        bool(words)
        and bool(_NUMBER.match(words[0]))
        and not any(word in LISTS["auxiliaries"] or as_past(word) for word in words)
    )
