"""Subjects and verbs that disagree in number ("safety don't bend", "600 packet are"), and nouns without an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.language.compounds import noun_halves
from followup_mail.language.corrections import Correction
from followup_mail.language.known_words import LISTS
from followup_mail.language.lexicon import WordClass, classes_of, plural_form
from followup_mail.language.verb_forms import as_base
from followup_mail.regex import regex

_DO_NOT: Final = regex(
    r"(?:^|\b(?:that|because|if|when|where|so|how) )(?:(?:the|my|your|our) )?(?P<noun>[A-Za-z][a-z]+)"
    r" (?P<verb>don['’]t|haven['’]t) [a-z]"
)
_COUNTED: Final = regex(
    r"(?<![\w.,/-])(?<!\b(?i:bus|day) )(?<!\b(?i:line|room|team|unit|ward|year) )"
    r"(?<!\b(?i:grade|level|phase|route|stage) )"
    r"(?P<number>(?!(?:19|20)\d\d )\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many)"
    r" (?P<noun>[a-z]+) (?:are|were)\b"
)
_NO_ARTICLE: Final = regex(
    r"\b(?:and|but|so|because|that|when|if) (?P<noun>[a-z]+) (?:never|always|often|still|rarely) (?P<verb>[a-z]+)\b"
)
_OF_ONE: Final = {"don't": "doesn't", "haven't": "hasn't"}
_SAME: Final = frozenset("aircraft cod craft deer fish moose offspring salmon series sheep species trout".split())
_AMOUNTS: Final = frozenset("percent head dozen hundred thousand million foot stone".split())
_NO_PLURAL: Final = LISTS["groups"] | _AMOUNTS | _SAME
_ONE: Final = frozenset({WordClass.COUNT, WordClass.MASS})


def correct_counted_subjects(text: str) -> Iterator[Correction]:
    """Yield corrections where one of verb and noun is singular and the other plural."""
    for found in _DO_NOT.finditer(text):
        noun, typed = found["noun"].lower(), found["verb"]
        if _is_one(noun):
            right = _OF_ONE[typed.replace("’", "'")].replace("'", typed[-2])
            why = f"write *{noun} {right}*, not *{typed}*"
            yield Correction(found.start("verb"), found.end("verb"), typed, right, why)
    for found in _COUNTED.finditer(text):
        noun = found["noun"]
        if found["number"] != "1" and classes_of(noun) == {WordClass.COUNT} and noun not in _NO_PLURAL:
            right = plural_form(noun)
            why = f"several, so *{right}*, not *{noun}*"
            yield Correction(found.start("noun"), found.end("noun"), noun, right, why)
    for found in _NO_ARTICLE.finditer(text):
        if as_base(found["verb"]) and _is_thing(found["noun"]):
            why = f"*the* is missing before *{found['noun']}*, or an -s at *{found['verb']}*"
            yield Correction(found.start("noun"), found.end("noun"), found["noun"], "", why)


def _is_one(noun: str) -> bool:
    """Return whether a word is a noun of one thing, and nothing else: no verb, no group of people."""
    classes = classes_of(noun)
    return bool(classes) and classes <= _ONE and noun not in _NO_PLURAL and as_base(noun) is None


def _is_thing(noun: str) -> bool:
    """Return whether a word is a noun that needs its article; trades make such words of two: *toolroom*."""
    if noun in _NO_PLURAL:
        return False
    if not classes_of(noun):
        return any(WordClass.COUNT in classes_of(second) for _, second in noun_halves(noun))
    return classes_of(noun) == {WordClass.COUNT}
