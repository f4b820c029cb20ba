"""A note on a rejection gives its reason, how it was told and what was said, and nothing that it does not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.language.rejection_reasons import ReasonKind
from followup_mail.language.rejection_words import Rejection, read_rejection


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        ("hired a guy who already ran the same pumps", "you chose somebody who already ran the same pumps"),
        ("took the other one who speaks Polish", "you chose somebody who speaks Polish"),
        ("gave it to someone who knows the pumps", "you chose somebody who knows the pumps"),
        ("went with the internal candidate", "you chose an internal candidate"),
        ("no budget in the end", "it came down to the budget"),
        ("not enough experience", "you were looking for more experience"),
        ("said my german was not good enough", "you need somebody with stronger German"),
    ],
)
def test_a_reason_is_granted_in_a_clause(note: str, reason: str) -> None:
    """The clause says what the note says, else what is true of every reason of its kind."""
    assert read_rejection(note).reason == reason


@pytest.mark.parametrize("note", ["it wasn't the budget", "not about the money", "nothing to do with my experience"])
def test_what_was_not_the_reason_is_none(note: str) -> None:
    """A reason that the note rules out is neither granted nor taken for the kind of the rejection."""
    assert read_rejection(note) == Rejection()


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("rang me herself, very kind", "calling me yourself"),
        ("called me on friday", "calling to tell me"),
        ("told me himself at the gate", "telling me yourself"),
        ("handwritten card!", "writing to me by hand"),
        ("form letter", ""),
        ("never called me, just the portal", ""),
        ("called off the search", ""),
    ],
)
def test_how_it_was_told(note: str, told: str) -> None:
    """A call or a card is thanked for where the note says that there was one."""
    assert read_rejection(note).told == told


@pytest.mark.parametrize(
    ("note", "was_close"),
    [
        ('said "it was very close"', True),
        ('said "it was not close"', False),
        ('said "it wasn\'t close"', False),
        ("closed the post", False),
    ],
)
def test_close_is_what_they_called_it(note: str, was_close: bool) -> None:
    """Only their own words make it close."""
    assert read_rejection(note).was_close is was_close


@pytest.mark.parametrize(
    ("note", "invited"),
    [
        ("'please look at our night posts'", "I will look at your night posts, as you suggested."),
        ('"apply again in spring"', "I am glad that I may apply again, and I will."),
        ('"don\'t apply again"', ""),
        ('"good luck to you"', ""),
    ],
)
def test_an_invitation_is_taken_up(note: str, invited: str) -> None:
    """What they asked the candidate to do next becomes a promise to do it; a refusal or a wish does not."""
    assert read_rejection(note).invited == invited


@examples(1)
@given(st.text(max_size=80))
def test_any_note_can_be_read(note: str) -> None:
    """No note breaks the reading, and a clause has no mark at its end that the sentence around it would repeat."""
    rejection = read_rejection(note)
    assert not rejection.reason.endswith((".", ",", " "))
    assert rejection.kind in ReasonKind


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        ("gave it to one of their relief pool, been covering since easter", "you chose somebody from your relief pool"),
        ("other candidate knows the town already", "you chose somebody who already knows the town"),
        ("took someone from other shop of same owner", "you chose somebody from another shop of the same owner"),
        ("they want at least 2 yrs experience", "you need at least two years of experience"),
        ("no SIA card yet", "you needed somebody with an SIA card"),
        ("post postponed to 2029", "the post was postponed until 2029"),
        ("second post not possible before 2030, grant moved", "a second post is not possible before 2030"),
        ("decided not to fill the post", "you decided not to fill the position"),
        ("she said they need someone who can drive", "you need someone who can drive"),
        ("they chose to keep a colleague from the depot", "you chose to keep a colleague from the depot"),
        ('"it came down to stock experience, sorry"', "it came down to stock experience"),
        ("the owner's nephew got it", ""),
        ("hired a friend of the boss", ""),
        ("Fair, if a bit thin", ""),
        ("took someone who knows Marta", ""),
        ("took someone who has their diploma", ""),
        ("budget, officially", ""),
    ],
)
def test_who_got_it_what_they_needed_and_what_changed(note: str, reason: str) -> None:
    """A reason is turned to the reader; gossip, guesses, somebody's name or an unclear "their" leave it out."""
    assert read_rejection(note, ["Marta Ruiz"]).reason.partition(" who has been")[0] == reason


@pytest.mark.parametrize(
    ("note", "gives"), [("no budget", True), ("many strong applicants", False), ("budget, i think", False), ("", False)]
)
def test_a_reason_is_thanked_for_where_one_was_given(note: str, gives: bool) -> None:
    """Neither a guess nor a form letter is a reason that they gave."""
    assert read_rejection(note).gives_reason is gives
