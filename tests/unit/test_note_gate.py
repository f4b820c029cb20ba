"""A note beside its sentence: what is new in it, whose deed it tells of, and what nobody would like to see noted."""

from __future__ import annotations

import pytest

from followup_mail.language.confidences import is_aside, takes_back
from followup_mail.writing_model.note_gate import (
    find_added,
    find_strange,
    speaks_as_them,
    takes_over_deeds,
    tells_of_oneself,
)

LATE = "Honestly, we lose two days a week because the manifests come in late, and that hurts."
NOT_YET = "We haven't moved to streaming yet, but we want the reports at six."


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("they lose two days a week to late manifests", LATE),
        ("2 days a week lost", LATE),
        ("wants the reports at 6", NOT_YET),
        ("they haven't moved to streaming", NOT_YET),
        ("Priya wants the reports at six", NOT_YET),
        ("forty trailers", "We have about forty trailers a day"),
        ("40 trailers", "We have about forty trailers a day"),
        ("no tool before April", "We don't have a tool and won't get one before April"),
    ],
)
def test_a_note_that_keeps_to_its_sentence(note: str, said: str) -> None:
    """Words may be left out, put in another form and in figures; whoever it is about may be named."""
    assert find_added(note, said, ("Dr. Priya Raman",)) == ""
    assert find_strange(note, said, ("Dr. Priya Raman",)) == ()


@pytest.mark.parametrize(
    ("note", "said", "why"),
    [
        ("they lose three days a week", LATE, "figure 3"),
        ("they lose 20 days a week", LATE, "figure 20"),
        ("Siemens loses two days a week", LATE, "name Siemens"),
        ("they don't lose days", LATE, "opposite"),
        ("they moved to streaming", NOT_YET, "'not' that is gone"),
        ("they don't want the reports at six", NOT_YET, "opposite"),
        ("loved the cutoff", "Nobody loved the cutoff, but the waste went down", "'not' that is gone"),
    ],
)
def test_what_a_note_may_not_add(note: str, said: str, why: str) -> None:
    """Another figure, a name that nobody said, a "not" more or less are found, each by its name."""
    assert why in find_added(note, said, ("Priya Raman",))


def test_words_of_its_own() -> None:
    """Words that a sentence has in no form are named; little words and forms of its words are not."""
    assert find_strange("unreliable suppliers hurt them", LATE) == ("unreliable", "suppliers")
    assert find_strange("late manifests hurt", LATE) == ()


def test_whose_deed_it_is() -> None:
    """A deed is the candidate's only in a sentence in which the candidate did it; "we" is nobody's in a note."""
    assert takes_over_deeds("moved it to streaming", "I moved it to streaming last year.")
    assert not takes_over_deeds("they moved it to streaming", "I moved it to streaming last year.")
    assert not tells_of_oneself("found the leak", "At Saltmarsh the cleaner found the leak.")
    assert tells_of_oneself("found the leak", "In the end I quietly found the leak.")
    assert speaks_as_them("we want it at six")
    assert not speaks_as_them('they said "we want it at six"')


def test_asides() -> None:
    """What is about a sick leave or other candidates is an aside; "delete that" takes back what came before it."""
    for said in ("I was off sick for most of spring", "we have one more candidate on Monday"):
        assert is_aside(said)
    for said in (
        "Sorry. Delete that.",
        "That's not for the minutes.",
        "Please don\u2019t write that down.",
        "That stays in this room.",
    ):
        assert takes_back(said), said
    for said in (
        "We delete that data after a year",
        "We write everything down",
        "Candidates for the migration are two tables",
    ):
        assert not is_aside(said)
        assert not takes_back(said), said
