"""Compare titles of positions: the same position in other words, or another position."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from followup_mail.checks.prose import read_words, word_set, words_of
from followup_mail.checks.stock_words import GRAMMAR, is_stock, stem

_LISTS: Final = read_words("roles")
_PROFESSIONS: Final = tuple(word_set(line) for line in _LISTS["professions"].splitlines())
PROFESSIONS: Final = frozenset().union(*_PROFESSIONS)
_RANKS: Final = word_set(_LISTS["ranks"])
_LEVELS: Final = tuple(word_set(line) for line in _LISTS["levels"].splitlines())
_WEIGHTY: Final = word_set(_LISTS["weighty_levels"])
_IN_TITLES: Final = word_set(_LISTS["in_titles"])
DEPARTMENTS: Final = word_set(_LISTS["departments"])
_TELLING: Final = word_set(_LISTS["telling"])
_SHORT: Final[dict[str, str]] = _LISTS["short"]


def is_other_role(words: tuple[str, ...], written: str, own: frozenset[str]) -> bool:
    """Return whether a title names another position than the words of the own role and company do.

    It does by its profession ("analyst" for an engineer) or, when it is written as a title, by its level ("Analyst
    III") or by everything else in it.
    """
    named, own = _both(words, own)
    professions = [profession for profession in map(_profession, words) if profession]
    if not professions or not _IN_TITLES.issuperset(named & GRAMMAR):
        return False
    if not any(profession & own or _stems(profession) & _stems(own) for profession in professions):
        return True
    if not is_title(written):
        return False
    return _is_other_kind(named, own) or _is_other_level(named, own)


def is_other_work(words: tuple[str, ...], written: str, own: frozenset[str]) -> bool:
    """Return whether a title names other work than the own role, whatever its level: form letters leave levels out."""
    if not is_other_role(words, written, own):
        return False
    return not is_title(written) or is_other_role(words, written.lower(), own) or _is_other_kind(*_both(words, own))


def is_title(written: str) -> bool:
    """Return whether words are written as a title is: half of them with a capital."""
    parts = written.split()
    return bool(parts) and sum(part[:1].isupper() for part in parts) * 2 >= len(parts)


def ends_in_profession(words: tuple[str, ...]) -> bool:
    """Return whether words end as a title does, in the singular: "Data Engineer", "Analyst III"."""
    core = [word for word in words if not any(word in level for level in _LEVELS[-6:])]
    return bool(core) and any(core[-1] in profession for profession in _PROFESSIONS)


def is_other_department(department: str, own: frozenset[str], known: frozenset[str]) -> bool:
    """Return whether a post "in Oncology" is not in the department that the own role names: "Nurse, Surgery"."""
    words = [word for word in words_of(department) if word not in GRAMMAR]
    if not words or not DEPARTMENTS.intersection(words) or not known.isdisjoint(words):
        return False
    return bool(own & DEPARTMENTS) and not _stems(words) & _stems(own)


def _both(words: tuple[str, ...], own: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    return _spelt_out(frozenset(words)), _spelt_out(own)


def _is_other_kind(named: frozenset[str], own: frozenset[str]) -> bool:
    """Return whether nothing of what says what kind of engineer is shared."""
    special, own_special = _special(named), _special(own)
    return bool(special and own_special) and not _stems(special) & _stems(own_special)


def _is_other_level(named: frozenset[str], own: frozenset[str]) -> bool:
    here = {at for at, level in enumerate(_LEVELS) if level & named}
    there = {at for at, level in enumerate(_LEVELS) if level & own}
    return bool(here) and here.isdisjoint(there) and (bool(there) or not _WEIGHTY.isdisjoint(named))


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
