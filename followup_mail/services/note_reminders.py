"""What the notes of an application say to a question: as a reminder, and as words to take where they are sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Final, Protocol

from followup_mail.language.beginnings import Shape

_MOST_SUGGESTIONS: Final = 4


class ReadNote(Protocol):
    """What the grammar of notes makes of a note, as far as it is used here."""

    @property
    def mine(self) -> str:
        """A sentence about the candidate: *I cut deploy time from 40 minutes to 6*."""
        ...

    @property
    def yours(self) -> str:
        """A sentence about the reader: *You pick for an hour yourself*."""
        ...


def suggest_words(notes: Sequence[str], names: Sequence[str]) -> tuple[tuple[Shape, str], ...]:
    """Return words that notes bring to a gap of some shape; nothing for a note that makes no sound sentence."""
    return tuple(_from_notes(_read(notes, names)))[:_MOST_SUGGESTIONS]


def _from_notes(notes: Iterable[ReadNote]) -> Iterator[tuple[Shape, str]]:
    for note in notes:
        mine, yours = str(getattr(note, "mine", "") or ""), str(getattr(note, "yours", "") or "")
        if mine.startswith("I "):
            yield Shape.DID, mine.removeprefix("I ").rstrip(".")
        if yours.startswith("You "):
            yield Shape.YOU, yours.removeprefix("You ").rstrip(".")


def _read(notes: Sequence[str], names: Sequence[str]) -> list[ReadNote]:
    """Read the notes, where there is a grammar of notes to read them by."""
    try:
        grammar = import_module("followup_mail.language.notes")
    except ImportError:
        return []
    return [grammar.read_note(text, names) for text in notes]
