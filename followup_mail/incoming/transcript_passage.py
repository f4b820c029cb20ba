"""Where a quoted sentence stands in a transcript: compared by words, so that quotation marks and spaces may differ."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from msgspec import Struct

from followup_mail.incoming.transcript import TranscriptLine
from followup_mail.regex import regex

_WORD: Final = regex(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES: Final = str.maketrans("\u2019\u2018\u02bc`\u00b4", "'''''")
_NUMBER: Final = regex(r"#?\s?(\d{1,6})")
_FEWEST_WORDS: Final = 3
"""Fewer stand in any transcript, unless they are the whole sentence."""
_MOST_LINES: Final = 3
"""A note comes from a sentence or two, not from half a conversation."""


class Passage(Struct, frozen=True):
    """Sentences of a transcript that somebody said in one go."""

    text: str
    """As the transcript has it, whole sentences."""
    label: str
    """Who said it, as written; empty when nobody is named."""
    is_own: bool
    """Whether the candidate said it."""


def find_passage(lines: Sequence[TranscriptLine], quoted: str) -> Passage | None:
    """Return what was quoted, by its words or by the number of its sentence, counted from 1; None where it is not."""
    if number := _NUMBER.fullmatch(quoted.strip()):
        at = int(number[1])
        return _as_passage(lines[at - 1 : at]) if 1 <= at <= len(lines) else None
    wanted = " ".join(words_of_speech(quoted))
    return next((found for run in _runs(lines) if wanted and (found := _find_in(run, wanted))), None)


def words_of_speech(text: str) -> list[str]:
    """Return the words of a text as they are compared: in small letters, with plain apostrophes, without marks."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold())


def _runs(lines: Sequence[TranscriptLine]) -> Iterator[list[TranscriptLine]]:
    """Yield what one person says in one go."""
    for _, run in groupby(lines, key=lambda line: (line.label, line.is_own)):
        yield list(run)


def _find_in(run: Sequence[TranscriptLine], wanted: str) -> Passage | None:
    said = [f" {' '.join(words_of_speech(line.text))} " for line in run]
    whole = "".join(line.rstrip() for line in said) + " "
    start = whole.find(f" {wanted} ")
    if start < 0:
        return None
    end, places, touched = start + len(wanted), 0, list[TranscriptLine]()
    for line, words in zip(run, said, strict=True):
        first, places = places, places + len(words.rstrip())
        # A line of no words, such as "...", belongs to nothing.
        if words.strip() and first <= end and start < places:
            touched.append(line)
    is_long = wanted.count(" ") >= _FEWEST_WORDS - 1 or any(words.strip() == wanted for words in said)
    return _as_passage(touched) if is_long and len(touched) <= _MOST_LINES else None


def _as_passage(lines: Sequence[TranscriptLine]) -> Passage:
    return Passage(" ".join(line.text for line in lines), lines[0].label, lines[0].is_own)
