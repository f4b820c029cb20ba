"""Which sentences of a transcript fit a question: by who said them, whom they name, and plain words of the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.facts.addressees import is_meant
from followup_mail.facts.word_lists import WordLists
from followup_mail.incoming.transcript import TranscriptLine
from followup_mail.regex import regex

MOST_SHOWN: Final = 6
_WORD: Final = regex(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_LEFT_OUT: Final = regex(
    r"(?:i )?(?:forgot(?:ten)?|never|should have|did(?:n['\u2019]?t| not)(?: get)?)(?: to)? "
    r"(?:say|said|mention(?:ed)?|tell|told)|(?:not|un)[ -]?(?:said|mentioned)(?: yet)?|left out",
    re.IGNORECASE,
)
"""What somebody jots before what they did not get to say: "Forgot to say: ..."."""
_TITLES: Final = frozenset({"dr", "mr", "mrs", "ms", "prof"})
_REMARK: Final = regex(r"\([^()]*\)")
_FEWEST_WORDS: Final = 4
_SAID, _NAMED, _HAS_WORD, _NOTED = 3, 2, 2, 1
_MOST_COUNTED: Final = 3


class SearchFor(Struct, frozen=True):
    """What a question is about."""

    key: str
    """Its words stand under this name in the table."""
    person: str = ""
    """The full name of whom it is about; empty when it is about nobody."""
    is_only: bool = False
    """Whether there is nobody else whom an unlabelled note could be about."""
    notes: tuple[str, ...] = ()
    """What is written down on them already."""


def find_sentences(lines: Sequence[TranscriptLine], wanted: SearchFor) -> tuple[TranscriptLine, ...]:
    """Return the sentences that fit best, in the order of the text; none that fits less than half as well."""
    noted = {word for note in wanted.notes for word in _words(note) if len(word) > 4}
    scored = [(_score(line, wanted, noted), -at) for at, line in enumerate(lines)]
    least = max(max((score for score, _ in scored), default=0) / 2, 1)
    best = sorted((pair for pair in scored if pair[0] >= least), reverse=True)[:MOST_SHOWN]
    return tuple(lines[-at] for _, at in sorted(best, key=lambda pair: -pair[1]))


@lru_cache(maxsize=1024)
def is_label_of(label: str, name: str) -> bool:
    """Return whether a label names a person: "Priya", "Raman, Priya", "Priya Raman (Guest)", "Host (Priya Raman)"."""
    bare, plain = _REMARK.sub(" ", label), _REMARK.sub(" ", name)
    remarks = (found.strip("()") for found in _REMARK.findall(label))
    return is_meant(bare, name) or is_meant(plain, bare) or any(is_meant(remark, name) for remark in remarks)


def is_left_out(line: TranscriptLine) -> bool:
    """Return whether a note stands behind "Forgot to say": it belongs to what was not said, and nowhere else."""
    return bool(_LEFT_OUT.fullmatch(line.label.strip()))


def _score(line: TranscriptLine, wanted: SearchFor, noted: set[str]) -> int:
    if line.text.count(" ") < _FEWEST_WORDS - 1:
        return 0
    if is_left_out(line):
        return _SAID if wanted.key == "not_mentioned" else 0
    is_theirs = bool(wanted.person) and bool(line.label) and is_label_of(line.label, wanted.person)
    words = _words(line.text)
    is_named = bool(wanted.person) and bool(_names(wanted.person) & words)
    if wanted.person and not is_theirs and not is_named and (line.label or not wanted.is_only):
        return 0
    hits = len({stem for word in words if (stem := _stem_of(wanted.key, word))})
    if not wanted.person and not hits:
        return 0
    shared = len(noted & words)
    score = _HAS_WORD * min(hits, _MOST_COUNTED) + _NOTED * min(shared, _MOST_COUNTED)
    return score + (_SAID if is_theirs else _NAMED if is_named else 0)


@lru_cache(maxsize=256)
def _names(name: str) -> frozenset[str]:
    return frozenset(word for word in _words(name) if len(word) > 1) - _TITLES


@lru_cache(maxsize=65_536)
def _words(text: str) -> frozenset[str]:
    """Return the words of a text in small letters: a long transcript is looked through for many questions."""
    return frozenset(_WORD.findall(text.casefold().replace("\u2019", "'")))


@lru_cache(maxsize=65_536)
def _stem_of(key: str, word: str) -> str:
    """Return the beginning of a word that is in the table of a question; empty when none is."""
    return next((stem for stem in _stems()[key] if word.startswith(stem)), "")


@cache
def _stems() -> WordLists:
    return WordLists(Path(__file__).with_name("transcript_words.toml"))
