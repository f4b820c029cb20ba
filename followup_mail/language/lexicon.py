"""The words that the grammar knows, each with what it can be in a sentence."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

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


class Verb(NamedTuple):
    """The forms of a verb."""

    base: str
    past: str
    participle: str
    s_form: str
    ing_form: str


class Lexicon(NamedTuple):
    """All words with their classes, and the forms of each verb under each of its forms."""

    classes: dict[str, frozenset[WordClass]]
    verbs: dict[str, Verb]


NOUN_CLASSES = frozenset({WordClass.COUNT, WordClass.MASS, WordClass.PLURAL})
VERB_CLASSES = frozenset({WordClass.BASE, WordClass.VERB_S, WordClass.PAST, WordClass.PARTICIPLE, WordClass.ING})
_VOWELS = "aeiou"


def _read(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


@cache
def _lists() -> dict[str, Any]:
    """Return the lists of ``words.toml`` and ``nouns.toml``; no list is in both."""
    words, nouns = tomllib.loads(_read("words.toml")), tomllib.loads(_read("nouns.toml"))
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
    verbs: dict[str, Verb] = {}
    for verb in _read_verbs():
        for form, bit in zip(_forms(verb), _VERB_BITS, strict=True):
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


def _forms(verb: Verb) -> tuple[str, ...]:
    return (verb.base, verb.past, verb.participle, verb.s_form, verb.ing_form)


def _read_verbs() -> list[Verb]:
    lines = [line.split() for line in _read("verbs.txt").splitlines() if line and not line.startswith("#")]
    return [make_verb(*line) for line in lines]


def make_verb(base: str, past: str = "", participle: str = "") -> Verb:
    """Return the forms of a verb; a regular verb needs only its base, with "+" where the last letter is doubled."""
    doubled = base.endswith("+")
    base = base.rstrip("+")
    stem = base + base[-1] if doubled else base
    past = past or _past_of(stem)
    return Verb(base, past, participle or past, _S_FORMS.get(base) or plural_of(base), _ing_of(stem, past))


_S_FORMS = {"have": "has", "be": "is", "do": "does", "go": "goes"}
_DOUBLED_ING = set("begin cut dig forget get hit let put quit run set shut sit split stop win".split())  # noqa: SIM905


def _past_of(stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    return stem[:-1] + "ied" if stem[-1] == "y" and stem[-2] not in _VOWELS else stem + "ed"


def _ing_of(stem: str, past: str) -> str:
    if stem in _DOUBLED_ING:
        return stem + stem[-1] + "ing"
    keeps_e = stem.endswith(("ee", "oe", "ye")) or stem == "be"
    return (stem[:-1] if stem.endswith("e") and not keeps_e else stem) + "ing"


def plural_of(noun: str) -> str:
    """Return the regular plural of a noun, which is also how a verb gets its -s."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    return noun[:-1] + "ies" if noun[-1] == "y" and noun[-2:-1] not in _VOWELS else noun + "s"


def plural_form(noun: str) -> str:
    """Return the plural of a noun: *men*, *reports*."""
    return _lists()["plurals"].get(noun) or plural_of(noun)


_LENGTH: Final = regex(
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)-"
    r"(?:page|step|day|week|hour|minute|month|year|point|line|part|sheet|side|tonne|ton|metre|meter|foot|bed|seat)"
)
_A_LENGTH: Final = frozenset({WordClass.ADJECTIVE})


def classes_of(word: str) -> frozenset[WordClass]:
    """Return what a word can be; nothing for a word that the lexicon does not know."""
    known = lexicon().classes.get(word.lower(), frozenset())
    # "One-page", "10-step": a number and what it counts describe what follows.
    return known or (_A_LENGTH if "-" in word and _LENGTH.fullmatch(word.lower()) else known)


def verb_of(form: str) -> Verb | None:
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
