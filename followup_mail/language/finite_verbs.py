"""Find the verb that makes a clause. Without a tagger this is a guess, made so that good sentences pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.known_words import LISTS, words_of
from followup_mail.language.verb_forms import as_base, as_past, as_third
from followup_mail.regex import regex

_CONTRACTED: Final = regex(r"\w+'(?:m|re|ve|ll|d)$|^(?:it|that|there|he|she|who|what|here|one|nobody|everybody)'s$")
_NO_VERB_AFTER: Final = LISTS["determiners"] | LISTS["prepositions"]
UNITS_OF_TIME: Final = frozenset("minute hour shift night day week month season term year".split())
_SUBJECTS: Final = LISTS["subjects"] - {"this", "that", "these", "those", "each"}


def has_verb(text: str) -> bool:
    """Return whether a text has a verb of its own, as far as can be seen."""
    return find_verb(words_of(text)) is not None


def find_verb(words: Sequence[str]) -> int | None:
    """Return the place of the first word that is probably the verb of a clause."""
    return next((at for at, word in enumerate(words) if _is_verb_at(words, at, word)), None)


def is_finite_first(word: str) -> bool:
    """Return whether a text that begins with this word begins with its verb."""
    return word in LISTS["auxiliaries"] or bool(as_past(word) or (as_third(word) and not as_base(word)))


def begins_like_a_thing(word: str) -> bool:
    """Return whether this word, first in a text, may well belong to a noun: *less*, *broken*, *faster*, *work*."""
    is_verb_only = word in LISTS["never_nouns"] or word in LISTS["auxiliaries"]
    return not is_verb_only and bool(
        not as_third(word) and (word in LISTS["determiners"] or as_base(word) or word.endswith("ed"))
    )


def is_whole_clause(words: Sequence[str]) -> bool:
    """Return whether the words are a sentence of their own: somebody does something, no *that* or *who* before it."""
    if words[0] in _SUBJECTS and len(words) > 1 and find_verb(words[1:3]) is not None:
        return words[0] not in {"people", "somebody", "someone", "nobody", "everybody", "nothing", "everything"}
    for at, word in enumerate(words[1:], start=1):
        if word in LISTS["relatives"] or word in _SUBJECTS or word == "to":
            return False
        if word in LISTS["never_nouns"] and words[at - 1] not in _NO_VERB_AFTER:
            return True
    return False


def _is_verb_at(words: Sequence[str], at: int, word: str) -> bool:
    before = words[at - 1] if at else ""
    if at > 2 and words[at - 2] in {"a", "an", "per", "each", "every"} and before in UNITS_OF_TIME:
        before = words[at - 3]  # "three bands a month crack"
    if word in LISTS["auxiliaries"] or _CONTRACTED.match(word):
        return True
    is_share = at > 1 and words[at - 2] == "in"  # "one student in six arrives"
    if before in {"all", "both"} and at > 1 and words[at - 2] in {"you", "we", "they"}:
        before = words[at - 2]  # "you all work"
    if before in _NO_VERB_AFTER and before not in {"that", "this"} and not is_share:
        return False
    if word == "keep" and at > 2:
        return True  # "hairlines under a quarter point keep washing out"
    if as_past(word):
        return before not in {"to"}
    if as_third(word) and not as_base(word):
        return at > 0
    return bool(as_base(word)) and (_can_be_subject(before) or before in LISTS["adverbs"])


def _can_be_subject(word: str) -> bool:
    return word in _SUBJECTS or (word.endswith("s") and not word.endswith("'s") and len(word) > 3)
