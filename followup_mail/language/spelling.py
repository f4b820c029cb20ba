"""Spelling by harper, on a short lead: one letter more or less, or two in the wrong order, never a word of the facts.

Without the lead it turns "recert" into "recent". Its dictionary takes a second to load, so ``prepare_spelling`` can
begin with that while somebody reads the first question; where the package is missing, nothing is corrected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from threading import Lock, Thread
from typing import Any, Final

from followup_mail.language.corrections import Correction
from followup_mail.language.known_words import WORD, Known
from followup_mail.language.word_tables import read_list

_DIALECTS: Final = {"US": 0, "CA": 3, "AU": 2, "NZ": 2, "IN": 4}
_BRITISH: Final = 1
_SHORTEST: Final = 4
_lock = Lock()


def prepare_spelling(country: str) -> None:
    """Begin to load the dictionary, and return at once."""
    Thread(target=_linter, args=(_DIALECTS.get(country.upper(), _BRITISH),), daemon=True).start()


def correct_spelling(text: str, known: Known, country: str) -> Iterator[Correction]:
    """Yield the words that are misspelt, each with the one spelling that is near enough."""
    linter = _linter(_DIALECTS.get(country.upper(), _BRITISH))
    if linter is None:
        return
    with _lock:
        lints = linter.lint(text)
    for lint in lints:
        wrong = lint.problem_text
        if lint.lint_kind in {"Spelling", "Typo"} and _is_word_to_check(wrong, text, lint.span.start, known):
            suggested = [found.replacement_text for found in lint.suggestions]
            if right := _nearest(wrong, suggested):
                why = f"write *{right}*, not *{wrong}*"
                yield Correction(lint.span.start, lint.span.end, wrong, right, why)


def is_word(word: str, country: str) -> bool:
    """Tell whether the dictionary has a word in small letters; True where there is no dictionary."""
    linter = _linter(_DIALECTS.get(country.upper(), _BRITISH))
    if linter is None:
        return True
    with _lock:
        return not any(lint.lint_kind == "Spelling" for lint in linter.lint(word.lower()))


def is_near(wrong: str, right: str) -> bool:
    """Tell whether two words differ by one letter more or less, or by two neighbours in the wrong order."""
    one, other = wrong.lower(), right.lower()
    if one == other or one[0] != other[0]:
        return False
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) == 1:
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    if len(one) == len(other):
        differ = [at for at in range(len(one)) if one[at] != other[at]]
        return (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and one[differ[0]] == other[differ[1]]
            and one[differ[1]] == other[differ[0]]
        )
    return False


def _is_word_to_check(word: str, text: str, start: int, known: Known) -> bool:
    """Tell whether a word may be corrected: plain small letters, and in none of the facts."""
    is_start = start == 0 or text[max(start - 2, 0) : start].endswith((". ", "? ", "! "))
    bare = word.lower()
    is_plain = WORD.fullmatch(word) and "-" not in word and (word.islower() or (is_start and word[1:].islower()))
    stems = {bare, re.sub("['’]?s['’]?$", "", bare)}
    is_known = bool(stems & known.vocabulary or stems & read_list("own_words"))
    return bool(is_plain) and len(word) >= _SHORTEST and not is_known


def _nearest(wrong: str, suggested: list[str]) -> str:
    """Return the one suggestion that is near; nothing when two are, since one of them would be a guess."""
    near = [right for right in suggested if " " not in right and is_near(wrong, right)]
    if not near or (len(near) > 1 and not _doubles(wrong, near[0])):
        return near[0] if near and near[0] == suggested[0] else ""
    return near[0].capitalize() if wrong[0].isupper() else near[0]


def _doubles(wrong: str, right: str) -> bool:
    return abs(len(wrong) - len(right)) == 1 and sorted(set(wrong.lower())) == sorted(set(right.lower()))


@cache
def _linter(dialect: int) -> Any:
    """Return the checker of a dialect; None where the package cannot be had."""
    with _lock:
        return _load(dialect)


@cache
def _load(dialect: int) -> Any:
    try:
        from harper import Dialect, Linter
    except ImportError:
        return None
    return Linter(Dialect(dialect))
