"""The forms of verbs: enough to tell which form somebody typed, and to write the form that fits."""

from __future__ import annotations

from functools import cache
from typing import Final

from msgspec import Struct, field

from followup_mail.language.word_tables import read_lines

_VOWELS: Final = "aeiou"
_IRREGULAR_ING: Final = {"lie": "lying", "die": "dying", "tie": "tying", "be": "being"}
_S_FORMS: Final = {"have": "has", "be": "is", "do": "does", "go": "goes", "undergo": "undergoes"}


class VerbForms(Struct, frozen=True):
    """Every form that a verb has."""

    base: str
    past: str
    participle: str
    third: str
    ing: str


class _Forms(Struct, frozen=True):
    """Which verb each form belongs to."""

    base: dict[str, VerbForms] = field(default_factory=dict)
    past: dict[str, VerbForms] = field(default_factory=dict)
    participle: dict[str, VerbForms] = field(default_factory=dict)
    third: dict[str, VerbForms] = field(default_factory=dict)
    ing: dict[str, VerbForms] = field(default_factory=dict)


def as_base(word: str) -> VerbForms | None:
    """Return the verb whose base form this is: *check*."""
    return _forms().base.get(word.lower())


def as_past(word: str) -> VerbForms | None:
    """Return the verb whose past form this is: *checked*, *knew*."""
    return _forms().past.get(word.lower())


def as_participle(word: str) -> VerbForms | None:
    """Return the verb whose participle this is: *checked*, *known*."""
    return _forms().participle.get(word.lower())


def as_third(word: str) -> VerbForms | None:
    """Return the verb whose form after *she* this is: *checks*."""
    return _forms().third.get(word.lower())


def as_ing(word: str) -> VerbForms | None:
    """Return the verb whose form in -ing this is: *checking*."""
    return _forms().ing.get(word.lower())


def bases_of(word: str) -> set[str]:
    """Return the base of each verb that has this form."""
    return {verb.base for form in (as_base, as_past, as_third, as_ing, as_participle) if (verb := form(word))}


@cache
def _forms() -> _Forms:
    forms = _Forms()
    for verb in (
        *map(conjugate, read_lines("verb_forms")),
        VerbForms("have", "had", "had", "has", "having"),
        VerbForms("do", "did", "done", "does", "doing"),
    ):
        forms.base.setdefault(verb.base, verb)
        forms.past.setdefault(verb.past, verb)
        forms.participle.setdefault(verb.participle, verb)
        forms.third.setdefault(verb.third, verb)
        forms.ing.setdefault(verb.ing, verb)
    return forms


def conjugate(line: str) -> VerbForms:
    """Return the forms of a verb: a regular verb needs only its base, with "+" where its last letter is doubled."""
    marked, *irregular = line.split()
    base = marked.rstrip("+")
    stem = base + base[-1] if marked.endswith("+") else base
    past = irregular[0] if irregular else _past_of(stem)
    return VerbForms(
        base, past, irregular[-1] if irregular else past, _S_FORMS.get(base) or with_s(base), _ing_of(stem)
    )


def _past_of(stem: str) -> str:
    if stem.endswith("e"):
        return f"{stem}d"
    return f"{stem[:-1]}ied" if stem[-1] == "y" and stem[-2] not in _VOWELS else f"{stem}ed"


def with_s(word: str) -> str:
    """Return a verb or a noun with its regular -s: *checks*, *boxes*, *replies*."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    return f"{word[:-1]}ies" if word[-1] == "y" and word[-2:-1] not in _VOWELS else f"{word}s"


def _ing_of(stem: str) -> str:
    if stem in _IRREGULAR_ING:
        return _IRREGULAR_ING[stem]
    keeps_e = stem.endswith(("ee", "oe", "ye"))
    return f"{stem[:-1] if stem.endswith('e') and not keeps_e else stem}ing"
