"""The words that the grammar knows, each with what it can be in a sentence."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from functools import cache
from typing import Any, Final, NamedTuple

from msgspec.structs import astuple

from followup_mail.language.verb_forms import VerbForms, conjugate, with_s
from followup_mail.language.word_tables import read_lines, read_table
from followup_mail.regex import regex


class WordClass(StrEnum):
    """What a word can be in a sentence; many words can be several of them."""

    COUNT = "count"
    MASS = "mass"
    PLURAL = "plural"
    BASE = "base"
    VERB_S = "verb_s"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    PREPOSITION = "preposition"
    DETERMINER = "determiner"
    POSSESSIVE = "possessive"
    PRONOUN = "pronoun"
    CONJUNCTION = "conjunction"
    AUXILIARY = "auxiliary"


class Lexicon(NamedTuple):
    """All words with their classes, and the forms of each verb under each of its forms."""

    classes: dict[str, frozenset[WordClass]]
    verbs: dict[str, VerbForms]


NOUN_CLASSES = frozenset({WordClass.COUNT, WordClass.MASS, WordClass.PLURAL})
VERB_CLASSES = frozenset({WordClass.BASE, WordClass.VERB_S, WordClass.PAST, WordClass.PARTICIPLE, WordClass.ING})


@cache
def _lists() -> dict[str, Any]:
    """Return the lists of ``words.toml`` and ``nouns.toml``; no list is in both."""
    words, nouns = read_table("words"), read_table("nouns")
    if both := words.keys() & nouns.keys():
        raise ValueError(both)
    return words | nouns


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    lists = _lists()
    count, mass, plural = (_BITS[kind] for kind in (WordClass.COUNT, WordClass.MASS, WordClass.PLURAL))
    found: defaultdict[str, int] = defaultdict(int)
    for name, word_class in _CLOSED.items():
        bit = _BITS[word_class]
        for word in lists[name].split():
            found[word] |= bit
    for noun in lists["count"].split():
        found[noun] |= count
        found[plural_form(noun)] |= plural
    for noun in lists["mass"].split():
        found[noun] |= mass
    for noun in [*lists["plural_only"].split(), *lists["plurals"].values()]:
        found[noun] |= plural
    verbs: dict[str, VerbForms] = {}
    for verb in map(conjugate, read_lines("verbs")):
        for form, bit in zip(astuple(verb), _VERB_BITS, strict=True):
            found[form] |= bit
            verbs.setdefault(form, verb)
    sets = {bits: frozenset(kind for kind in WordClass if _BITS[kind] & bits) for bits in {*found.values()}}
    return Lexicon({word: sets[bits] for word, bits in found.items()}, verbs)


# Thousands of words have some forty combinations of classes: a number for each until all are known, as it is quickly
# added to, and then one set for each combination.
_BITS = {word_class: 1 << number for number, word_class in enumerate(WordClass)}
_CLOSED = {
    "adjectives": WordClass.ADJECTIVE,
    "adverbs": WordClass.ADVERB,
    "prepositions": WordClass.PREPOSITION,
    "determiners": WordClass.DETERMINER,
    "possessives": WordClass.POSSESSIVE,
    "pronouns": WordClass.PRONOUN,
    "conjunctions": WordClass.CONJUNCTION,
    "auxiliaries": WordClass.AUXILIARY,
    "contractions": WordClass.AUXILIARY,
}
_VERB_ORDER = (WordClass.BASE, WordClass.PAST, WordClass.PARTICIPLE, WordClass.VERB_S, WordClass.ING)
_VERB_BITS = tuple(_BITS[word_class] for word_class in _VERB_ORDER)


def plural_form(noun: str) -> str:
    """Return the plural of a noun: *men*, *reports*."""
    return _lists()["plurals"].get(noun) or with_s(noun)


NUMBERS: Final = tuple("one two three four five six seven eight nine ten eleven twelve".split())
LENGTHS: Final = frozenset(
    "page step day week hour minute month year point line part sheet side tonne ton metre meter foot bed seat".split()
)
_LENGTH: Final = regex(rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})-(?:{'|'.join(LENGTHS)})")
_A_LENGTH: Final = frozenset({WordClass.ADJECTIVE})


def classes_of(word: str) -> frozenset[WordClass]:
    """Return what a word can be; nothing for a word that the lexicon does not know."""
    known = lexicon().classes.get(word.lower(), frozenset())
    # "One-page", "10-step": a number and what it counts describe what follows.
    return known or (_A_LENGTH if "-" in word and _LENGTH.fullmatch(word.lower()) else known)


def may_be_plural(word: str) -> bool:
    """Return whether a word can be a noun in the plural."""
    return WordClass.PLURAL in classes_of(word)


def verb_of(form: str) -> VerbForms | None:
    """Return the verb that has this form."""
    return lexicon().verbs.get(form.lower())


@cache
def word_list(name: str) -> frozenset[str]:
    """Return a list of words by its name in the files."""
    return frozenset(_lists()[name].split())


@cache
def word_lines(name: str) -> tuple[str, ...]:
    """Return a list whose entries hold spaces, one on each line."""
    return tuple(line for line in _lists()[name].splitlines() if line)


@cache
def word_table(name: str) -> dict[str, str]:
    """Return a table of words by its name in the files."""
    table = _lists()[name]
    return dict(pair.split("=") for pair in table.split()) if isinstance(table, str) else dict(table)
