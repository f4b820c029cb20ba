"""The sentence of a mail that a note becomes, shown beside the note: to be accepted, or the note reworded.

It is what the wordings make of the note, in one of their frames; which wording a mail gets, its plan decides. A note of
which nothing can safely be made has no sentence, and its shape says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from followup_mail.drafts.material import read_for_mail, say_liked, say_reason
from followup_mail.language.note_promises import read_promise
from followup_mail.language.note_results import own_point
from followup_mail.language.notes import Note, NoteShape, read_note


class About(StrEnum):
    """What a note is about; it decides what can be made of it."""

    THEM = "them"
    CONVINCED = "convinced"
    FIT = "fit"
    UNSAID = "unsaid"
    PROMISE = "promise"


class Why(StrEnum):
    """Why no sentence is made of a note."""

    PRIVATE = "private"
    TACTLESS = "tactless"
    TRIVIAL = "trivial"
    UNSURE = "unsure"


class NoteSentence(Struct, frozen=True):
    """A note, and the sentence that it becomes or the reason why it becomes none."""

    note: str
    sentence: str = ""
    why: Why | None = None


def say_note(text: str, about: About) -> NoteSentence:
    """Return the sentence that a mail would have from one note."""
    sentence = next((said for said in _sentences(text, about) if said), "")
    return NoteSentence(text, sentence, None if sentence else _why(read_note(text)))


def say_notes(joined: str, about: About) -> tuple[NoteSentence, ...]:
    """Return the sentence of each of several notes, which have a semicolon between them."""
    return tuple(say_note(note, about) for note in joined.split("; ") if note)


def _sentences(text: str, about: About) -> Iterator[str]:
    if about is About.PROMISE:
        promise = read_promise(text)
        yield promise.says or (f"As promised, I've attached {promise.thing}." if promise.thing else "")
        return
    for note in read_for_mail([text], is_own=about in {About.FIT, About.UNSAID}):
        if about is About.FIT:
            yield note.mine
        elif about is About.UNSAID:
            yield own_point(text, note.mine)
        elif about is About.CONVINCED:
            yield from _of_convinced(text, note)
        else:
            yield from _of_them(note)


def _of_convinced(text: str, note: Note) -> Iterator[str]:
    liked, reason = say_liked(note, text), say_reason(note.topic)
    yield f"I really liked that {liked}." if liked else ""
    yield f"I really liked {reason}." if reason else ""
    yield from _of_them(note)


def _of_them(note: Note) -> Iterator[str]:
    yield note.yours if note.shape is NoteShape.WANTS else ""
    yield f"You told me that {note.clause}." if note.clause else ""
    yield f"Thank you for {note.thanks_for}." if note.thanks_for else ""
    yield f'"{_capital(note.quotation.rstrip("."))}" is a line I\'ll remember.' if note.quotation else ""
    yield f"It was good to talk about {note.topic}." if note.topic else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _why(note: Note) -> Why:
    kinds = {NoteShape.PRIVATE: Why.PRIVATE, NoteShape.TACTLESS: Why.TACTLESS, NoteShape.TRIVIAL: Why.TRIVIAL}
    return kinds.get(note.shape, Why.UNSURE)
