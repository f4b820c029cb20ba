"""The rules by which an entry changes: pure functions, tried in every state, with every wish, answer and ruling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from changing import replace
from hypothesis import given
from hypothesis import strategies as st
from outbox_samples import (
    ACCEPTED,
    FILED,
    GREYLISTED,
    LINK_LOST,
    NO_SUCH_USER,
    NOW,
    OFFLINE,
    RELEASED,
    WORKER,
    FakeContext,
    go,
    make_content,
    make_entry,
    make_mail,
    make_timing,
)

from followup_mail.errors import RefusedError
from followup_mail.message.message import fingerprint
from followup_mail.outbox import user_changes, worker_changes
from followup_mail.outbox.change import Change
from followup_mail.outbox.claim import Claim, LeaseLostError, StoppedError
from followup_mail.outbox.editors import Editing
from followup_mail.outbox.entry import FOLDER, OPEN_IN_EDITOR, Entry, Rewording, State
from followup_mail.outbox.pre_send_check import GO, Action, Ruling
from followup_mail.outbox.retry import Pause, decide
from followup_mail.outbox.transitions import Cause, is_allowed, state_after

LATER = NOW + timedelta(hours=1)
JORDAN = "jordan@home.example"
Decide = Callable[[Entry], Change | Pause | None]


def _in_state(state: State, **changes: Any) -> Entry:
    """Return an entry as a store could hold it in this state."""
    given: dict[str, Any] = {"attempts": 1, "claims": 1, "claimed_at": NOW, "claimed_by": WORKER.name}
    if state is State.SENDING:
        given |= {"lease_until": NOW + WORKER.lease, "handed_at": NOW}
    if state in {State.UNCLEAR, State.SENT}:
        given |= {"intent_at": NOW, "handed_at": NOW}
    given |= {"sent_at": NOW} if state is State.SENT else {}
    given |= {"filed_at": NOW, "account": FOLDER} if state is State.IN_FOLDER else {}
    content = make_content(1)
    return replace(make_entry(state), content_sha256=fingerprint(content), **(given | changes))


ENTRIES = st.builds(
    lambda state, held, intended, cancelled, tried: _in_state(
        state,
        held=held if state in {State.DRAFT, State.QUEUED, State.SENDING, State.FAILED} else "",
        **({"cancel_asked": "they called"} if cancelled and state in {State.SENDING, State.UNCLEAR} else {}),
        **({"intent_at": NOW} if intended and state is State.SENDING else {}),
        **({"next_attempt_at": LATER} if tried and state is State.QUEUED else {}),
    ),
    st.sampled_from(State),
    st.sampled_from(["", "they replied", OPEN_IN_EDITOR]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
OUTCOMES = [ACCEPTED, FILED, GREYLISTED, OFFLINE, NO_SUCH_USER, LINK_LOST]
REWORDED = Rewording(make_mail(subject="Better", content=b"better"), fingerprint(make_content(1)))
WISHES: dict[str, Decide] = {
    "approve": lambda entry: user_changes.approve(entry, NOW),
    "cancel": lambda entry: user_changes.cancel(entry, "they called"),
    "hold": lambda entry: user_changes.hold(entry, "wait"),
    "hold in editor": lambda entry: user_changes.hold_in_editor(entry, "a:1:x", None),
    "resume": user_changes.resume,
    "reschedule": lambda entry: user_changes.reschedule(entry, make_timing(timedelta(days=1))),
    "edit": lambda entry: user_changes.edit(entry, REWORDED, []),
    "rewrite": lambda entry: user_changes.rewrite(entry, REWORDED, [], make_timing(timedelta(days=1))),
    "retry": lambda entry: user_changes.retry(entry, JORDAN, LATER),
    "said sent": lambda entry: user_changes.resolve(entry, True, "", LATER),
    "said resend": lambda entry: user_changes.resolve(entry, False, "", LATER),
}


def _claim_of(entry: Entry, latest: bool = True) -> Claim:
    return Claim(entry if latest else replace(entry, claims=entry.claims - 1))


WORK: dict[str, Decide] = {
    **{
        f"settle {outcome.verdict} {outcome.phase} {late}": lambda entry, outcome=outcome, late=late: (
            worker_changes.settle(entry, _claim_of(entry, not late), decide(entry, outcome, LATER, 0.5), LATER)
        )
        for outcome in OUTCOMES
        for late in (False, True)
    },
    "record intent": lambda entry: worker_changes.record_intent(entry, _claim_of(entry), LATER),
}
CLAIMS: dict[str, Decide] = {
    str(action): lambda entry, action=action: worker_changes.claim(entry, Ruling(action, "why"), WORKER, LATER)
    for action in Action
}


def _check_invariants(entry: Entry) -> None:
    """What the database forbids too: see the CHECKs of its schema."""
    assert (entry.state is State.SENT) == (entry.sent_at is not None)
    assert (entry.state is State.IN_FOLDER) == (entry.filed_at is not None)
    assert entry.state is not State.SENDING or (entry.lease_until and entry.claimed_by)
    assert entry.state in {State.SENDING, State.UNCLEAR} or not entry.cancel_asked


def _check(change: Change | Pause | None, entry: Entry) -> None:
    if not isinstance(change, Change):
        return
    assert change.before is entry
    assert is_allowed(entry.state, change.cause)
    assert change.after.state is state_after(entry.state, change.cause)
    assert (change.after.id, change.after.step, change.after.created_at) == (entry.id, entry.step, entry.created_at)
    assert change.after.claims >= entry.claims
    _check_invariants(change.after)


def _try(decide_on: Decide, entry: Entry) -> tuple[Change | Pause | None, RefusedError | None]:
    try:
        return decide_on(entry), None
    except RefusedError as error:
        return None, error


@given(ENTRIES, st.sampled_from(sorted(WISHES)))
def test_a_wish_is_in_the_table_or_refused(entry: Entry, wish: str) -> None:
    """In every state each wish leads where the table of transitions says, or is refused in a sentence."""
    _check_invariants(entry)
    change, refusal = _try(WISHES[wish], entry)
    _check(change, entry)
    assert refusal is None or entry.label in refusal.sentence


@given(ENTRIES, st.sampled_from(sorted(WORK)))
def test_what_a_worker_does_is_in_the_table_or_refused(entry: Entry, work: str) -> None:
    """An answer, early or late, leads where the table says; an intent is recorded or refused."""
    change, refusal = _try(WORK[work], entry)
    _check(change, entry)
    assert refusal is None or (isinstance(refusal, LeaseLostError | StoppedError) and entry.label in refusal.sentence)


@given(ENTRIES, st.sampled_from(sorted({**WISHES, **WORK})))
def test_nothing_leads_out_of_sent(entry: Entry, job: str) -> None:
    """Whatever is wished or answered: what was sent stays sent, at the moment at which it was sent."""
    sent = _in_state(State.SENT, claims=entry.claims)
    try:
        change = {**WISHES, **WORK}[job](sent)
    except RefusedError:
        return
    assert isinstance(change, Change | None)
    assert change is None or (change.after.state, change.after.sent_at) == (State.SENT, NOW)


@given(ENTRIES)
def test_only_a_claim_leads_into_sending(entry: Entry) -> None:
    """No wish and no answer lets an entry leave: only a worker that takes it from the queue does."""
    for job, decide_on in {**WISHES, **WORK}.items():
        try:
            change = decide_on(entry)
        except RefusedError:
            continue
        if entry.state is not State.SENDING and isinstance(change, Change):
            assert change.after.state is not State.SENDING, job


@pytest.mark.parametrize("action", sorted(CLAIMS))
def test_a_ruling_is_carried_out(action: str) -> None:
    """Only "go" claims; everything else keeps the mail back, and says why."""
    entry = _in_state(State.QUEUED)
    change = CLAIMS[action](entry)
    _check(change, entry)
    if isinstance(change, Pause):
        assert (action, change.reason) == (Action.PAUSE, "why")
        return
    assert change is not None
    assert (change.after.state is State.SENDING) == (action == Action.GO)
    assert action == Action.GO or "why" in {change.after.reason, change.after.held}


def test_a_claim_is_the_latest_by_its_count() -> None:
    """Each claim has a number of its own, so an older one is known by it, also when the same worker made both."""
    first = worker_changes.claim(_in_state(State.QUEUED), GO, WORKER, NOW)
    assert isinstance(first, Change)
    again = worker_changes.claim(replace(first.after, state=State.QUEUED), GO, WORKER, LATER)
    assert isinstance(again, Change)
    with pytest.raises(LeaseLostError):
        worker_changes.record_intent(again.after, Claim(first.after), LATER)
    assert worker_changes.record_intent(again.after, Claim(again.after), LATER).after.intent_at == LATER


@given(ENTRIES.filter(lambda entry: entry.state is State.SENDING))
def test_a_stopped_or_intended_entry_gets_no_intent(entry: Entry) -> None:
    """Held, to be cancelled, or already about to leave: nothing is sent by this claim."""
    may = not (entry.held or entry.cancel_asked or entry.intent_at)
    try:
        change = worker_changes.record_intent(entry, _claim_of(entry), LATER)
    except (LeaseLostError, StoppedError):
        assert not may
    else:
        assert may
        assert change.after.intent_at == LATER


@given(ENTRIES.filter(lambda entry: entry.state is State.SENDING))
def test_what_a_dead_worker_held_is_freed_by_its_intent(entry: Entry) -> None:
    """Without an intent nothing left: queued, or cancelled as wished. With one nobody knows: unclear."""
    change = worker_changes.free(entry)
    _check(change, entry)
    calm = State.CANCELLED if entry.cancel_asked else State.QUEUED
    assert change.after.state is (State.UNCLEAR if entry.intent_at else calm)


@given(ENTRIES.filter(lambda entry: entry.state is State.SENDING))
def test_what_was_certainly_not_sent_counts_towards_no_limit(entry: Entry) -> None:
    """A refusal, a delay or a released claim leaves neither an intent nor a moment at which it was handed over."""
    for settlement in (decide(entry, GREYLISTED, LATER, 0.5), decide(entry, NO_SUCH_USER, LATER, 0.5), RELEASED):
        after = worker_changes.settle(entry, _claim_of(entry), settlement, LATER).after
        assert (after.intent_at, after.handed_at, after.lease_until) == (None, None, None)


@pytest.mark.parametrize("content", [None, b"other bytes"])
def test_other_bytes_than_those_stored_are_blocked_unchecked(content: bytes | None) -> None:
    """Bytes that a disk changed do not leave, whatever the check would say."""
    ruling = worker_changes.rule(_in_state(State.QUEUED), content, go, FakeContext(), NOW)
    assert ruling.action is Action.BLOCK
    assert "outbox cancel 12" in ruling.fix


def test_an_editor_does_not_take_over_from_a_living_one() -> None:
    """Open in an editor that is still there: refused; gone: taken over; held for another reason: left alone."""
    held = _in_state(State.QUEUED, held=OPEN_IN_EDITOR)
    with pytest.raises(RefusedError, match=r"open in another editor \(process 7\)"):
        user_changes.hold_in_editor(held, "b:2:y", Editing("a:7:x", NOW))
    taken = user_changes.hold_in_editor(held, "b:2:y", None)
    assert taken is not None
    assert taken.detail.endswith("b:2:y")
    assert user_changes.hold_in_editor(replace(held, held="they replied"), "b:2:y", None) is None


@pytest.mark.parametrize(("causes", "same_id", "refused"), [((Cause.INTENDED,), True, True), ((), True, False)])
def test_new_words_need_a_new_id_once_it_may_have_left(causes: tuple[Cause, ...], same_id: bool, refused: bool) -> None:
    """Whether the old words may be known by this Message-ID is told by the history alone."""
    entry = _in_state(State.QUEUED)
    assert (entry.message.message_id == REWORDED.message.message_id) is same_id
    if refused:
        with pytest.raises(RefusedError, match="may have been sent out"):
            user_changes.edit(entry, REWORDED, causes)
    else:
        assert user_changes.edit(entry, REWORDED, causes).content == b"better"


def test_a_change_takes_a_step_only_from_outside() -> None:
    """A failed entry that goes back into the queue takes its step again; a queued one already has it."""
    failed = _in_state(State.FAILED)
    assert user_changes.retry(failed, JORDAN, NOW).takes_step
    assert not user_changes.reschedule(_in_state(State.QUEUED), make_timing()).takes_step
    assert not user_changes.cancel(failed, "why").takes_step


@pytest.mark.parametrize("earlier", [None, NOW, LATER])
def test_a_pause_without_an_end_outlasts_every_other(earlier: object) -> None:
    """A pause that waits for the user is longer than any that ends by itself, and not longer than another such one."""
    other = Pause("a@b", "why", earlier)  # type: ignore[arg-type]
    assert Pause("a@b", "why").outlasts(other) is (earlier is not None)
    assert not other.outlasts(Pause("a@b", "why"))
    assert not other.outlasts(other)
