"""Two notes are about the same thing when they share a telling word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.facts.overlap import ANYWHERE, own_part, says_same, shares_subject

WORDS = [
    "pump",
    "pumps",
    "orchard",
    "orchards",
    "straße",
    "naïve",
    "handover",
    "interview",
    "because",
    "team",
    "3",
    "ÉTÉ",
    "windows",
]
NOTES = st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=8).map(" ".join)
WORDS_OF_ANY_WORK = st.lists(st.sampled_from(sorted(ANYWHERE))).map(" ".join)


@examples(1)
@given(NOTES, NOTES)
def test_it_does_not_matter_which_note_comes_first(note: str, other: str) -> None:
    """What the first shares with the second, the second shares with the first."""
    assert shares_subject(note, other) == shares_subject(other, note)


@examples(1)
@given(WORDS_OF_ANY_WORK, NOTES)
def test_words_of_any_work_tie_nothing(note: str, other: str) -> None:
    """A note that has only words of any work has to do with no other, not even with itself."""
    assert shares_subject(note, f"{note} {other}") == 0


@examples(1)
@given(st.lists(st.sampled_from(WORDS)).map(" ".join), st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_capitals_do_not_count(note: str, other: str) -> None:
    """A note in capitals shares as much as the same note in small letters."""
    assert shares_subject(note.upper(), other) == shares_subject(note, other.lower())


@examples(1)
@given(NOTES, NOTES, NOTES)
def test_more_words_never_share_less(note: str, other: str, more: str) -> None:
    """A longer note shares at least as much."""
    assert shares_subject(note, f"{other} {more}") >= shares_subject(note, other)


@pytest.mark.parametrize(
    ("note", "other"),
    [
        ("leaks found only when trees show it", "found leaks with a pressure log"),
        ("WANTS FEWER FALLS", "a third fewer after I moved the beds"),
        ("apprentice starts jan", "trained two apprentices"),
        ("labelling by hand", "cut label errors"),
    ],
)
def test_a_telling_word_ties_two_notes(note: str, other: str) -> None:
    """One telling word is enough, in whatever form."""
    assert shares_subject(note, other) > 0


@pytest.mark.parametrize(
    ("note", "other"),
    [
        ("", "anything"),
        ("interested in soil", "interview panel of four"),
        ("international loans", "internal audit of the till"),
        ("understands the board", "underground cables"),
        ("supervisor left", "supermarket shelves"),
        ("need it by 12", "12 heat pumps"),
        ("works well with people", "makes people work well together"),
    ],
)
def test_unrelated_notes_share_nothing(note: str, other: str) -> None:
    """Words of any work, figures and mere prefixes make no subject."""
    assert shares_subject(note, other) == 0


@pytest.mark.parametrize(
    ("point", "told", "same"),
    [
        ("I closed 31 files, and none of them were reopened.", "I closed 31 files last year, none reopened.", True),
        ("I took the close from 15 to 6 days.", "I took it from 15 to 6 days at a dairy group.", True),
        ("I made a handover card for our bay.", "I spotted sepsis early twice.", False),
        ("I tested a list with ferry riders over 65.", "I moderated 70 usability sessions with riders over 65.", False),
        ("I wrote the roster.", "", False),
    ],
)
def test_a_point_is_known_by_its_words_and_figures(point: str, told: str, same: bool) -> None:
    """The same deed in other words is the same point; the same people in another deed are not."""
    assert says_same(point, told) is same


def test_of_a_link_only_what_the_candidate_did_is_compared() -> None:
    """Their problem may come up again: a new point can answer it too."""
    assert own_part("You want fewer gaps. I closed ours, so I know how.") == "I closed ours, so I know how."
    assert own_part("You want fewer gaps.") == ""
