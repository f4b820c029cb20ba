"""Whom a promise was made to: the people whom its `to` names, or that it names nobody.

A promised file goes to whoever is meant, so nothing is guessed: a name that fits nobody, or two people, is said.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from followup_mail.facts.identity import entries
from followup_mail.facts.line_numbers import Fault, LinePlace, Scan
from followup_mail.facts.name_case import PLAIN_LETTERS
from followup_mail.facts.unfit_values import quoted
from followup_mail.regex import regex

EVERYBODY: Final = "everybody"
_ALL: Final = frozenset({EVERYBODY, "everyone", "all"})
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "engr", "chef"})
_ACCENTS: Final = 200
"""Combining classes from here on are accents (Unicode Standard, 4.3); those below carry sounds."""
_BETWEEN: Final = regex(r"\s+and\s+|\s*[,;&]\s*", re.IGNORECASE)


def names_meant(to: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return which of the full ``names`` are meant by "Dale", "Tom and Priya" or "everybody"; none where unclear."""
    if is_everybody(to):
        return tuple(names)
    if len(_meant(to, names)) == 1:
        return _meant(to, names)
    each = [_meant(part, names) for part in _BETWEEN.split(to)]
    return tuple(found[0] for found in each) if all(len(found) == 1 for found in each) else ()


def take_addressee(text: str, names: Sequence[str]) -> tuple[str, str]:
    """Return who stands before a colon, in full, and what follows: "tom: the log"; nobody where no person does."""
    who, _, what = (part.strip() for part in text.partition(":"))
    meant = _meant(who, names) if who and what else ()
    return (meant[0], what) if len(meant) == 1 else ("", text)


def is_everybody(to: str) -> bool:
    """Return whether something was promised to all of them."""
    return to.strip().casefold() in _ALL


def is_meant(to: str, name: str) -> bool:
    """Return whether "Dale", "ines" or "Mrs Ogunyade" means the person of that full name; accents may be left out."""
    return any(_names(to, name, fold) for fold in (_folded, _bare))


def check_promises(found: Scan) -> list[Fault]:
    """Return each `to` that names nobody of the file, or that could be two people."""
    people = [name for _, name, _ in entries(found.document)]
    names = tuple(dict.fromkeys(people))
    promised = found.document.get("promised")
    faults = []
    for at, promise in enumerate(promised if isinstance(promised, list) else []):
        to = promise.get("to") if isinstance(promise, dict) else None
        if names and isinstance(to, str) and to.strip() and not names_meant(to, names):
            where: LinePlace = ("promised", at, "to")
            faults.append(Fault(found.line_of(where), where, *_explain(to, names)))
    return faults


def _explain(to: str, names: Sequence[str]) -> tuple[str, str]:
    unclear = next(part for part in _BETWEEN.split(to) if len(_meant(part, names)) != 1)
    several = _meant(unclear, names)
    if several:
        return f"{quoted(unclear)} could be {' or '.join(several[:3])}", "write the full name"
    known = {word: name for name in reversed(names) for word in (*_folded(name).split(), _folded(name))}
    near = difflib.get_close_matches(_folded(unclear)[:60], known, n=1, cutoff=0.6)
    right = f'did you mean "{known[near[0]]}"?' if near else f'write a name as it stands there, or "{EVERYBODY}"'
    return f"{quoted(unclear)} is the name of nobody in this file", right


def _meant(to: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names that are meant; those with the same accents come before those without."""
    for fold in (_folded, _bare):
        whole = tuple(name for name in names if fold(name) == fold(to))
        if found := whole or tuple(name for name in names if _names(to, name, fold)):
            return found
    return ()


def _names(to: str, name: str, fold: Callable[[str], str]) -> bool:
    wanted = _words(fold(to)) - _TITLES
    return bool(wanted) and wanted <= _words(fold(name))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold()


def _bare(text: str) -> str:
    """Return a text without accents; signs that are vowels, as in Hindi, stay."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN_LETTERS))
    bare = "".join(letter for letter in plain if unicodedata.combining(letter) < _ACCENTS)
    return unicodedata.normalize("NFC", bare).strip()


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text))
