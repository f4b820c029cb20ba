"""What the candidate did, has or is, from notes with words that the grammar does not know."""

from __future__ import annotations

import pytest

from followup_mail.language.note_results import own_point
from followup_mail.language.notes import read_note
from followup_mail.language.told_deeds import told_deed
from followup_mail.language.told_standing import told_standing

DEEDS = {
    "rebuilt the quern stones, 3 months, none cracked": (
        "I rebuilt the quern stones over three months, with none cracked."
    ),
    "ran tide table desk of a harbour, 2 winters": "I ran the tide table desk of a harbour for two winters.",
    "taught 12 deckhands to splice wire, 30 min a rope saved": (
        "I taught 12 deckhands to splice wire, with 30 minutes a rope saved."
    ),
    "wrote a gauge reader that flags drift, used by two plants": (
        "I wrote a gauge reader that flags drift, used by two plants."
    ),
    "kept the seed ledger, 240 varieties, found six mislabelled trays": (
        "I kept the seed ledger, with 240 varieties, and found six mislabelled trays."
    ),
    "moved the toddler group's sign-up online, no-shows from 9 to 2": (
        "I moved the toddler group's sign-up online, and no-shows went from nine to two."
    ),
    "cut kiln time of a tile line from 40 h to 26 h": "I cut the kiln time of a tile line from 40 hours to 26 hours.",
    "trained 5 glaziers, all still with the firm": "I trained five glaziers, all still with the firm.",
    "relabelled the ice store, spoiled trays halved": "I relabelled the ice store, and spoiled trays halved.",
    "repaired the lock gates: 14 paddles in 6 days": "I repaired the lock gates: 14 paddles in six days.",
}
NOT_DEEDS = [
    "laminated menus",
    "coloured tape on the floor",
    "set menu for groups",
    "ran the smithy, but only as a stand-in",
    "rebuilt the weir gates, pending a permit",
    "nursed his father",
    "raised in Ghana",
    "was told to wait",
    "found it hard to say no",
    "read meters?",
    'shouted "never again"',
    "",
]
STANDING = {
    "7 yrs signal boxes": "I have seven years of experience with signal boxes.",
    "5 seasons thatching, Devon": "I have five seasons of experience in thatching.",
    "9 yrs ferry engineer": "I have nine years of experience as a ferry engineer.",
    "6 yrs on trawlers out of Peterhead": "I have six years of experience on trawlers out of Peterhead.",
    "slinger's ticket since 2019": "I have held a slinger's ticket since 2019.",
    "MSc soil physics": "I have an MSc in soil physics.",
    "mountain rescue volunteer since 2021": "I have been a mountain rescue volunteer since 2021.",
    "colour code for the drums: spillages from 11 to 2 in a year": (
        "With a colour code for the drums, spillages went from 11 to 2 in a year."
    ),
    "macro that sorts the swabs by ward, saved an hour": "I have worked with a macro that sorts the swabs by ward.",
}
NOT_STANDING = [
    "4 yrs home with twins",
    "2 yrs off sick",
    "paralegal certificate 2027",
    "two-line checklist",
    "RRT",
    "?",
]


@pytest.mark.parametrize("note", DEEDS)
def test_a_deed_is_said_with_its_tails(note: str) -> None:
    """A note that begins with what the candidate did is a sentence, also with words that nobody knows."""
    assert told_deed(note) == DEEDS[note]


@pytest.mark.parametrize("note", NOT_DEEDS)
def test_what_may_be_something_else_is_no_deed(note: str) -> None:
    """An adjective, somebody else's deed, or a deed that is taken back is not said of the candidate."""
    assert told_deed(note) == ""


@pytest.mark.parametrize("note", STANDING)
def test_what_one_has_or_worked_with_is_said_without_a_verb_in_the_note(note: str) -> None:
    """Years, certificates, offices and things are said with the weakest verb that is true."""
    assert told_standing(note) == STANDING[note]


@pytest.mark.parametrize("note", NOT_STANDING)
def test_what_is_not_sure_is_not_claimed(note: str) -> None:
    """Time away from work, a certificate of the future and a mere thing are not claimed."""
    assert told_standing(note) == ""


@pytest.mark.parametrize("note", DEEDS)
def test_a_deed_is_a_point_for_a_second_note(note: str) -> None:
    """What can be said of a deed is enough for a second note."""
    assert own_point(note, read_note(note, is_own=True).mine) != ""
