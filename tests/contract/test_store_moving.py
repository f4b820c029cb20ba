"""Entries and touches that follow their application: to another short name, or into another application."""

from __future__ import annotations

from datetime import timedelta

import pytest
from changing import replace
from outbox_samples import NOW, bring_into, make_new, make_step

from followup_mail.cadence.step import Kind, StepId, Touch
from followup_mail.errors import RefusedError
from followup_mail.facts.channels import Channel
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.moving import Moving
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Cause

OLD = make_step().application
CAN_MOVE = [state for state in State if state is not State.SENDING]


def add(store: Store, step: StepId) -> Entry:
    return store.add([replace(make_new(), step=step)], NOW)[0]


@pytest.mark.parametrize("state", CAN_MOVE)
def test_an_entry_follows_in_every_state(store: Store, second: Store, state: State) -> None:
    """Renamed, a mail keeps its state, bytes, Message-ID and history, with one line more."""
    before = bring_into(store, state)
    history, content = store.transitions(before.id), store.content(before.id)
    assert store.move(Moving("new-name", (OLD,)), NOW) == ()
    after = second.get(before.id)
    assert after == replace(before, step=replace(before.step, application="new-name"))
    assert second.content(before.id) == content
    *former, last = second.transitions(before.id)
    assert (tuple(former), last.cause, last.before, last.after) == (history, Cause.MOVED, state, state)
    assert str(before.step) in last.detail
    assert second.applications() == ("new-name",)


def test_a_step_stays_taken_under_the_new_name(store: Store) -> None:
    """What was sent under the old name is never queued again under the new one."""
    sent = bring_into(store, State.SENT)
    store.move(Moving("new-name", (OLD,)), NOW)
    with pytest.raises(RefusedError, match="already there"):
        add(store, replace(sent.step, application="new-name"))


def test_nothing_moves_while_a_mail_is_being_sent(store: Store) -> None:
    """A rename in the middle of an attempt is refused, whole."""
    sending = bring_into(store, State.SENDING)
    with pytest.raises(RefusedError, match="being sent"):
        store.move(Moving("new-name", (OLD,)), NOW)
    assert store.get(sending.id).step == sending.step


def test_touches_follow(store: Store) -> None:
    """A call that was logged counts under the new name."""
    step = StepId("old", Kind.STATUS_INQUIRY, 1, "ann-lee")
    bring_into(store, State.QUEUED)
    store.log_touch(Touch(step, Channel.PHONE, NOW))
    store.move(Moving("new", ("old",)), NOW)
    assert store.touches("old") == ()
    assert [touch.step for touch in store.touches("new")] == [replace(step, application="new")]


def test_two_applications_become_one_and_both_count(store: Store) -> None:
    """The same step sent in both counts twice; queued in one and sent in the other, it is cancelled."""
    sent = bring_into(store, State.SENT)
    twin = add(store, replace(sent.step, application="twin"))
    cancelled = store.move(Moving(OLD, (OLD, "twin")), NOW)
    assert [entry.id for entry in cancelled] == [twin.id]
    assert store.get(twin.id).state is State.CANCELLED
    assert store.get(twin.id).step == sent.step
    assert store.get(sent.id).state is State.SENT


def test_a_call_in_both_counts_twice(store: Store) -> None:
    """A contact logged in each of two applications is two contacts in the one."""
    bring_into(store, State.QUEUED)
    steps = [StepId(name, Kind.STATUS_INQUIRY, 1, "ann-lee") for name in ("one", "two")]
    for step in steps:
        store.log_touch(Touch(step, Channel.PHONE, NOW))
    store.move(Moving("one", ("one", "two")), NOW)
    assert [touch.step.nth for touch in store.touches("one")] == [1, 2]


def test_rounds_move_up_without_meeting(store: Store) -> None:
    """Rounds 1 and 2 become 2 and 3 although there is a 2 while that is written."""
    first = add(store, StepId("one", Kind.THANK_YOU, 1, "ann-lee"))
    later = add(store, StepId("one", Kind.THANK_YOU, 2, "ann-lee"))
    for round_ in (1, 2):
        store.log_touch(Touch(StepId("one", Kind.STATUS_INQUIRY, round_, "bo"), Channel.PHONE, NOW + timedelta(round_)))
    store.move(Moving("one", ("one",), {("one", 1): 2, ("one", 2): 3}), NOW)
    assert [store.get(entry.id).step.round for entry in (first, later)] == [2, 3]
    assert [touch.step.round for touch in store.touches("one")] == [2, 3]


def test_people_get_their_other_name(store: Store) -> None:
    """Somebody who is called otherwise in the other application is the same person there."""
    entry = add(store, StepId("two", Kind.THANK_YOU, 1, "dr-ann-lee"))
    store.move(Moving("one", ("one", "two"), {}, {("two", "dr-ann-lee"): "ann-lee"}), NOW)
    assert store.get(entry.id).step == StepId("one", Kind.THANK_YOU, 1, "ann-lee")
