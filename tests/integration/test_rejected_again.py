"""A rejection that is recorded a second time: no second answer, and its day stays."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from followup_mail.cadence.step import Kind, Touch
from followup_mail.errors import RefusedError
from followup_mail.facts.channels import Channel
from followup_mail.facts.terms import Told
from followup_mail.incoming.reply import read_received
from followup_mail.outbox.entry import State
from followup_mail.services.answers.answer_rejection import Rejection, record_rejection
from followup_mail.services.asking.ask_questions import open_questions
from followup_mail.services.by_hand.log_contact import Done, log_touch
from followup_mail.services.overview.demo import REJECTION_CAME, SLUG, Clock, make_demo_workspace
from followup_mail.services.overview.today import look_at_today
from followup_mail.services.overview.urgent_first import list_headlines
from followup_mail.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The demonstration on the day of their letter, recorded without it."""
    workspace = make_demo_workspace(tmp_path, Clock(REJECTION_CAME))
    record(workspace)
    return workspace


def record(workspace: Workspace, on: date | None = None, message: Path | None = None) -> Rejection:
    return record_rejection(workspace, SLUG, (on, message and read_received(message)))


def later(workspace: Workspace, days: int = 3) -> None:
    assert isinstance(workspace.clock, Clock)
    workspace.clock.shows += timedelta(days=days)


def drafts(workspace: Workspace) -> list[int]:
    return [entry.id for entry in workspace.store.entries(states={State.DRAFT})]


def answer(workspace: Workspace) -> None:
    entry = next(iter(workspace.store.entries(states={State.DRAFT})))
    workspace.store.log_touch(Touch(entry.step, Channel.EMAIL, workspace.now()))
    workspace.store.cancel_all(SLUG, workspace.now(), "answered by hand")


def test_the_draft_that_waits_stays(workspace: Workspace) -> None:
    """Recorded again, the draft keeps its number, and the day of the rejection is the one recorded first."""
    before, day = drafts(workspace), workspace.facts.load(SLUG).outcome.on
    later(workspace)
    again = record(workspace)
    assert again.before is not None
    assert again.before.sentence == f"The answer waits as draft #{before[0]}."
    assert drafts(workspace) == before
    assert workspace.facts.load(SLUG).outcome.on == day


def test_their_letter_replaces_the_draft(workspace: Workspace) -> None:
    """A letter that was not on record brings a new draft, in its thread; the same letter again does not."""
    letter = workspace.home / "their-answer.eml"
    (first,) = drafts(workspace)
    (second,) = (entry.id for entry in record(workspace, message=letter).entries)
    assert (first == second, drafts(workspace)) == (False, [second])
    assert record(workspace, message=letter).before is not None
    assert drafts(workspace) == [second]
    with pytest.raises(RefusedError) as refused:
        workspace.store.approve(first, workspace.now())
    assert f"outbox approve {second}" in refused.value.fix


@pytest.mark.parametrize("message", [None, "their-answer.eml"])
def test_an_answered_rejection_gets_no_second_answer(workspace: Workspace, message: str | None) -> None:
    """It is said on which day it was answered and what to do for a new one; the day on record stays."""
    day = workspace.facts.load(SLUG).outcome.on
    answer(workspace)
    later(workspace)
    again = record(workspace, message=workspace.home / message if message else None)
    assert again.before is not None
    assert "was answered on" in again.before.sentence
    assert "add the new round" in again.before.fix
    assert (drafts(workspace), workspace.facts.load(SLUG).outcome.on) == ([], day)


def test_without_an_answer_the_day_stays(workspace: Workspace) -> None:
    """A draft that was cancelled is written again, for the day on record."""
    day = workspace.facts.load(SLUG).outcome.on
    workspace.store.cancel_all(SLUG, workspace.now(), "changed my mind")
    later(workspace)
    assert [entry.step.kind for entry in record(workspace).entries] == [Kind.REJECTION_THANKS]
    assert workspace.facts.load(SLUG).outcome.on == day


def test_a_rejection_after_another_round_is_answered(workspace: Workspace) -> None:
    """A round held since then can end in a rejection of its own."""
    answer(workspace)
    later(workspace, 30)
    held = f"{workspace.now() - timedelta(days=2):%Y-%m-%d} 10:00"
    text = workspace.facts.text(SLUG)
    more = f'\n[[interviews]]\nround = 9\nstart = "{held}"\nduration = "1 h"\n'
    mia = '[[interviews.people]]\nname = "Mia Hall"\nemail = "mia@lumen.example"\n'
    workspace.facts.path(SLUG).write_text(text + more + mia, "utf-8")
    assert [entry.step.kind for entry in record(workspace).entries] == [Kind.REJECTION_THANKS]


def test_today_names_the_command_for_the_draft(workspace: Workspace) -> None:
    """A draft is told once: as a decision before its step is due, and then with the step and how to approve it."""
    (draft,) = drafts(workspace)
    today = look_at_today(workspace)
    assert [entry.id for entry in today.undecided] == [draft]
    assert Kind.REJECTION_THANKS not in {due.step.kind for due in today.soon}
    later(workspace, 1)
    (due,) = [due for due in look_at_today(workspace).due if due.step.kind is Kind.REJECTION_THANKS]
    assert due.command == f"outbox approve {draft}"
    assert f"outbox approve {draft}" in [line.command for line in list_headlines(workspace, look_at_today(workspace))]


def test_a_letter_says_how_they_told_it(workspace: Workspace) -> None:
    """Without their letter it is asked how they told the rejection; with it the letter has said so."""
    assert "told" in _asked(workspace)
    record(workspace, message=workspace.home / "their-answer.eml")
    assert workspace.facts.load(SLUG).outcome.told is Told.WROTE
    assert "told" not in _asked(workspace)


def test_what_was_said_about_the_telling_stays(workspace: Workspace) -> None:
    """A letter that only confirms a call does not replace what the user noted."""
    workspace.facts.change(SLUG, {"outcome": {"told": "called"}})
    record(workspace, message=workspace.home / "their-answer.eml")
    assert workspace.facts.load(SLUG).outcome.told is Told.CALLED


def _asked(workspace: Workspace) -> set[str]:
    return {question.key for question in open_questions(workspace.facts.load(SLUG), Kind.REJECTION_THANKS)}


def test_a_draft_of_what_was_done_by_hand_is_not_offered_for_approval(workspace: Workspace) -> None:
    """Whoever has written the answer themselves is told once, to cancel the draft, and not to approve it as well."""
    (number,) = drafts(workspace)
    later(workspace, 1)
    log_touch(workspace, Done(SLUG, "email", kind="rejection_thanks"))
    commands = [one.command for one in list_headlines(workspace, look_at_today(workspace))]
    assert [command for command in commands if str(number) in command] == [f"outbox cancel {number}"]
