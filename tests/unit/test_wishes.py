"""A note on what somebody wants becomes a sentence to them, or nothing."""

from __future__ import annotations

import pytest

from followup_mail.language.notes import read_note

WISHES = {
    "he wants someone who'd run a choir": "You want someone who would run a choir.",
    "wants tours where kids TALK": "You want tours where kids talk.",
    "wants one editor per client not per job": "You want one editor per client, not per job.",
    "she needs a second person who can read the plans": "You need a second person who can read the plans.",
    "repairs at 7%, target is 3": "You want to bring repairs down from 7% to 3%.",
    "wants bad news in writing, within 24 h": "You want bad news in writing.",
}


@pytest.mark.parametrize("note", WISHES)
def test_a_wish_is_said_to_whoever_has_it(note: str) -> None:
    """The reader is the subject, without the capitals of emphasis."""
    assert read_note(note).yours == WISHES[note]


@pytest.mark.parametrize("note", ["wants codes same for everyone", "wants it fast", "needs 3", "she wants him gone"])
def test_a_scrap_of_a_wish_is_left_out(note: str) -> None:
    """A missing word, or one that points to nothing, makes no sentence."""
    assert read_note(note).yours == ""
