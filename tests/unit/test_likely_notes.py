"""What a note probably says: offered to a person, never put into a mail on its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.language.beginnings import Shape
from followup_mail.language.likely_notes import likely_readings

THEIRS = [
    ("carries the spare fuses herself, always", (Shape.YOU, "carry the spare fuses yourself")),
    ("he walks the fence nightly and keeps a tally", (Shape.YOU, "walk the fence nightly and keep a tally")),
    ("won't open the gate till all cars stand", (Shape.YOU, "won't open the gate till all cars stand")),
    ("she wants 2 people on every ladder", (Shape.WANTED, "two people on every ladder")),
    ("no parcel leaves w/o second signature", (Shape.CLAUSE, "no parcel leaves without the second signature")),
    ("at night he sleeps beside the kiln", (Shape.CLAUSE, "at night you sleep beside the kiln")),
    ("he wants somebody who trains the commis himself", (Shape.WANTED, "somebody who trains the commis himself")),
    ("wants a cook who checks his own work and stays", (Shape.WANTED, "a cook who checks his own work and stays")),
    (
        "the laminated dough is inconsistent because the room is too warm",
        (Shape.CLAUSE, "the laminated dough is inconsistent because the room is too warm"),
    ),
    ("the crust is very uneven", (Shape.CLAUSE, "the crust is very uneven")),
    ("the crust is really not crispy", (Shape.CLAUSE, "the crust is really not crispy")),
    ("rang her old teacher before deciding", (Shape.YOU, "rang your old teacher before deciding")),
]
OWN = [
    ("breakages 12 -> 5% in 1 yr", "brought breakages down from 12% to 5% in 1 year"),
    ("members 140 → 310 in 2 yrs", "brought members up from 140 to 310 in 2 years"),
    ("taught own crew in the yard", "taught my own crew in the yard"),
    ("rewired chapel organ, 3 wks", "rewired a chapel organ"),
]


@pytest.mark.parametrize(("note", "reading"), THEIRS)
def test_what_they_do_is_said_to_them(note: str, reading: tuple[Shape, str]) -> None:
    """A verb in front is the reader's, he and she are "you", and what a note left out is filled in."""
    assert likely_readings(note)[0] == reading


@pytest.mark.parametrize(("note", "words"), OWN)
def test_what_the_candidate_did(note: str, words: str) -> None:
    """A change in figures and a bare verb are the candidate's where the note is about them."""
    assert likely_readings(note, is_own=True)[0] == (Shape.DID, words)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "my turn to ask",
        "told me a secret (dont tell)",
        "why so many leave?",
        "5 / 7 ok",
        "smells of garlic",
    ],
)
def test_nothing_is_read_into_these(note: str) -> None:
    """Questions, scraps, the candidate's own part of the talk and what is private are no sentence about the reader."""
    assert likely_readings(note) == ()


def test_versions_are_no_figures() -> None:
    """What went from 1.2.3 to 4 did not go up."""
    assert likely_readings("kernel 1.2.3 -> 4", is_own=True) == ()


@given(st.text(max_size=120), st.booleans())
def test_any_text_can_be_read(text: str, is_own: bool) -> None:
    """Whatever was jotted, reading it raises nothing, and a reading is never empty nor longer than its note can be."""
    assert all(words.strip() for _, words in likely_readings(text, is_own=is_own))
