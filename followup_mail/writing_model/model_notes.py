"""The notes that a writing model makes of a transcript, as far as they have the form that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from followup_mail.writing_model.answer_form import WHAT
from followup_mail.writing_model.json_answer import plain_characters

_MOST: Final = 60
_LONGEST: Final = 200
_MOST_SENTENCES: Final = 3


class ModelNote(Struct, frozen=True):
    """One note of a model's. Nobody has checked yet whether its sentences say so."""

    what: str
    about: str
    """The stand-in for whom it is about."""
    text: str
    """One line, with stand-ins for names."""
    sentences: tuple[int, ...]
    """Numbers of sentences that follow one another, from 1 on."""


def read_notes(answer: Mapping[str, object]) -> tuple[ModelNote, ...]:
    """Return the notes of an answer; what has another form is left out."""
    listed = answer.get("notes")
    found = (_read(row) for row in listed[:_MOST] if isinstance(row, dict)) if isinstance(listed, list) else ()
    return tuple(note for note in found if note)


def _read(row: Mapping[str, object]) -> ModelNote | None:
    what, about, said, numbers = (row.get(key) for key in ("what", "about", "note", "sentences"))
    if what not in WHAT or not isinstance(about, str) or not isinstance(said, str) or len(said) > _LONGEST:
        return None
    sentences = _read_numbers(numbers)
    text = " ".join(plain_characters(said).split()).strip(" .")
    return ModelNote(str(what), about.strip(), text, sentences) if text and sentences else None


def _read_numbers(given: object) -> tuple[int, ...]:
    """Return the numbers of sentences that follow one another; none where they do not."""
    numbers = given if isinstance(given, list) else [given]
    if not 1 <= len(numbers) <= _MOST_SENTENCES or not all(type(number) is int for number in numbers):
        return ()
    found = tuple(sorted(numbers))
    return found if found == tuple(range(found[0], found[0] + len(found))) else ()
