"""Clauses without a verb behind *because* and *told me that*: "because no points on the cards"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.language.corrections import Correction
from followup_mail.language.known_words import LISTS, words_of
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list
from followup_mail.language.verb_forms import as_base, as_ing, as_participle, as_past, as_third
from followup_mail.regex import regex

_OPENER: Final = regex(
    r"(?i)\b(?:because|(?:told me|told us|said|mentioned|explained|heard|know|knew|sure|glad|hope) that) "
    r"(?=(?P<clause>[^.;:?!,\"“”()]+(?:[.,](?=\d)[^.;:?!,\"“”()]+)*)(?P<end>[.;,?!]|$))"
)
_DETERMINERS: Final = LISTS["determiners"] | {"only", "half"}
_LINKS: Final = frozenset(
    """
    of in on at for with without from by about near under over per and or to between since
    """.split()
)
_OTHER_WORDS: Final = LISTS["prepositions"] | LISTS["auxiliaries"] | LISTS["relatives"] | LISTS["subjects"]
_PERSONS: Final = LISTS["persons"] | LISTS["kin"]


def find_verbless_clauses(text: str) -> Iterator[Correction]:
    """Yield each clause that is nothing but a thing, so that one waits for what happens to it."""
    for found in _OPENER.finditer(text):
        words = words_of(found["clause"])
        opener = found[0].strip().lower()
        first = found["clause"].split(" ", 1)[0]
        is_thing = words[:1] and (words[0] in _DETERMINERS or first[:1].isdigit() or (first.isupper() and first != "I"))
        if len(words) < 2 or not is_thing or not _is_mere_thing(words):
            continue
        if opener == "because" or found["end"] != ",":
            end = found.end() + len(first)
            why = f"there is no verb after *{opener}*: what happens?"
            yield Correction(found.end(), end, text[found.end() : end], "", why)


def _is_mere_thing(words: Sequence[str]) -> bool:
    """Return whether words are nouns with what belongs to them, and none of them can be the verb."""
    is_many = False
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        behind = words[at + 1] if at + 1 < len(words) else ""
        if word in _DETERMINERS or word[:1].isdigit():
            is_many = word[:1].isdigit() or word in LISTS["numbers"] | {"all", "both", "many", "several", "no"}
        elif word in _LINKS or word in {"always", "never", "often", "still", "not", "just"}:
            continue
        elif word in _OTHER_WORDS or not _is_noun_here(word, before, behind, is_many=is_many):
            return False
    return True


def _is_noun_here(word: str, before: str, behind: str, *, is_many: bool) -> bool:
    classes = classes_of(word)
    is_participle = as_participle(word) and not (as_past(word) or as_base(word))
    if is_participle or as_ing(word):
        return True  # "the dishwasher broken since March", "the pump leaking at night"
    if not classes:
        return not (as_past(word) or as_third(word) or word.endswith(("ed", "s", "ly")))
    if not classes & {*NOUN_CLASSES, WordClass.ADJECTIVE}:
        return False
    if before in _DETERMINERS | _LINKS or before[:1].isdigit():
        return WordClass.PAST not in classes
    if WordClass.VERB_S in classes or as_third(word):
        is_person = before in _PERSONS | word_list("people") | word_list("roles") | word_list("jobs")
        return is_many and not is_person and (not behind or behind in _LINKS)
    return WordClass.BASE not in classes and WordClass.PAST not in classes
