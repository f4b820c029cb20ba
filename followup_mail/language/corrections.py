"""A correction as a value, and a text with corrections made."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct


class Correction(Struct, frozen=True):
    """Something to correct, with its place in the text."""

    start: int
    end: int
    wrong: str
    right: str
    """What to write instead; empty when that is not sure."""
    why: str
    """Half a line for the person who typed it."""


def correct_verb(found: re.Match[str], right: str, shown: str) -> Correction:
    """Return what to write for the verb that was found, ``shown`` with its subject; ``right`` is empty if unsure."""
    wrong = found["verb"]
    return Correction(found.start("verb"), found.end("verb"), wrong, right, f"write *{shown}*, not *{wrong}*")


def apply_corrections(text: str, corrections: Iterable[Correction]) -> str:
    """Return the text with every correction made that is sure."""
    for correction in sorted(corrections, key=lambda correction: correction.start, reverse=True):
        if correction.right:
            text = text[: correction.start] + correction.right + text[correction.end :]
    return text
