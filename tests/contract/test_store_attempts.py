"""What attempts and looks leave behind in an entry: every mark that is set is taken away again in its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from changing import replace
from outbox_samples import (
    ACCEPTED,
    GREYLISTED,
    LINK_LOST,
    NO_SUCH_USER,
    NOW,
    OTHER,
    WORKER,
    attempt,
    claim_one,
    go,
    make_new,
)

from followup_mail.errors import OutboxError
from followup_mail.outbox.attempt import AttemptResult
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.pre_send_check import Action, Ruling, SendContext
from followup_mail.outbox.retry import decide
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Cause, say_how_to_resolve
from followup_mail.outbox.worker_changes import CHECK_AGAIN_AFTER

LATER = NOW + timedelta(hours=1)
JORDAN, EMPLOYER = "jordan@home.example", "employer.example"
LATER_TRY = timedelta(hours=1)
ALL_DEAD: Callable[[str], bool] = lambda _: True  # noqa: E731


def settle(store: Store, claim: Claim, outcome: AttemptResult) -> Entry:
    return store.settle(claim, decide(claim.entry, outcome, NOW, 0.5), NOW)


def test_what_was_put_off_waits_for_its_next_try(store: Store) -> None:
    """A server that says later is left alone until then, and nothing of the attempt that failed stays behind."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    store.record_intent(claim, NOW)
    decided = decide(claim.entry, GREYLISTED, NOW, 0.5)
    entry = store.settle(claim, decided, NOW)
    assert decided.next_attempt_at is not None
    assert (entry.next_attempt_at, entry.intent_at, entry.lease_until) == (decided.next_attempt_at, None, None)
    assert store.next_due_at(NOW) == decided.next_attempt_at
    assert store.claim(WORKER, go, decided.next_attempt_at - timedelta(microseconds=1)) is None
    again = claim_one(store, OTHER, decided.next_attempt_at)
    assert (again.entry.reason, again.entry.fix, again.entry.state) == ("", "", State.SENDING)
    assert store.transitions(1)[-1].detail == OTHER.name


@pytest.mark.parametrize("outcome", [NO_SUCH_USER, replace(GREYLISTED, fix="Wait."), LINK_LOST])
def test_what_to_do_is_kept_with_what_happened(store: Store, outcome: AttemptResult) -> None:
    """The advice of a decision is stored beside its words."""
    store.add([make_new(1)], NOW)
    fix = attempt(store, outcome).fix
    assert fix == (outcome.fix or say_how_to_resolve(1))


def test_an_intent_begins_the_lease_anew(store: Store) -> None:
    """A worker that was slow to connect is not taken for dead in the middle of the body."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    slow = NOW + WORKER.lease - timedelta(seconds=1)
    store.record_intent(claim, slow)
    assert store.get(1).lease_until == slow + WORKER.lease
    assert store.recover(slow + WORKER.lease - timedelta(seconds=1)) == ()
    assert [entry.state for entry in store.recover(slow + WORKER.lease)] == [State.UNCLEAR]


@pytest.mark.parametrize("wish", ["cancel", "hold"])
def test_a_stop_that_came_too_late_leaves_no_mark_on_what_was_sent(store: Store, wish: str) -> None:
    """Cancelled or held while it was leaving, and accepted: it is sent, and asks for nothing more."""
    store.add([make_new(1)], NOW)
    attempt(store, GREYLISTED)
    claim = claim_one(store, now=LATER)
    store.record_intent(claim, LATER)
    if wish == "hold":
        store.hold("lumen", LATER, "they replied")
    else:
        store.cancel_all("lumen", LATER, "they called")
    entry = settle(store, claim, ACCEPTED)
    assert (entry.state, entry.held, entry.cancel_asked, entry.needs_user) == (State.SENT, "", "", False)
    assert (entry.next_attempt_at, entry.lease_until, entry.ready_at) == (None, None, NOW)


def test_workers_that_were_not_seen_for_a_day_are_forgotten(store: Store) -> None:
    """The list of workers names those of the last day, however many there have been."""
    store.heartbeat(WORKER, NOW)
    store.heartbeat(OTHER, NOW + timedelta(days=1))
    assert len(store.workers()) == 2
    store.heartbeat(OTHER, NOW + timedelta(days=1, seconds=1))
    assert store.workers() == ((OTHER.name, NOW + timedelta(days=1, seconds=1)),)


def test_a_look_that_fails_is_asked_again_after_a_while(store: Store) -> None:
    """What keeps failing costs a try every ten minutes, not one every second."""
    store.add([make_new(1)], NOW)
    store.claim(WORKER, lambda *_: 1 / 0, NOW)  # type: ignore[arg-type, return-value]
    assert store.get(1).ready_at == NOW + CHECK_AGAIN_AFTER


def test_trouble_with_the_database_is_not_laid_at_the_looks_door(store: Store) -> None:
    """When the store itself cannot be read during the look, the claim fails as a whole and changes nothing."""

    def check(_: Entry, __: SendContext, ___: datetime) -> Ruling:
        raise OutboxError("disk I/O error")

    before = store.add([make_new(1)], NOW)[0]
    with pytest.raises(OutboxError):
        store.claim(WORKER, check, NOW)
    assert store.get(1) == before


def test_around_the_first_mail_there_is_nothing(store: Store) -> None:
    """The look may ask about what was handed over before anything was."""
    seen = []

    def check(_: Entry, context: SendContext, now: datetime) -> Ruling:
        seen.append(
            (
                context.handed_over_since(JORDAN, now - timedelta(1)),
                context.last_handed_over_to(EMPLOYER),
                context.history("lumen").touches,
            )
        )
        return Ruling(Action.GO)

    store.add([make_new(1)], NOW)
    assert isinstance(store.claim(WORKER, check, NOW), Claim)
    assert seen == [((), None, ())]


def test_what_was_cancelled_while_it_was_tried_ends_without_a_mark(store: Store) -> None:
    """Held, then cancelled, then put off by the server: it is cancelled, says why, and asks for nothing more."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    store.record_intent(claim, NOW)
    store.hold("lumen", NOW, "they replied")
    store.cancel_all("lumen", NOW, "they said no")
    entry = settle(store, claim, replace(GREYLISTED, fix="Wait."))
    assert (entry.state, entry.reason, entry.fix, entry.held) == (State.CANCELLED, "they said no", "", "")
    assert not entry.needs_user


def test_what_a_dead_worker_left_says_so(store: Store, second: Store) -> None:
    """Both ends of a worker's death tell what happened, in the entry itself."""
    store.add([make_new(1), make_new(2)], NOW)
    claim_one(store)
    store.record_intent(claim_one(store), NOW)
    released, unclear = second.recover(NOW, ALL_DEAD)
    assert (released.reason, released.fix, released.lease_until) == ("the worker ended before the mail left", "", None)
    assert (unclear.reason, unclear.lease_until) == (
        "the worker ended while the mail was leaving: sent or not, nobody knows",
        None,
    )


@pytest.mark.parametrize(("recovers", "cause"), [(False, Cause.ACCEPTED), (True, Cause.TOOK_LATE)])
def test_the_history_tells_a_late_yes_from_one_in_time(store: Store, recovers: bool, cause: Cause) -> None:
    """Only an answer that came after the attempt was given up is called late."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    store.record_intent(claim, NOW)
    if recovers:
        store.recover(NOW, ALL_DEAD)
    settle(store, claim, ACCEPTED)
    assert store.transitions(1)[-1].cause is cause


AHEAD = NOW + timedelta(days=365)
"""What a clock showed that was wrong for a while."""


def _put_off_by_a_wrong_clock(store: Store) -> None:
    """Bring an entry to where its next try is due in a year, and that moment is there by the same clock."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store, now=AHEAD)
    store.record_intent(claim, AHEAD)
    store.settle(claim, decide(claim.entry, GREYLISTED, AHEAD, 0.5), AHEAD)
    assert store.get(1).ready_at > AHEAD


def test_retry_means_now_whatever_the_clock_showed_before(store: Store) -> None:
    """A failed entry that the user puts back is due at once, although its next try was once meant for later."""
    _put_off_by_a_wrong_clock(store)
    store.claim(WORKER, lambda *_: Ruling(Action.BLOCK, "its file has changed"), AHEAD + LATER_TRY)
    entry = store.retry(1, NOW)
    assert (entry.state, entry.ready_at, entry.reason, entry.attempts) == (State.QUEUED, NOW, "", 0)
    assert claim_one(store, now=NOW).entry.id == 1


def test_resend_means_now_too(store: Store) -> None:
    """An unclear entry that is to be sent again is due at once, and says who wanted it so."""
    _put_off_by_a_wrong_clock(store)
    claim = claim_one(store, now=AHEAD + LATER_TRY)
    store.record_intent(claim, AHEAD + LATER_TRY)
    store.settle(claim, decide(claim.entry, LINK_LOST, AHEAD, 0.5), AHEAD + LATER_TRY)
    entry = store.resolve(1, was_sent=False, now=NOW)
    assert (entry.state, entry.ready_at) == (State.QUEUED, NOW)
    assert (entry.reason, entry.fix, entry.intent_at) == ("you said to send it again", "", None)
    assert claim_one(store, now=NOW).entry.id == 1


@pytest.mark.parametrize(("last_after", "kept"), [(timedelta(minutes=30), False), (timedelta(hours=2), True)])
def test_resend_overrides_a_deadline_that_has_passed(store: Store, last_after: timedelta, kept: bool) -> None:
    """Who says resend after the last sensible moment means it; a moment that is still ahead goes on to count."""
    store.add([make_new(1, last_after=last_after)], NOW)
    attempt(store, LINK_LOST)
    entry = store.resolve(1, was_sent=False, now=LATER)
    assert entry.timing.last_at == (NOW + last_after if kept else None)


def test_an_application_can_be_forgotten_again(store: Store) -> None:
    """What is written down anew under a name that was forgotten can be forgotten like the first time."""
    for _ in range(2):
        store.add([make_new(1)], NOW)
        assert store.forget("lumen") == 1
    assert store.entries() == ()


def test_resend_takes_back_what_was_wished_and_counted_before(store: Store) -> None:
    """To send it again goes before an earlier wish to cancel, and the doubtful attempt fills no limit any more."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    store.record_intent(claim, NOW)
    store.cancel_all("lumen", NOW, "they called")
    settle(store, claim, LINK_LOST)
    entry = store.resolve(1, was_sent=False, now=NOW)
    assert (entry.state, entry.cancel_asked, entry.fix) == (State.QUEUED, "", "")
    seen = []

    def check(_: Entry, context: SendContext, now: datetime) -> Ruling:
        seen.append(
            (
                context.handed_over_since(JORDAN, now - timedelta(days=1)),
                context.last_handed_over_to(EMPLOYER),
            )
        )
        return Ruling(Action.GO)

    store.claim(WORKER, check, NOW)
    assert seen == [((), None)]
