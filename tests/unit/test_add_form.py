"""The questions of ``add`` answered all at once: what is read, and what is kept as it was typed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.services.adding.add_draft import AddDraft, read_draft, write_draft
from followup_mail.services.adding.add_form import Card, cards_of, read_form
from followup_mail.services.adding.add_form_look import look_at_form
from followup_mail.services.adding.finish_draft import make_answers
from followup_mail.services.adding.hold_draft import MovedOnError, hold_draft, text_of
from followup_mail.services.typed.note_sentences import About, Why, say_note
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

# A Wednesday.
NOW = datetime(2026, 11, 18, 21, 30, tzinfo=UTC)
USUAL = {"place": "America/Chicago", "duration": "45 min", "format": "video"}
PRIYA, TOM = Card("Priya Raman"), Card("Tom Okafor", notes="late replays")
UNREAD = Card("@@", notes="a note on nobody")


@pytest.fixture
def house(tmp_path: Path) -> Workspace:
    """The workspace of a fresh home."""
    return Workspace(Loaded(Settings(time_zone="America/Chicago"), tmp_path / "home", {}), lambda: NOW)


def test_an_untouched_form_says_nothing(house: Workspace) -> None:
    """What stands in the empty form is no unfinished entry."""
    assert read_form(house, AddDraft(), USUAL, [Card()])[0].is_empty


def test_a_draft_is_read_as_it_was_written(house: Workspace) -> None:
    """Whatever a form can hold comes back from the file."""
    card = Card("Priya Raman", "recruiter", "a; b", "visits every customer", "I liked that you explain things.")
    draft, _ = read_form(house, AddDraft(), {**USUAL, "company": "Lumen", "start": "the moon"}, [card, UNREAD])
    assert read_draft(write_draft(draft)) == draft
    assert draft.typed == {"start": "the moon", "who+1": "@@", "notes+1": "a note on nobody"}


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"answers": [], "people": 1}', "[" * 100_000])
def test_what_is_no_draft_is_none(text: str) -> None:
    """A file that was damaged or made by hand stops nothing."""
    assert read_draft(text) is None


def test_cards_keep_their_place(house: Workspace) -> None:
    """One that cannot be read stays between those that can."""
    draft, _ = read_form(house, AddDraft(), {}, [PRIYA, UNREAD, TOM])
    assert [(card.who, person is not None) for card, person in cards_of(draft)] == [
        ("Priya Raman", True),
        ("@@", False),
        ("Tom Okafor", True),
    ]


def test_the_same_form_again_changes_nothing(house: Workspace) -> None:
    """Sent as it is shown, the form is read as the same draft, on any later day."""
    typed = {**USUAL, "company": "Lumen", "place": "Paris, Texas", "start": "yesterday 2pm", "fit": "a note\nanother"}
    draft, _ = read_form(house, AddDraft(), typed, [PRIYA, UNREAD, TOM])
    look = look_at_form(house, draft)
    again = {key: found.value for key, found in look.fields.items()}
    assert read_form(house, draft, again, [found.card for found in look.cards])[0] == draft


def test_a_part_that_was_chosen_counts(house: Workspace) -> None:
    """What the list says of somebody's part stands above what was pasted."""
    draft, _ = read_form(house, AddDraft(), {}, [Card("Priya Raman, recruiter", "hiring manager"), Card("x", "king")])
    assert str(draft.people[0].role) == "hiring manager"
    assert draft.typed["part+1"] == "king"


def test_what_is_left_out_is_told(house: Workspace) -> None:
    """Nothing that was pasted goes without a word."""
    _, told = read_form(house, AddDraft(), {}, [Card("priya.raman@lumen.example")])
    assert "Took the name Priya Raman" in told[0]


def test_answers_are_made_of_all_that_was_told(house: Workspace) -> None:
    """What convinced and the sentence that was taken reach the facts."""
    card = Card("Priya Raman", convinced="visits every customer", moment="I liked that you explain things.")
    draft, _ = read_form(house, AddDraft(), {"company": "Lumen", "role": "Clerk"}, [card])
    person = make_answers(house, draft).people[0]
    assert (person.convinced, person.moment) == ("visits every customer", "I liked that you explain things.")


def test_a_draft_that_moved_on_is_not_overwritten(house: Workspace) -> None:
    """Whoever began from an older state is told, unless both say the same."""
    first, _ = read_form(house, AddDraft(), {"company": "Lumen"}, [])
    other, _ = read_form(house, AddDraft(), {"company": "Harbor"}, [])
    hold_draft(house, first, instead_of="")
    hold_draft(house, first, instead_of="")
    with pytest.raises(MovedOnError):
        hold_draft(house, other, instead_of="")
    hold_draft(house, other, instead_of=text_of(first))
    hold_draft(house, AddDraft(), instead_of=text_of(other))


@pytest.mark.parametrize(
    ("note", "about", "sentence"),
    [
        ("move to streaming", About.THEM, "It was good to talk about the move to streaming."),
        ("wants someone who can talk to finance", About.THEM, "You want someone who can talk to finance."),
        ("court reports eat her fridays", About.THEM, "You told me that the court reports eat your Fridays."),
        ("visits every customer herself", About.CONVINCED, "I really liked that you visit every customer yourself."),
        ("the case study", About.PROMISE, "As promised, I've attached the case study."),
    ],
)
def test_a_note_says_what_it_becomes(note: str, about: About, sentence: str) -> None:
    """The sentence is one that the wordings make of it."""
    assert say_note(note, about).sentence == sentence


@pytest.mark.parametrize(
    ("note", "why"),
    [("seemed tired", Why.TACTLESS), ("asked abt kafka", Why.TRIVIAL), ("late events and replays", Why.UNSURE)],
)
def test_a_note_that_becomes_nothing_says_why(note: str, why: Why) -> None:
    """Nobody expects a note in a mail that will not have it."""
    assert say_note(note, About.THEM).why is why
