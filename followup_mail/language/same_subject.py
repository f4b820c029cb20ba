"""Whether two notes are about the same thing, whatever forms their verbs have: "co-teaching" and "co-taught"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from followup_mail.facts import overlap
from followup_mail.facts.overlap import ANYWHERE, WORD
from followup_mail.language.verb_forms import as_ing, as_participle, as_past

_FEWEST_LETTERS: Final = 4
"""Shorter verbs are of any work, and other words too: "ran" and "running late", "led" and "lead times"."""


def shares_subject(note: str, other: str) -> int:
    """Return how many telling words two notes share; 0 when they have nothing to do with each other."""
    return overlap.shares_subject(_in_base_forms(note), _in_base_forms(other))


def says_same(sentence: str, other: str) -> bool:
    """Return whether a sentence makes the point of another: it has most of its telling words and figures."""
    return overlap.says_same(_in_base_forms(sentence), _in_base_forms(other))


@lru_cache(maxsize=512)
def _in_base_forms(note: str) -> str:
    return WORD.sub(_base_form, note)


def _base_form(found: re.Match[str]) -> str:
    """Return the base of an irregular verb, whose forms begin differently; any other word as it stands."""
    word = found[0].casefold()
    verb = as_past(word) or as_participle(word) or as_ing(word)
    is_irregular = verb is not None and not verb.past.endswith("ed")
    if verb is None or not is_irregular or word in ANYWHERE or len(verb.base) < _FEWEST_LETTERS:
        return found[0]
    return verb.base
