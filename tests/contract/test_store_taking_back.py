"""What every store promises about steps of the user's: on record before they are committed, and taken back whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from outbox_samples import ACCEPTED, NOW, WORKER, go, make_mail, make_new, make_step, make_timing

from followup_mail.cadence.step import Touch
from followup_mail.errors import FactsError, RefusedError
from followup_mail.facts.channels import Channel
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import Rewording, State
from followup_mail.outbox.moving import Moving
from followup_mail.outbox.recorded import StoreRecord
from followup_mail.outbox.retry import decide
from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Cause

LATER = NOW + timedelta(minutes=1)
CALL = Touch(make_step(9), Channel.PHONE, NOW, True, "they were kind")


@dataclass
class Notebook:
    """A record that keeps what it is told."""

    step: StoreRecord = field(default_factory=StoreRecord)

    def __call__(self, told: StoreRecord) -> None:
        self.step = self.step.followed_by(told)


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with three queued mails, of which nothing is on record."""
    store.add([make_new(number) for number in (1, 2, 3)], NOW)
    return store


def _edit(store: Store) -> None:
    store.edit(1, Rewording(make_mail(1, subject="Better", content=b"better"), store.get(1).content_sha256), NOW)


STEPS: dict[str, Callable[[Store], object]] = {
    "cancel all": lambda store: store.cancel_all("lumen", NOW, "outcome: rejected"),
    "cancel": lambda store: store.cancel(2, NOW),
    "hold": lambda store: store.hold("lumen", NOW, "they replied"),
    "reschedule": lambda store: store.reschedule(1, make_timing(timedelta(days=1)), NOW),
    "edit": _edit,
    "call": lambda store: store.log_touch(CALL),
    "forget": lambda store: store.forget("lumen"),
}


def _seen(store: Store, *, with_history: bool = False) -> object:
    kept = [(one.entry, one.content, one.transitions if with_history else ()) for one in store.export()]
    return kept, store.touches()


def _do(store: Store, step: str) -> StoreRecord:
    notebook = Notebook()
    store.record = notebook
    STEPS[step](store)
    store.record = None
    return notebook.step


@pytest.mark.parametrize("step", sorted(STEPS))
def test_a_step_is_taken_back_and_done_again(filled: Store, second: Store, step: str) -> None:
    """As before it, bytes and all; again as after it; a second time changes nothing; a look changes nothing."""
    before = _seen(filled)
    done = _do(filled, step)
    after = _seen(filled)
    assert before != after
    filled.take_back(done, LATER, "undo", only_look=True)
    assert _seen(second) == after
    for _ in range(2):
        filled.take_back(done, LATER, "undo")
        assert _seen(second) == before
    for _ in range(2):
        filled.take_back(done, LATER, "redo", again=True)
        assert _seen(second) == after
    assert filled.verify() == ()


def test_what_was_forgotten_is_back_with_its_history(filled: Store) -> None:
    """Every number, byte and line of history is the same, and numbers are never given out twice."""
    filled.cancel(2, NOW, "they called")
    filled.log_touch(CALL)
    before = _seen(filled, with_history=True)
    done = _do(filled, "forget")
    assert filled.entries() == ()
    filled.take_back(done, LATER, "undo")
    assert _seen(filled, with_history=True) == before
    assert filled.add([make_new(7)], LATER)[0].id == 4


def test_what_was_forgotten_is_not_put_beside_what_took_its_steps(filled: Store) -> None:
    """Two mails for one step are refused in a sentence that names the later one, and nothing is changed."""
    done = _do(filled, "forget")
    filled.add([make_new(2)], LATER)
    before = _seen(filled, with_history=True)
    for only_look in (True, False):
        with pytest.raises(RefusedError, match=r"lumen cannot be brought back: .* #4, queued") as refused:
            filled.take_back(done, LATER, "undo", only_look=only_look)
        assert "change lumen --rename" in refused.value.fix
    assert _seen(filled, with_history=True) == before


def test_what_was_forgotten_comes_back_beside_other_lines_of_history(filled: Store) -> None:
    """The numbers of its lines of history may belong to others by now, as they do after a way through an office."""
    before = [(one.content, one.transitions) for one in filled.export()]
    done = _do(filled, "forget")
    if isinstance(filled, SqliteStore):
        filled._write("DELETE FROM sqlite_sequence WHERE name = 'moves'")
    filled.add([make_new(7)], LATER)
    filled.cancel(4, LATER)
    filled.take_back(done, LATER, "undo")
    assert [(one.content, one.transitions) for one in filled.export()][:3] == before


def test_a_move_is_not_taken_back_onto_a_step_that_is_taken(filled: Store) -> None:
    """The mail stays where it is, with the reason."""
    filled.record = notebook = Notebook()
    filled.move(Moving("acme", ("lumen",)), NOW)
    filled.record = None
    filled.add([make_new(2)], LATER)
    done = {back.was.id: back for back in filled.take_back(notebook.step, LATER, "undo")}
    assert done[2].why_not == "stays where it is, since #4 has taken its step"
    assert {filled.get(number).step.application for number in (1, 3, 4)} == {"lumen"}


def test_a_step_that_cannot_be_recorded_is_not_done(filled: Store) -> None:
    """The record comes before the commit: where it cannot be written, nothing changes."""

    def refuse(_: StoreRecord) -> None:
        raise FactsError("the disk is full")

    before = _seen(filled, with_history=True)
    filled.record = refuse
    for step in sorted(set(STEPS) - {"call"}):
        with pytest.raises(FactsError):
            STEPS[step](filled)
        assert _seen(filled, with_history=True) == before


def test_what_a_worker_does_is_on_no_record(filled: Store) -> None:
    """A claim, an intent and an answer are no steps of the user's."""
    filled.record = notebook = Notebook()
    claim = filled.claim(WORKER, go, NOW)
    assert isinstance(claim, Claim)
    filled.record_intent(claim, NOW)
    filled.settle(claim, decide(claim.entry, ACCEPTED, NOW, 0.5), NOW)
    filled.recover(NOW)
    assert notebook.step == StoreRecord()


def test_a_mail_that_was_sent_meanwhile_stays(filled: Store) -> None:
    """Of three that a step had moved, one has been sent: it stays, and the others go back."""
    done = _do(filled, "reschedule")
    filled.reschedule(1, make_timing(), NOW)
    claim = filled.claim(WORKER, go, NOW, only=[1])
    assert isinstance(claim, Claim)
    filled.record_intent(claim, NOW)
    filled.settle(claim, decide(claim.entry, ACCEPTED, NOW, 0.5), NOW)
    (back,) = filled.take_back(done, LATER, "undo")
    assert (back.change, back.why_not) == (None, "has been sent and stays")
    assert filled.get(1).state is State.SENT


def test_a_cancelled_mail_that_had_begun_to_leave_stays_cancelled(filled: Store) -> None:
    """After an intent somebody may have it: it does not come out of cancelled, whatever is taken back."""
    claim = filled.claim(WORKER, go, NOW)
    assert isinstance(claim, Claim)
    filled.record_intent(claim, NOW)
    filled.recover(NOW + timedelta(hours=1))
    filled.resolve(claim.entry.id, False, NOW)
    done = _do(filled, "cancel all")
    backs = {back.was.id: back for back in filled.take_back(done, LATER, "undo")}
    assert "had begun to leave once" in backs[claim.entry.id].why_not
    assert filled.get(claim.entry.id).state is State.CANCELLED
    assert {filled.get(number).state for number in (1, 2, 3) if number != claim.entry.id} == {State.QUEUED}


def test_a_taken_step_keeps_the_older_mail_cancelled(filled: Store) -> None:
    """Who queued the step anew has that mail, not two."""
    done = _do(filled, "cancel")
    filled.add([make_new(2)], NOW)
    (back,) = filled.take_back(done, LATER, "undo")
    assert "#4 has taken its step" in back.why_not
    assert filled.get(2).state is State.CANCELLED


def test_the_history_says_what_was_taken_back(filled: Store) -> None:
    """A line of its own, with the step's name: nothing of the history is undone."""
    done = _do(filled, "cancel")
    filled.take_back(done, LATER, "undo of outbox cancel 2")
    last = filled.transitions(2)[-1]
    assert (last.cause, last.before, last.after) == (Cause.RESTORED, State.CANCELLED, State.QUEUED)
    assert last.detail == "undo of outbox cancel 2"
    with pytest.raises(RefusedError):
        filled.approve(2, NOW)
