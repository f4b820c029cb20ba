"""Agreement of *it* and *she* with the verb that follows, where nothing before can ask for the base form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.language.corrections import Correction, correct_verb
from followup_mail.language.known_words import Known
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of
from followup_mail.language.verb_forms import as_base, as_past, as_third
from followup_mail.regex import regex

_ONE: Final = regex(
    r"(?:(?:^|, |\b(?:because|so|that|and|but) )(?P<one>it|this|he|she)) (?P<verb>[a-z]+)\b(?! not\b)", re.IGNORECASE
)
_MANY: Final = regex(r"\b(?P<many>you|we|they|people who|I) (?P<verb>[a-z]+s)\b", re.IGNORECASE)
_AFTER_WISH: Final = regex(r"(?i)\b(?:suggest|recommend|insist|ask|make|made|let|help|see|saw|hear|heard)\w*\b[^,]*$")


_ANYBODY: Final = regex(
    r"(?:^|, |\b(?:because|so|that|and|but|when|if|how) )(?P<one>(?:some|any|every|no)(?:body|one)|no one|everything"
    r"|nothing|anything|something)"
    r" (?P<verb>[a-z]+)\b(?! not\b)",
    re.IGNORECASE,
)
_NOT_VERBS: Final = frozenset({WordClass.PREPOSITION, WordClass.ADVERB, WordClass.ADJECTIVE})
_BEHIND_ANYBODY: Final = frozenset({"present", "else", "like", "home", "concerned"})
_NAMED: Final = regex(
    r"(?:^|, |\b(?:[Bb]ecause|so|that|but|when|if|how) )(?P<one>[A-Z][a-z]+) (?P<verb>[a-z]+)\b(?! not\b)"
)


def correct_agreement(text: str, known: Known) -> Iterator[Correction]:
    """Yield the verbs that do not go with what is before them: *it tell*, *you checks*, *Ada write*."""
    yield from _of_names(text, known)
    for found in _ONE.finditer(text):
        verb = None if _is_noun_there(found) else as_base(found["verb"])
        if verb and not as_past(found["verb"]) and not _AFTER_WISH.search(text[: found.start("one")]):
            yield correct_verb(found, verb.third, f"{found['one'].lower()} {verb.third}")
    for found in _MANY.finditer(text):
        verb = as_third(found["verb"])
        if verb and not as_base(found["verb"]) and not as_past(found["verb"]):
            yield correct_verb(found, verb.base, f"{found['many']} {verb.base}")


def _of_names(text: str, known: Known) -> Iterator[Correction]:
    """Yield the verbs that lack their -s behind one person, by name or as *nobody*."""
    names = {word for name in known.names for word in name.split()}
    anybody = [found for found in _ANYBODY.finditer(text) if not _describes(found["verb"].lower())]
    for found in (*_NAMED.finditer(text), *anybody):
        verb = as_base(found["verb"])
        is_present = (found["one"] in names or found in anybody) and verb and not as_past(found["verb"])
        before = text[: found.start("one")]
        is_free = before.endswith(("if ", "when ", "because ", "how ")) or not _AFTER_WISH.search(before)
        if is_present and verb and is_free:
            yield correct_verb(found, verb.third, f"{found['one']} {verb.third}")


def _describes(word: str) -> bool:
    """Return whether a word may belong to *somebody* before it: "somebody new", "everyone present"."""
    return word in _BEHIND_ANYBODY or bool(classes_of(word) & _NOT_VERBS)


def _is_noun_there(found: re.Match[str]) -> bool:
    """Return whether *this* points to a thing that is a verb, too: *this experience would help*."""
    return found["one"].lower() == "this" and bool(classes_of(found["verb"]) & NOUN_CLASSES)
