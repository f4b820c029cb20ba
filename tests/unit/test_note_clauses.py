"""A note that begins with a verb becomes a clause where every word has its place, and nothing where it has not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.language.note_clauses import own_clause, reader_clause, somebody_clause

WORDS = ("visits", "knows", "kept", "every", "the", "own", "herself", "his", "and", "of", "since", "2019", "w", "3")
MORE_WORDS = ("sites", "kids", "she", "with", "a", "log", "card,", "-", "+")
NOTES = st.lists(st.sampled_from(WORDS + MORE_WORDS), max_size=10).map(" ".join) | st.text(max_size=60)


@pytest.mark.parametrize(
    ("note", "clause"),
    [
        ("sits w every new midwife", "you sit with every new midwife"),
        ("visits every install himself", "you visit every install yourself"),
        ("she reads every incident report herself", "you read every incident report yourself"),
        ("keeps her promises", "you keep your promises"),
        ("was honest about the shortage", "you were honest about the shortage"),
        ("has built the team from nothing", "you have built the team from nothing"),
        ("doesn't micromanage people", "you don't micromanage people"),
        ("takes the late shift + the phones", "you take the late shift and the phones"),
        ("runs 3 sites", "you run three sites"),
    ],
)
def test_the_reader_is_spoken_to(note: str, clause: str) -> None:
    """What a note says of somebody is said to them."""
    assert reader_clause(note) == clause


@pytest.mark.parametrize(
    "note",
    [
        "",
        "listens",
        "his desk is by the door",
        "gave me tour of plant",
        "answers mail at 3am",
        "looked shattered",
        "asked me about her sister",
        "runs the shop since 2019",
        'says "no rush jobs" to everybody',
    ],
)
def test_what_is_not_sure_is_not_said_to_the_reader(note: str) -> None:
    """A missing article, a third person, a tactless verb, a tense that does not fit: no clause."""
    assert reader_clause(note) == ""


@pytest.mark.parametrize(
    ("note", "clause"),
    [
        ("made handover card for our bay", "I made a handover card for our bay"),
        ("wrote hour-long talk", "I wrote an hour-long talk"),
        ("made unit for MRI", "I made a unit for MRI"),
        ("built mri room", "I built an MRI room"),
        ("I kept the books for the club", "I kept the books for the club"),
        ("i kept the books for the club", "I kept the books for the club"),
        ("put in 40 heat pumps", "I put in 40 heat pumps"),
        ("closed 3 sites w/o one grievance", "I closed three sites without one grievance"),
    ],
)
def test_the_candidate_says_what_they_did(note: str, clause: str) -> None:
    """A past verb gets its subject, and its object the article that English says."""
    assert own_clause(note) == clause


@pytest.mark.parametrize(
    "note",
    [
        "handover card for our bay",
        "trained 2 apprentices at old shop",
        "drove forklift since 2019",
        "interested in boats",
    ],
)
def test_what_is_not_sure_is_not_claimed(note: str) -> None:
    """No verb, a missing article, a span that asks for another tense: no clause."""
    assert own_clause(note) == ""


@pytest.mark.parametrize(
    ("note", "clause"),
    [
        ("already worked the school district", "already worked the school district"),
        ("speaks Polish", "speaks Polish"),
        ("is a friend of the owner", "is a friend of the owner"),
        ("they liked", ""),
        ("had more exp", ""),
    ],
)
def test_somebody_else_stays_in_the_third_person(note: str, clause: str) -> None:
    """What follows "somebody who" keeps its verb as it is."""
    assert somebody_clause(note) == clause


@examples(2)
@given(NOTES)
def test_a_clause_can_stand_in_a_sentence(note: str) -> None:
    """From any note comes nothing, or a clause with its subject first and nothing left hanging at its end."""
    for clause, subject in ((reader_clause(note), "you "), (own_clause(note), "I "), (somebody_clause(note), "")):
        assert clause == "" or clause.startswith(subject)
        assert not clause.endswith((" of", " with", " and", " a", " the", " her", " his", ".", ",", " "))
        assert '"' not in clause
