"""The facts that a writing model was given, ready to be asked whether they hold a word.

Notes are jotted: "3 yrs exp, wrote the recon for mgr". So a word of a mail counts as held when the facts have it, a
form of it, a short form, a slip of it, or a word that means nearly the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache, lru_cache
from typing import Final

from msgspec import Struct

from followup_mail.checks.context import Briefing
from followup_mail.checks.name_match import fold
from followup_mail.checks.paraphrase import meanings_of
from followup_mail.checks.prose import normal, read_words, words_of
from followup_mail.checks.stock_words import GRAMMAR, ordinary_words, stem
from followup_mail.language.lexicon import verb_of, word_table
from followup_mail.language.word_tables import read_table
from followup_mail.regex import regex

_PARTS: Final = regex(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_SHORTEST_TYPED: Final = 5
_SHORTEST_NAME_TYPED: Final = 7
_LONGEST_SHORT_FORM: Final = 6
_SHORTEST_CUT: Final = 3


class Held(IntEnum):
    """How far the facts hold a word."""

    NOT = 0
    IN_MEANING = 1
    """They have a word that means nearly the same."""
    AS_A_WORD = 2
    """They have the word, a form of it, a short form or a slip."""


class FactWords(Struct, frozen=True):
    """The words of one fact, in every form that they are compared in."""

    words: frozenset[str]
    keys: frozenset[str]
    """What the words are compared by, meanings aside."""
    meanings: frozenset[str]
    short_forms: tuple[str, ...]
    """Words that are no English, and may be cut from longer ones: "recon", "mgr"."""
    slips: frozenset[str]
    """Long words, and those with a letter left out: what a mistyped word and the right one have in common."""

    def held(self, word: str) -> Held:
        """Return how far the fact holds a word, given in its normal form."""
        return min(map(self._held_part, _parts_of(word)))

    def _held_part(self, part: str) -> Held:
        if not self.keys.isdisjoint(keys_of(part)):
            return Held.AS_A_WORD
        if any(is_short_form(short, part) for short in self.short_forms):
            return Held.AS_A_WORD
        if len(part) >= _SHORTEST_TYPED and not self.slips.isdisjoint(_with_slips(part)):
            return Held.AS_A_WORD
        return Held.NOT if self.meanings.isdisjoint(meanings_of_word(part)) else Held.IN_MEANING


@dataclass(frozen=True, slots=True)
class FactIndex:
    """The words of the facts, of each alone and of all together."""

    texts: tuple[str, ...]
    """The facts in their normal form."""
    each: tuple[FactWords, ...]
    """The words of each, in the same order."""
    together: FactWords
    known: dict[str, Held] = field(default_factory=dict, compare=False, repr=False)
    """The words that were asked for."""

    def held(self, word: str) -> Held:
        """Return how far the facts hold a word, given in its normal form."""
        found = self.known.get(word)
        if found is None:
            found = self.known[word] = self.together.held(word)
        return found

    def has(self, word: str) -> bool:
        """Return whether the facts have a word, or a form of it."""
        return self.held(word) is Held.AS_A_WORD

    def names(self, word: str) -> bool:
        """Return whether the facts have a name: letter by letter, but for a slip in a long one."""
        for part in _parts_of(word):
            is_slip = len(part) >= _SHORTEST_NAME_TYPED and not self.together.slips.isdisjoint(_with_slips(part))
            if self.together.words.isdisjoint({part, part.removesuffix("s"), f"{part}s"}) and not is_slip:
                return False
        return True

    def most_in_one(self, words: Collection[str]) -> int:
        """Return how many of some words the fact has that has the most of them, in meaning at least."""
        return max((sum(fact.held(word) > Held.NOT for word in words) for fact in self._which(words)), default=0)

    def share_in_one(self, words: Collection[str]) -> float:
        """Return the share of some words that one fact has at most; one that it has in meaning counts half."""
        most = max((sum(fact.held(word) for word in words) for fact in self._which(words)), default=0)
        return most / (2 * len(words)) if words else 1.0

    def _which(self, words: Iterable[str]) -> Iterable[FactWords]:
        """Return the facts to look at: all, or none where no fact has any of the words."""
        return self.each if any(map(self.held, words)) else ()


@lru_cache(maxsize=32)
def index_facts(briefing: Briefing) -> FactIndex:
    """Return the facts of a briefing ready for questions."""
    texts = tuple(normal(fact) for fact in briefing.facts)
    each = tuple(read_fact(text) for text in texts)
    together = FactWords(
        frozenset().union(*(fact.words for fact in each)),
        frozenset().union(*(fact.keys for fact in each)),
        frozenset().union(*(fact.meanings for fact in each)),
        tuple(sorted({short for fact in each for short in fact.short_forms})),
        frozenset().union(*(fact.slips for fact in each)),
    )
    return FactIndex(texts, each, together)


@lru_cache(maxsize=1024)
def read_fact(text: str) -> FactWords:
    """Return the words of one fact, or of a part of it, in its normal form."""
    words = tuple(spelt_out(text))
    strange = {word for word in words if len(word) <= _LONGEST_SHORT_FORM and _is_strange(word)}
    return FactWords(
        frozenset(words),
        frozenset(key for word in words for key in keys_of(word)),
        frozenset(meaning for word in words for meaning in meanings_of_word(word)),
        tuple(sorted(strange)),
        frozenset(slip for word in words if len(word) >= _SHORTEST_TYPED for slip in _with_slips(word)),
    )


@lru_cache(maxsize=32_768)
def _parts_of(word: str) -> tuple[str, ...]:
    """Return the parts of a word with hyphens, without accents and without the ending of an owner."""
    return tuple(fold(part.removesuffix("'s").removesuffix("'")) for part in _PARTS.findall(word)) or (word,)


def spelt_out(text: str, *, full_only: bool = False) -> Iterator[str]:
    """Yield the words of a fact, and what its short forms stand for; with ``full_only``, that instead of them."""
    for token in re.findall(r"[^\s,;:()\"]+", text):
        full = _full_forms().get(token.strip(".!?")) or _full_forms().get(token)
        yield from words_of(full or "")
        if full and full_only:
            continue
        for word in _PARTS.findall(token):
            plain = word if full_only else fold(word.removesuffix("'s").removesuffix("'"))
            yield plain
            yield from words_of(_full_forms().get(plain, ""))


@lru_cache(maxsize=32_768)
def keys_of(word: str) -> frozenset[str]:
    """Return what a word is compared by: its stem, that of its verb, and that of its other spelling."""
    verb = verb_of(word)
    return frozenset({stem(word), *_british(word), *([stem(verb.base)] if verb else [])})


@lru_cache(maxsize=32_768)
def meanings_of_word(word: str) -> frozenset[str]:
    """Return the marks of all that a word may mean."""
    bases = {word, *keys_of(word)}
    return meanings_of(bases).union(*(_same_words().get(base, ()) for base in bases))


@lru_cache(maxsize=32_768)
def is_short_form(short: str, word: str) -> bool:
    """Return whether a jotted word may stand for a longer one: "recon" for *reconciliation*, "mgr" for *manager*."""
    if short[0] != word[:1] or len(short) >= len(word):
        return False
    if len(short) >= _SHORTEST_CUT and word.startswith(short):
        return True
    ends_alike = word.removesuffix("s").endswith(short.removesuffix("s")[-1:])
    letters = iter(word)
    return len(short) > 1 and ends_alike and short.isalpha() and all(letter in letters for letter in short)


def _british(word: str) -> Iterable[str]:
    """Return the other spelling of a word that has two."""
    pairs = (("our", "or"), ("is", "iz"), ("ys", "yz"))
    return {stem(word.replace(british, american)) for british, american in pairs if british in word}


def _with_slips(word: str) -> Iterator[str]:
    """Yield a word and, where it is long, the word with one letter left out."""
    yield word
    if len(word) >= _SHORTEST_TYPED:
        yield from (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def _is_strange(word: str) -> bool:
    return len(word) > 1 and word not in GRAMMAR and word not in ordinary_words() and not verb_of(word)


@cache
def _full_forms() -> dict[str, str]:
    """Return what short forms stand for, as far as there is a list of them."""
    listed: dict[str, str] = read_words("claims")["full_forms"]
    return {
        short: full.lower()
        for short, full in ({**read_table("proofread")["words"], **word_table("short_forms"), **listed}).items()
    }


@cache
def _same_words() -> dict[str, frozenset[str]]:
    """Return, for a word and for its stem, the marks of the lines of like words that it stands in."""
    found: dict[str, set[str]] = {}
    for line in read_words("claims")["same"].strip().split("\n"):
        words = line.split()
        for word in words:
            found.setdefault(word, set()).add(f"={words[0]}")
            found.setdefault(stem(word), set()).add(f"={words[0]}")
    return {word: frozenset(marks) for word, marks in found.items()}
