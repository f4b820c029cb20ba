"""What taking a step back refuses: a step that another command took back, and one of which nothing can go back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from changing import replace
from outbox_samples import ACCEPTED, NOW, WORKER, go, make_new

from followup_mail.cadence.step import Kind, Touch
from followup_mail.cli.views.show_undo import UndoWish, undo_and_show
from followup_mail.errors import RefusedError
from followup_mail.facts.channels import Channel
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.retry import decide
from followup_mail.outbox.store import Store
from followup_mail.services.overview.demo import Clock, make_demo_workspace
from followup_mail.services.queueing.change_entry import approve, resolve
from followup_mail.services.queueing.grace import GRACE
from followup_mail.services.undo.undo_step import list_steps, look_back, take_step_back
from followup_mail.services.undo.undo_words import say_what
from followup_mail.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two steps: two mails that were queued, and one of them held."""
    workspace = make_demo_workspace(tmp_path, Clock(NOW))
    for command in ("queue lumen", "pause lumen"):
        acting = Workspace(workspace.loaded, workspace.clock, command=command)
        if command.startswith("queue"):
            acting.store.add([make_new(1), make_new(2)], NOW)
        else:
            acting.store.hold_entry(2, NOW, "paused")
        acting.close()
    return workspace


def send(store: Store, number: int) -> None:
    claim = store.claim(WORKER, go, NOW, only=[number])
    assert isinstance(claim, Claim)
    store.record_intent(claim, NOW)
    store.settle(claim, decide(claim.entry, ACCEPTED, NOW, 0.5), NOW)


def test_what_is_approved_leaves_a_minute_later(workspace: Workspace) -> None:
    """As long as for a mail that is queued for now there is time to take it back."""
    number = workspace.store.add([replace(make_new(4), state=State.DRAFT)], NOW)[0].id
    acting = Workspace(workspace.loaded, workspace.clock, command=f"outbox approve {number}")
    change = approve(acting, number)
    assert isinstance(change.entry, Entry)
    assert change.entry.ready_at >= NOW + GRACE
    undo_and_show(workspace, UndoWish(None, False, False, True), json=False)
    assert workspace.store.get(number).state is State.DRAFT


def test_what_is_sent_again_leaves_a_minute_later(workspace: Workspace) -> None:
    """A mail that nobody knows of is unclear again within that minute, by one command."""
    claim = workspace.store.claim(WORKER, go, NOW, only=[1])
    assert isinstance(claim, Claim)
    workspace.store.record_intent(claim, NOW)
    workspace.store.recover(NOW + timedelta(days=1))
    unclear = workspace.store.get(1)
    assert unclear.state is State.UNCLEAR
    acting = Workspace(workspace.loaded, workspace.clock, command="outbox resolve 1")
    change = resolve(acting, 1, was_sent=False)
    assert isinstance(change.entry, Entry)
    assert (change.entry.state, change.entry.ready_at >= NOW + GRACE) == (State.QUEUED, True)
    undo_and_show(workspace, UndoWish(None, False, False, True), json=False)
    assert workspace.store.get(1) == unclear


def test_a_step_that_another_took_back_is_not_taken_back_again(workspace: Workspace) -> None:
    """Two looked at the same step: the second is told, and the step before it stays."""
    first, second = look_back(workspace), look_back(workspace)
    take_step_back(workspace, first)
    with pytest.raises(RefusedError, match=r"Step 2, `pause lumen`, was taken back by another command"):
        take_step_back(workspace, second)
    assert [bool(step.undone_at) for step in list_steps(workspace)] == [True, False]


def test_who_types_undo_while_another_undo_runs_takes_back_nothing(workspace: Workspace) -> None:
    """Both meant the last step: the second does not go on to the one before. Typed afterwards, it does."""
    take_step_back(workspace, look_back(workspace))
    with pytest.raises(RefusedError, match=r"Step 2, `pause lumen`, was taken back by another command"):
        undo_and_show(workspace, UndoWish(None, False, False, True, NOW - timedelta(milliseconds=100)), json=False)
    assert workspace.store.get(1).state is State.QUEUED
    undo_and_show(workspace, UndoWish(None, False, False, True, NOW + timedelta(milliseconds=1)), json=False)
    assert workspace.store.get(1).state is State.CANCELLED


def test_what_cannot_go_back_names_the_step_that_can(workspace: Workspace) -> None:
    """A step whose mail has left is refused each time, with the number of the latest one that is worth a try."""
    acting = Workspace(workspace.loaded, workspace.clock, command="queue lumen once more")
    acting.store.add([make_new(3)], NOW)
    acting.close()
    send(workspace.store, 3)
    with pytest.raises(RefusedError, match="Nothing of `queue lumen once more` can be taken back") as refused:
        undo_and_show(workspace, UndoWish(None, False, False, True), json=False)
    assert refused.value.fix == "Step 2, `pause lumen`, can be taken back: `followup-mail undo 2`."
    take_step_back(workspace, look_back(workspace, 2))
    for number in (1, 2):
        send(workspace.store, number)
    with pytest.raises(RefusedError) as refused:
        undo_and_show(workspace, UndoWish(None, False, False, True), json=False)
    assert refused.value.fix.startswith("Nor can any other step.")


def test_what_comes_back_to_whom_the_no_was_answered_is_held(workspace: Workspace) -> None:
    """A mail to somebody who got the answer to a no does not leave by an undo alone; done again, it is cancelled."""
    acting = Workspace(workspace.loaded, workspace.clock, command="rejected lumen")
    acting.store.cancel_all("lumen", NOW, "outcome: rejected")
    acting.close()
    step = replace(make_new(1).step, kind=Kind.REJECTION_THANKS)
    workspace.store.log_touch(Touch(step, Channel.EMAIL, NOW + timedelta(hours=1)))
    back = look_back(workspace)
    why = f"the answer to the no was sent to {make_new(1).message.to.name} on Wed 18 Nov"
    (line,) = [said for said in say_what(workspace, back) if said.startswith("#1")]
    assert f"is queued again, but held: {why}; `followup-mail resume lumen` lets it go" in line
    take_step_back(workspace, back)
    held = [(entry.state, entry.held) for entry in workspace.store.entries()]
    assert held == [(State.QUEUED, why), (State.QUEUED, "paused")]
    take_step_back(workspace, look_back(workspace, again=True))
    assert {(entry.state, entry.held) for entry in workspace.store.entries()} == {(State.CANCELLED, "")}


def test_a_clock_that_is_set_back_keeps_the_order_of_what_was_taken_back(tmp_path: Path) -> None:
    """The step taken back last is done again first, and nothing is refused for a moment that is still to come."""
    clock = Clock(NOW)
    workspace = make_demo_workspace(tmp_path, clock)
    for number in (1, 2):
        acting = Workspace(workspace.loaded, workspace.clock, command=f"queue lumen {number}")
        acting.store.add([make_new(number)], NOW)
        acting.close()
    second, first = list_steps(workspace)
    take_step_back(workspace, look_back(workspace))
    clock.shows = NOW - timedelta(hours=1)
    undo_and_show(workspace, UndoWish(None, False, False, True, clock.shows), json=False)
    assert all(step.undone_at for step in list_steps(workspace))
    assert look_back(workspace, again=True).operation.number == first.number
    take_step_back(workspace, look_back(workspace, again=True))
    assert look_back(workspace, again=True).operation.number == second.number


def test_what_cannot_go_back_is_not_announced(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A mail that has left is said to have left; nothing says before that it is being taken back."""
    acting = Workspace(workspace.loaded, workspace.clock, command="send lumen")
    number = acting.store.add([make_new(7)], NOW)[0].id
    acting.close()
    send(workspace.store, number)
    with pytest.raises(RefusedError, match="Nothing of `send lumen` can be taken back"):
        undo_and_show(workspace, UndoWish(None, False, False, True), json=False)
    assert "This takes back" not in capsys.readouterr().out
