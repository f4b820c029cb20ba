"""Compare titles of positions: the same position in other words, or another position."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from followup_mail.checks.prose import read_words, word_set
from followup_mail.checks.stock_words import GRAMMAR, is_stock, stem

_LISTS: Final = read_words("roles")
_PROFESSIONS: Final = tuple(word_set(line) for line in _LISTS["professions"].splitlines())
PROFESSIONS: Final = frozenset().union(*_PROFESSIONS)
_RANKS: Final = word_set(_LISTS["ranks"])
_IN_TITLES: Final = word_set(_LISTS["in_titles"])
_TELLING: Final = word_set(_LISTS["telling"])
_SHORT: Final[dict[str, str]] = _LISTS["short"]


def is_other_role(words: tuple[str, ...], written: str, own: frozenset[str]) -> bool:
    """Tell whether a title names another position than the words of the own role and company do.

    It does by its profession ("analyst" for an engineer) or, when it is written as a title, by everything else in it.
    """
    named, own = _spelt_out(frozenset(words)), _spelt_out(own)
    professions = [profession for profession in map(_profession, words) if profession]
    if not professions or not _IN_TITLES.issuperset(named & GRAMMAR):
        return False
    if not any(profession & own or _stems(profession) & _stems(own) for profession in professions):
        return True
    special, own_special = _special(named), _special(own)
    parts = written.split()
    is_title = sum(part[:1].isupper() for part in parts) * 2 >= len(parts)
    return is_title and bool(special and own_special) and not _stems(special) & _stems(own_special)


def _special(words: frozenset[str]) -> set[str]:
    """Return the words that say what kind of engineer: neither the profession, nor its rank, nor filling."""
    return {
        word for word in words if not (word in _RANKS or _profession(word) or (is_stock(word) and word not in _TELLING))
    }


def _profession(word: str) -> frozenset[str]:
    single = word.removesuffix("s")
    return next((line for line in _PROFESSIONS if word in line or single in line), frozenset())


def _spelt_out(words: frozenset[str]) -> frozenset[str]:
    return words | {part for word in words if word in _SHORT for part in _SHORT[word].split()}


def _stems(words: Iterable[str]) -> set[str]:
    return {stem(word) for word in words}
