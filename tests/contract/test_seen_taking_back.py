"""What every store promises about what the user says of seen mail: on record, taken back whole, and done again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from changing import replace
from outbox_samples import ACCEPTED, NOW, attempt, make_new
from seen_samples import make_absence, make_report, make_seen, make_understood

from followup_mail.errors import FactsError
from followup_mail.incoming.understood import Understanding
from followup_mail.outbox.entry import State
from followup_mail.outbox.moving import Moving
from followup_mail.outbox.recorded import StoreRecord
from followup_mail.outbox.seen_mail import SeenState
from followup_mail.outbox.store import Store

LATER = NOW + timedelta(minutes=1)
NOTHING = make_understood(Understanding.NOTHING, applications=())


@dataclass
class Notebook:
    """A record that keeps what it is told."""

    step: StoreRecord = field(default_factory=StoreRecord)

    def __call__(self, told: StoreRecord) -> None:
        self.step = self.step.followed_by(told)


@pytest.fixture
def filled(store: Store) -> Store:
    """Two mails that were sent, of which the first came back; two that an answer holds; and an absence for two."""
    store.add([make_new(1), make_new(2)], NOW)
    attempt(store, ACCEPTED)
    attempt(store, ACCEPTED)
    store.add([make_new(3), make_new(4, "acme")], NOW)
    store.keep_seen(
        [make_seen(1), make_report(1), make_absence(date(2026, 12, 1), applications=("acme", "b"))], None, NOW
    )
    return store


def correct_to_report(store: Store) -> None:
    report = replace(make_report(2).mail, applications=("lumen",))
    store.correct_seen(3, report, NOW)


STEPS: dict[str, Callable[[Store], object]] = {
    "an answer is nothing": lambda store: store.correct_seen(1, NOTHING, NOW),
    "a report is nothing": lambda store: store.correct_seen(2, NOTHING, NOW),
    "an absence is an answer": lambda store: store.correct_seen(3, make_understood(applications=("acme",)), NOW),
    "an absence is a report": correct_to_report,
    "an answer is dismissed": lambda store: store.settle_seen(1, SeenState.DISMISSED, NOW),
    "an answer is accepted": lambda store: store.settle_seen(1, SeenState.ACCEPTED, NOW),
    "mails are forgotten": lambda store: store.forget_seen([1, 3]),
    "renamed": lambda store: store.move(Moving("new-name", ("lumen",)), NOW),
    "merged": lambda store: store.move(Moving("acme", ("acme", "lumen")), NOW),
}


def look(store: Store, *, with_history: bool = False) -> object:
    kept = [(one.entry, one.content, one.transitions if with_history else ()) for one in store.export()]
    return kept, store.seen()


def do(store: Store, act: Callable[[Store], object]) -> StoreRecord:
    notebook = Notebook()
    store.record = notebook
    act(store)
    store.record = None
    return notebook.step


@pytest.mark.parametrize("step", sorted(STEPS))
def test_a_step_is_taken_back_and_done_again(filled: Store, second: Store, step: str) -> None:
    """Seen mail and entries as before it; again as after it; a second time changes nothing; a look changes nothing."""
    before = look(filled)
    done = do(filled, STEPS[step])
    after = look(filled)
    assert before != after
    filled.take_back(done, LATER, "undo", only_look=True)
    assert look(second) == after
    for _ in range(2):
        filled.take_back(done, LATER, "undo")
        assert look(second) == before
    for _ in range(2):
        filled.take_back(done, LATER, "redo", again=True)
        assert look(second) == after
    assert filled.verify() == ()


@pytest.mark.parametrize("step", sorted(STEPS))
def test_a_step_that_cannot_be_recorded_is_not_done(filled: Store, step: str) -> None:
    """The record comes before the commit: where it cannot be written, nothing changes."""

    def refuse(_: StoreRecord) -> None:
        raise FactsError("the disk is full")

    before = look(filled, with_history=True)
    filled.record = refuse
    with pytest.raises(FactsError):
        STEPS[step](filled)
    assert look(filled, with_history=True) == before


def test_a_look_is_on_no_record(filled: Store) -> None:
    """What a look at the mailbox keeps, or records in the facts, is no step of the user's."""
    filled.record = notebook = Notebook()
    filled.keep_seen([make_seen(9)], None, NOW)
    filled.settle_seen(1, SeenState.RECORDED, NOW)
    filled.note_look("jordan@home.example", NOW)
    assert notebook.step == StoreRecord()


def test_an_application_comes_back_with_its_mail(filled: Store) -> None:
    """Forgotten and brought back: its own mail and its share in others', with the same numbers."""
    before = look(filled, with_history=True)
    for application in ("acme", "lumen"):
        done = do(filled, lambda store, name=application: store.forget(name))  # type: ignore[misc]
        assert filled.seen(application) == ()
        for _ in range(2):
            filled.take_back(done, LATER, "undo")
        assert look(filled, with_history=True) == before


def test_what_was_settled_since_stays(filled: Store) -> None:
    """Only what the step changed goes back: that the facts know of the answer by now stays so."""
    done = do(filled, lambda store: store.correct_seen(1, replace(store.get_seen(1).mail, first_line="Hello"), NOW))
    filled.settle_seen(1, SeenState.RECORDED, NOW)
    filled.take_back(done, LATER, "undo")
    seen = filled.get_seen(1)
    assert (seen.state, seen.mail.first_line, seen.was) == (SeenState.RECORDED, "Thank you for your note.", None)


def test_a_mail_that_was_seen_again_is_not_there_twice(filled: Store) -> None:
    """Forgotten, seen again under a new number, and brought back: once."""
    done = do(filled, lambda store: store.forget_seen([1]))
    filled.keep_seen([make_seen(1)], None, LATER)
    filled.take_back(done, LATER, "undo")
    assert [seen.id for seen in filled.seen()].count(1) == 0
    assert len(filled.seen()) == 3


def test_what_left_since_stays(filled: Store) -> None:
    """The answer was none, so the mail went; taking the correction back does not call it back."""
    done = do(filled, lambda store: store.correct_seen(1, NOTHING, NOW))
    attempt(filled, ACCEPTED)
    assert filled.get(3).state is State.SENT
    backs = {back.was.id: back.why_not for back in filled.take_back(done, LATER, "undo")}
    assert backs[3] == "has been sent and stays"
    assert filled.get_seen(1).mail.understanding is Understanding.ANSWER


def test_what_was_written_anew_keeps_the_step(filled: Store) -> None:
    """A report is taken back after the mail was written anew: the step is taken, and taken once."""
    done = do(filled, lambda store: store.correct_seen(2, NOTHING, NOW))
    assert filled.get(1).state is State.SENT
    filled.take_back(done, LATER, "undo")
    filled.add([make_new(1)], LATER)
    (back, *_) = filled.take_back(done, LATER, "redo", again=True)
    assert back.why_not == "has changed since, and stays cancelled"
    assert filled.verify() == ()


def test_the_history_says_who_turned_it(filled: Store) -> None:
    """A line of its own for the report, for the user's word, and for taking that back."""
    done = do(filled, lambda store: store.correct_seen(2, NOTHING, NOW))
    filled.take_back(done, LATER, "undo of inbox")
    lines = [(move.cause, move.after, move.detail) for move in filled.transitions(1)][-3:]
    assert [(str(cause), str(after), detail) for cause, after, detail in lines] == [
        ("came back", "failed", "m2"),
        ("did not come back", "sent", "m2"),
        ("came back", "failed", "undo of inbox"),
    ]
