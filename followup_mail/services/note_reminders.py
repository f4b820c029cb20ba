"""What the notes of an application bring to a question: words to take, where they are sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.language.beginnings import Shape
from followup_mail.language.notes import Note, read_note

_MOST_SUGGESTIONS: Final = 4


def suggest_words(own: Sequence[str], theirs: Sequence[str], names: Sequence[str]) -> tuple[tuple[Shape, str], ...]:
    """Return words that notes bring to a gap of some shape; nothing for a note that makes no sound sentence.

    ``own`` are notes on the candidate, who alone did what they say; ``theirs`` are notes on the reader.
    """
    suggested = (*_of_candidate(read_note(note, names) for note in own), *_of_reader(_read(theirs, names)))
    return suggested[:_MOST_SUGGESTIONS]


def _of_candidate(notes: Iterator[Note]) -> Iterator[tuple[Shape, str]]:
    for note in notes:
        if note.mine.startswith("I "):
            yield Shape.DID, note.mine.removeprefix("I ").rstrip(".")


def _of_reader(notes: Iterator[Note]) -> Iterator[tuple[Shape, str]]:
    for note in notes:
        if note.yours.startswith("You "):
            yield Shape.YOU, note.yours.removeprefix("You ").rstrip(".")


def _read(notes: Sequence[str], names: Sequence[str]) -> Iterator[Note]:
    yield from (read_note(note, names) for note in notes)
