"""What workers do to a store: claims, intents, answers early and late, and what is left behind by the dead."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from changing import replace
from outbox_samples import (
    ACCEPTED,
    GREYLISTED,
    LINK_LOST,
    NO_SUCH_USER,
    NOW,
    OFFLINE,
    OTHER,
    RELEASED,
    WORKER,
    attempt,
    bring_into,
    claim_one,
    go,
    make_content,
    make_mail,
    make_new,
    make_timing,
)

from followup_mail.errors import RefusedError, SettingsError
from followup_mail.outbox.attempt import AttemptResult
from followup_mail.outbox.claim import AccountPaused, Claim, LeaseLostError, StoppedError, Withheld
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.pre_send_check import Action, Ruling, SendContext
from followup_mail.outbox.retry import Pause, Settlement, decide
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Cause

LATER = NOW + timedelta(hours=1)
JORDAN, EMPLOYER = "jordan@home.example", "employer.example"
ALL_DEAD: Callable[[str], bool] = lambda _: True  # noqa: E731


def settle(store: Store, claim: Claim, outcome: AttemptResult, now: datetime = NOW) -> Entry:
    return store.settle(claim, decide(claim.entry, outcome, now, 0.5), now)


def test_nothing_is_claimed_before_it_is_due(store: Store) -> None:
    """A mail never leaves early."""
    store.add([make_new(1, due_after=timedelta(seconds=1))], NOW)
    assert store.claim(WORKER, go, NOW) is None
    assert claim_one(store, now=NOW + timedelta(seconds=1)).entry.id == 1


def test_the_longest_due_is_claimed_first_and_once(store: Store, second: Store) -> None:
    """Claims come in order of due time, and no entry is claimed by two workers."""
    store.add([make_new(1), make_new(2, due_after=timedelta(hours=-1))], NOW)
    assert claim_one(store, WORKER).entry.id == 2
    assert claim_one(second, OTHER).entry.id == 1
    assert store.claim(WORKER, go, NOW) is None


def test_a_claim_hands_out_the_bytes(store: Store) -> None:
    """What was queued is what is handed over, byte for byte."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    assert claim.entry.message.content == make_content(1)
    assert (claim.entry.state, claim.entry.claimed_by, claim.entry.claims) == (State.SENDING, WORKER.name, 1)


def test_a_claim_can_be_confined_to_named_entries(store: Store) -> None:
    """Who sends one mail now does not send whatever else is due."""
    store.add([make_new(1), make_new(2), make_new(3)], NOW)
    claim = store.claim(WORKER, go, NOW, only=[2])
    assert isinstance(claim, Claim)
    assert claim.entry.id == 2
    assert store.claim(WORKER, go, NOW, only=[2]) is None
    assert store.claim(WORKER, go, NOW, only=[]) is None


@pytest.mark.parametrize(
    ("ruling", "state"),
    [
        (Ruling(Action.POSTPONE, "night", LATER), State.QUEUED),
        (Ruling(Action.MISS, "too late", fix="write anew"), State.MISSED),
        (Ruling(Action.BLOCK, "cv.pdf changed", fix="look"), State.FAILED),
        (Ruling(Action.CANCEL, "rejected"), State.CANCELLED),
    ],
)
def test_the_look_turns_an_entry_away(store: Store, ruling: Ruling, state: State) -> None:
    """What the look rules is done in the claiming transaction, with its reason, and nothing is sent."""
    store.add([make_new(1)], NOW)
    turned = store.claim(WORKER, lambda *_: ruling, NOW)
    assert isinstance(turned, Withheld)
    assert turned.entry == store.get(1)
    assert (turned.entry.state, turned.entry.reason, turned.entry.fix) == (state, ruling.reason, ruling.fix)
    assert turned.entry.claims == 0


def test_a_look_can_hold(store: Store) -> None:
    """A reply that came in holds the entry instead of losing it."""
    store.add([make_new(1)], NOW)
    turned = store.claim(WORKER, lambda *_: Ruling(Action.HOLD, "they replied"), NOW)
    assert isinstance(turned, Withheld)
    assert (turned.entry.state, turned.entry.held) == (State.QUEUED, "they replied")
    assert store.claim(WORKER, go, LATER) is None


def test_a_postponed_entry_comes_back_at_its_moment(store: Store) -> None:
    """Postponed is neither early nor forgotten."""
    store.add([make_new(1)], NOW)
    store.claim(WORKER, lambda *_: Ruling(Action.POSTPONE, "night", LATER), NOW)
    assert store.claim(WORKER, go, LATER - timedelta(seconds=1)) is None
    assert store.next_due_at(NOW) == LATER
    assert claim_one(store, now=LATER).entry.id == 1


def test_a_look_that_names_no_moment_makes_nobody_spin(store: Store) -> None:
    """A postponement into the past still lets the others go first."""
    store.add([make_new(1), make_new(2)], NOW)
    store.claim(WORKER, lambda *_: Ruling(Action.POSTPONE, "odd", NOW - timedelta(days=1)), NOW)
    assert claim_one(store).entry.id == 2


def test_a_look_that_fails_for_too_long_is_told(store: Store) -> None:
    """A mail that cannot be looked at is not put off for ever: past its last sensible moment it is missed."""

    def check(*_: object) -> Ruling:
        raise SettingsError("acme.toml: there is no cadence 'mine'.", fix="Mend it.")

    store.add([make_new(1, last_after=timedelta(hours=1))], NOW)
    first, second = store.claim(WORKER, check, NOW), store.claim(WORKER, check, NOW + timedelta(hours=2))
    assert isinstance(first, Withheld)
    assert isinstance(second, Withheld)
    assert (first.entry.state, second.entry.state) == (State.QUEUED, State.MISSED)
    assert "there is no cadence 'mine'; and its last sensible moment" in second.entry.reason


@pytest.mark.parametrize("error", [ValueError("bug"), SettingsError("No such country.", fix="Write US.")])
def test_a_look_that_fails_postpones_and_blocks_nobody(store: Store, error: Exception) -> None:
    """A broken facts file neither lets its mail go unseen nor stops the others."""

    def check(entry: Entry, context: SendContext, now: datetime) -> Ruling:
        if entry.id == 1:
            raise error
        return go(entry, context, now)

    store.add([make_new(1), make_new(2)], NOW)
    turned = store.claim(WORKER, check, NOW)
    assert isinstance(turned, Withheld)
    assert turned.entry.state is State.QUEUED
    assert "the check before sending failed" in turned.entry.reason
    claim = store.claim(WORKER, check, NOW)
    assert isinstance(claim, Claim)
    assert claim.entry.id == 2


def test_the_look_sees_what_surrounds_the_entry(store: Store) -> None:
    """History, what the account handed over and the last mail to the domain are there for the asking."""
    bring_into(store, State.SENT, 1)
    bring_into(store, State.FAILED, 2)
    seen = []

    def check(_: Entry, context: SendContext, now: datetime) -> Ruling:
        seen.append(
            (
                len(context.history("lumen").touches),
                context.handed_over_since(JORDAN, now - timedelta(1)),
                context.last_handed_over_to(EMPLOYER),
            )
        )
        return Ruling(Action.CANCEL)

    store.add([make_new(3)], LATER)
    store.claim(WORKER, check, LATER)
    assert seen == [(1, (NOW,), NOW)]


def test_a_look_may_read_the_store_itself(store: Store) -> None:
    """The look runs inside the claiming transaction and sees it: the entry is still queued."""
    seen = []

    def check(entry: Entry, _: SendContext, __: datetime) -> Ruling:
        seen.append((store.get(entry.id).state, store.history("lumen").waiting[0].state, store.next_due_at(NOW)))
        return Ruling(Action.GO)

    store.add([make_new(1)], NOW)
    assert isinstance(store.claim(WORKER, check, NOW), Claim)
    assert seen == [(State.QUEUED, "queued", NOW)]
    assert store.get(1).state is State.SENDING


def test_a_rest_stops_the_account_and_no_other(store: Store) -> None:
    """At its limit an account rests until the moment named; another account goes on."""
    other_account = replace(make_new(2), message=make_mail(2, mail_from="second@home.example"))
    store.add([make_new(1), other_account], NOW)
    rested = store.claim(WORKER, lambda *_: Ruling(Action.PAUSE, "limit", LATER), NOW)
    assert rested == AccountPaused(Pause("jordan@home.example", "limit", LATER))
    assert claim_one(store).entry.id == 2
    assert store.claim(WORKER, go, NOW) is None
    assert store.next_due_at(NOW) == LATER
    assert claim_one(store, now=LATER).entry.id == 1


def test_a_short_rest_does_not_end_a_long_one(store: Store) -> None:
    """A rest until the user acts outlives a rest of a minute that comes after it."""
    store.pause(Pause("a@b", "password", None, "fix it"), NOW)
    store.pause(Pause("a@b", "limit", LATER), NOW)
    assert store.pauses(NOW) == (Pause("a@b", "password", None, "fix it"),)


def test_the_intent_is_on_disk_when_recorded(store: Store, second: Store) -> None:
    """Another process sees the intent before the first byte leaves."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    assert second.get(1).intent_at is None
    store.record_intent(claim, LATER)
    assert second.get(1).intent_at == LATER


def test_an_intent_is_recorded_once(store: Store) -> None:
    """A transport that asks twice for one message sends nothing the second time."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    store.record_intent(claim, NOW)
    with pytest.raises(LeaseLostError):
        store.record_intent(claim, NOW)


@pytest.mark.parametrize("wish", ["cancel", "hold"])
def test_a_stop_between_claim_and_intent_is_in_time(store: Store, wish: str) -> None:
    """Cancelled or held after the claim but before the first byte, the mail does not leave."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    if wish == "hold":
        store.hold("lumen", NOW, "they replied")
    else:
        with pytest.raises(RefusedError):
            store.cancel(1, NOW, "they called")
    with pytest.raises(StoppedError, match="they"):
        store.record_intent(claim, NOW)
    entry = store.settle(claim, RELEASED, NOW)
    assert entry.state is (State.QUEUED if wish == "hold" else State.CANCELLED)
    assert entry.attempts == 0
    assert store.claim(WORKER, go, LATER) is None


@pytest.mark.parametrize(
    ("outcome", "state", "attempts"),
    [
        (ACCEPTED, State.SENT, 1),
        (GREYLISTED, State.QUEUED, 1),
        (OFFLINE, State.QUEUED, 0),
        (NO_SUCH_USER, State.FAILED, 1),
        (LINK_LOST, State.UNCLEAR, 1),
    ],
)
def test_settling_leads_where_the_outcome_says(
    store: Store, outcome: AttemptResult, state: State, attempts: int
) -> None:
    """Each outcome has its state, its words, and counts as an attempt when a server was reached."""
    store.add([make_new(1)], NOW)
    entry = attempt(store, outcome)
    assert (entry.state, entry.reason, entry.attempts) == (state, outcome.said, attempts)
    assert entry == store.get(1)
    assert (entry.sent_at is not None) is (state is State.SENT)


def test_what_was_certainly_not_sent_fills_no_limit(store: Store) -> None:
    """A refused mail does not count towards the account's day; an unclear one does."""
    bring_into(store, State.FAILED, 1)
    bring_into(store, State.UNCLEAR, 2)
    handed = []

    def check(_: Entry, context: SendContext, now: datetime) -> Ruling:
        handed.extend(context.handed_over_since(JORDAN, now - timedelta(days=1)))
        return Ruling(Action.CANCEL)

    store.add([make_new(3)], NOW)
    store.claim(WORKER, check, LATER)
    assert handed == [NOW]


def test_a_dead_workers_claim_without_intent_is_queued_again(store: Store, second: Store) -> None:
    """Nothing had left: the next run sends it, at once, with no attempt counted."""
    store.add([make_new(1)], NOW)
    claim_one(store)
    freed = second.recover(NOW, ALL_DEAD)
    assert [(entry.state, entry.attempts) for entry in freed] == [(State.QUEUED, 0)]
    assert claim_one(second, OTHER).entry.id == 1


def test_a_dead_workers_claim_with_intent_is_unclear(store: Store, second: Store) -> None:
    """The mail may have left: nobody sends it again until the user decides."""
    store.add([make_new(1)], NOW)
    store.record_intent(claim_one(store), NOW)
    freed = second.recover(NOW, ALL_DEAD)
    assert [entry.state for entry in freed] == [State.UNCLEAR]
    assert "outbox resolve 1" in freed[0].fix
    assert second.claim(OTHER, go, NOW + timedelta(days=9)) is None


def test_a_lease_holds_until_it_runs_out(store: Store) -> None:
    """A worker that may be alive is left alone for the length of its lease."""
    store.add([make_new(1)], NOW)
    claim_one(store)
    assert store.recover(NOW + WORKER.lease - timedelta(seconds=1)) == ()
    assert len(store.recover(NOW + WORKER.lease)) == 1


def test_a_beating_worker_keeps_its_claims(store: Store) -> None:
    """A heartbeat prolongs the lease, and tells when the worker was last alive."""
    store.add([make_new(1)], NOW)
    claim_one(store)
    store.heartbeat(WORKER, LATER)
    assert store.recover(LATER + WORKER.lease / 2) == ()
    assert store.workers() == ((WORKER.name, LATER),)


def test_a_clock_set_back_does_not_lock_an_entry_for_a_year(store: Store) -> None:
    """A claim from the future is freed: its lease would never run out."""
    store.add([make_new(1)], NOW)
    claim_one(store, now=NOW + timedelta(days=365))
    assert [entry.state for entry in store.recover(NOW)] == [State.QUEUED]


def test_a_slow_worker_that_lost_its_claim_may_not_send(store: Store, second: Store) -> None:
    """Suspended and overtaken, it finds out before the first byte leaves; so of two workers one sends."""
    store.add([make_new(1)], NOW)
    slow = claim_one(store)
    second.recover(LATER)
    quick = claim_one(second, OTHER, LATER)
    with pytest.raises(LeaseLostError, match="#1 was taken over"):
        store.record_intent(slow, LATER)
    second.record_intent(quick, LATER)
    assert settle(second, quick, ACCEPTED, LATER).state is State.SENT


def test_a_slow_worker_whose_lease_ran_out_unnoticed_may_send(store: Store) -> None:
    """As long as nobody took the entry over, the claim stands."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    store.record_intent(claim, NOW + timedelta(days=1))
    assert settle(store, claim, ACCEPTED, NOW + timedelta(days=1)).state is State.SENT


@pytest.mark.parametrize(
    ("outcome", "state"), [(ACCEPTED, State.SENT), (GREYLISTED, State.QUEUED), (NO_SUCH_USER, State.FAILED)]
)
def test_a_late_answer_clears_up_what_was_unclear(store: Store, outcome: AttemptResult, state: State) -> None:
    """The worker was given up but lived: what it knows for certain ends the doubt."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    store.record_intent(claim, NOW)
    store.recover(LATER)
    assert store.get(1).state is State.UNCLEAR
    assert settle(store, claim, outcome, LATER).state is state


def test_a_late_yes_stops_a_resend(store: Store) -> None:
    """The user said resend, then word comes that the server had taken it: it is sent, and not sent again."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    store.record_intent(claim, NOW)
    store.recover(LATER)
    store.resolve(1, was_sent=False, now=LATER)
    entry = settle(store, claim, ACCEPTED, LATER)
    assert (entry.state, store.transitions(1)[-1].cause) == (State.SENT, Cause.TOOK_LATE)
    assert store.claim(WORKER, go, LATER) is None


def test_a_late_yes_stops_a_second_attempt_before_its_first_byte(store: Store, second: Store) -> None:
    """Even with the second attempt under way: it finds the entry sent when it records its intent."""
    store.add([make_new(1)], NOW)
    first = claim_one(store)
    store.record_intent(first, NOW)
    store.recover(LATER)
    store.resolve(1, was_sent=False, now=LATER)
    again = claim_one(second, OTHER, LATER)
    settle(store, first, ACCEPTED, LATER)
    with pytest.raises(LeaseLostError, match="it is sent now"):
        second.record_intent(again, LATER)


def attempt_twice(store: Store, second: Store) -> tuple[Claim, Claim]:
    """Give a first attempt up after its intent, send again by the user's word; return both claims, both intended."""
    store.add([make_new(1)], NOW)
    first = claim_one(store)
    store.record_intent(first, NOW)
    store.recover(LATER)
    store.resolve(1, was_sent=False, now=LATER)
    again = claim_one(second, OTHER, LATER)
    second.record_intent(again, LATER)
    return first, again


@pytest.mark.parametrize("outcome", [ACCEPTED, GREYLISTED, NO_SUCH_USER, LINK_LOST, None])
def test_a_late_yes_ends_it_even_when_a_second_attempt_is_leaving(
    store: Store, second: Store, outcome: AttemptResult | None
) -> None:
    """The server has it, so it is sent, whatever comes of the second attempt (None: it dies): there is no third one."""
    first, again = attempt_twice(store, second)
    settle(store, first, ACCEPTED, LATER)
    if outcome:
        settle(second, again, outcome, LATER)
    store.recover(LATER, ALL_DEAD)
    assert store.get(1).state is State.SENT
    assert store.transitions(1)[-1].cause is (Cause.LATE if outcome else Cause.TOOK_LATE)
    assert store.claim(WORKER, go, LATER + timedelta(days=9)) is None


@pytest.mark.parametrize("outcome", [GREYLISTED, NO_SUCH_USER, LINK_LOST, None])
def test_a_late_yes_ends_it_after_a_second_attempt_too(
    store: Store, second: Store, outcome: AttemptResult | None
) -> None:
    """The second attempt failed, or is unclear or due again: the server had the first one, so nothing is left to do."""
    first, again = attempt_twice(store, second)
    if outcome:
        settle(second, again, outcome, LATER)
    store.recover(LATER, ALL_DEAD)
    entry = settle(store, first, ACCEPTED, LATER)
    assert (entry.state, entry.fix, entry.needs_user) == (State.SENT, "", False)
    with pytest.raises(RefusedError, match="already sent"):
        store.retry(1, LATER)


@pytest.mark.parametrize("outcome", [GREYLISTED, NO_SUCH_USER, LINK_LOST])
def test_a_late_no_changes_nothing_for_a_new_attempt(store: Store, second: Store, outcome: AttemptResult) -> None:
    """An old attempt's failure is written down and does not disturb the one under way."""
    store.add([make_new(1)], NOW)
    first = claim_one(store)
    second.recover(LATER)
    again = claim_one(second, OTHER, LATER)
    assert settle(store, first, outcome, LATER).state is State.SENDING
    assert store.transitions(1)[-1].cause is Cause.LATE
    second.record_intent(again, LATER)
    assert settle(second, again, ACCEPTED, LATER).state is State.SENT


def test_what_is_sent_stays_sent_whatever_comes(store: Store) -> None:
    """A second answer to a settled attempt changes nothing."""
    store.add([make_new(1)], NOW)
    claim = claim_one(store)
    store.record_intent(claim, NOW)
    settle(store, claim, ACCEPTED)
    for outcome in (GREYLISTED, NO_SUCH_USER, LINK_LOST, ACCEPTED):
        assert settle(store, claim, outcome, LATER).state is State.SENT
    store.settle(claim, Settlement(Cause.RELEASED), LATER)
    assert store.get(1).sent_at == NOW


def test_next_due_knows_waits_and_rests(store: Store) -> None:
    """The watch sleeps until the first entry that can really go."""
    assert store.next_due_at(NOW) is None
    store.add([make_new(1, due_after=timedelta(hours=3)), make_new(2, due_after=timedelta(hours=2))], NOW)
    assert store.next_due_at(NOW) == NOW + timedelta(hours=2)
    store.hold_entry(2, NOW, "wait")
    assert store.next_due_at(NOW) == NOW + timedelta(hours=3)
    store.pause(Pause("jordan@home.example", "limit", NOW + timedelta(hours=5)), NOW)
    assert store.next_due_at(NOW) == NOW + timedelta(hours=5)
    assert store.next_due_at(NOW + timedelta(hours=5)) == NOW + timedelta(hours=3)


def test_moments_come_back_in_the_recipients_zone(store: Store) -> None:
    """Due times are shown where the recipient is; the moment is the same."""
    due_at = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)  # half past one in Chicago, the first of two
    store.add([make_new(1, due_after=due_at - NOW)], NOW)
    found = store.get(1).timing.due_at
    assert (found.utcoffset(), found.astimezone(UTC)) == (timedelta(hours=-5), due_at)
    assert make_timing(due_after=due_at - NOW).due_at == due_at


def test_two_threads_never_claim_the_same(opener: Callable[[], Store], store: Store) -> None:
    """Claims race, and each entry goes to exactly one."""
    store.add([make_new(n) for n in range(40)], NOW)
    claimed: list[int] = []

    def work() -> None:
        own = opener()
        while isinstance(claim := own.claim(WORKER, go, NOW), Claim):
            claimed.append(claim.entry.id)
        own.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == list(range(1, 41))
