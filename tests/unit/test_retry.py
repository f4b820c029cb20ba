"""What follows from an outcome."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from changing import replace
from hypothesis import given
from hypothesis import strategies as st
from outbox_samples import (
    ACCEPTED,
    BAD_PASSWORD,
    GREYLISTED,
    LINK_LOST,
    NO_SUCH_USER,
    NOW,
    OFFLINE,
    make_entry,
    make_mail,
    make_timing,
)

from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.outbox.entry import State
from followup_mail.outbox.retry import (
    LONGEST_WAIT,
    LONGEST_WAIT_OFFLINE,
    MOST_ATTEMPTS,
    SHORTEST_REST,
    decide,
    wait_after,
)
from followup_mail.outbox.transitions import Cause

SENDING = make_entry(State.SENDING, claims=1)


@pytest.mark.parametrize(
    ("outcome", "cause"),
    [
        (ACCEPTED, Cause.ACCEPTED),
        (GREYLISTED, Cause.DEFERRED),
        (OFFLINE, Cause.DEFERRED),
        (NO_SUCH_USER, Cause.REFUSED),
        (BAD_PASSWORD, Cause.REFUSED),
        (LINK_LOST, Cause.LOST),
    ],
)
def test_each_outcome_has_its_cause(outcome: AttemptResult, cause: Cause) -> None:
    """Accepted is sent, 4xx comes back, 5xx fails at once, and a lost answer is unclear."""
    move = decide(SENDING, outcome, NOW, 0.5)
    assert (move.cause, move.reason) == (cause, outcome.said)


def test_a_failure_carries_the_servers_words_and_the_fix() -> None:
    """The user reads what the server said and what to do."""
    move = decide(SENDING, NO_SUCH_USER, NOW, 0.5)
    assert move.reason == "550 5.1.1 no such user"
    assert move.fix == "Correct the address."
    assert move.pause is None


def test_a_refused_login_pauses_the_account_until_the_user_acts() -> None:
    """A wrong password does not burn through the queue."""
    pause = decide(SENDING, BAD_PASSWORD, NOW, 0.5).pause
    assert pause is not None
    assert (pause.account, pause.until, pause.fix) == ("jordan@home.example", None, "Make an app password.")


def test_no_network_rests_the_account_and_uses_up_no_retry() -> None:
    """Offline for a weekend costs nothing but time: not one entry fails, and not one by one they try."""
    tired = replace(SENDING, attempts=MOST_ATTEMPTS + 5, claims=900)
    move = decide(tired, OFFLINE, NOW, 1.0)
    assert move.cause is Cause.DEFERRED
    assert not move.counts
    assert move.next_attempt_at is not None
    assert move.next_attempt_at - NOW <= LONGEST_WAIT_OFFLINE * 1.25
    assert move.pause is not None
    assert move.pause.until == move.next_attempt_at


def test_retries_end() -> None:
    """A server that only ever says later makes the entry fail in the end, with its words."""
    move = decide(replace(SENDING, attempts=MOST_ATTEMPTS - 1), GREYLISTED, NOW, 0.5)
    assert move.cause is Cause.GAVE_UP
    assert "greylisted" in move.reason
    assert f"{MOST_ATTEMPTS} attempts" in move.reason


def test_retries_span_more_than_four_days() -> None:
    """The server gets the four to five days of RFC 5321 section 4.5.4.1 before an entry is given up."""
    assert sum((wait_after(n, 0.0) for n in range(1, MOST_ATTEMPTS)), timedelta()) > timedelta(days=4)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_waits_grow_and_stay_bounded(attempts: int, random: float) -> None:
    """Each wait is at least as long as the one before and never longer than four hours and the jitter."""
    assert wait_after(attempts, random) <= wait_after(attempts + 1, random) <= LONGEST_WAIT * 1.25


def test_jitter_spreads() -> None:
    """Two entries put off at one moment come back at two."""
    waits = [decide(SENDING, GREYLISTED, NOW, random).next_attempt_at for random in (0.0, 0.9)]
    assert waits[0] != waits[1]


@given(st.integers(0, 40), st.floats(0, 1), st.integers(-60, 60 * 60 * 24))
def test_no_retry_comes_after_the_last_sensible_moment(attempts: int, random: float, left: int) -> None:
    """The next attempt lies before the deadline, or there is none."""
    timing = make_timing(last_after=timedelta(seconds=left))
    move = decide(make_entry(State.SENDING, timing=timing, attempts=attempts), GREYLISTED, NOW, random)
    assert timing.last_at is not None
    if move.cause is Cause.DEFERRED:
        assert move.next_attempt_at is not None
        assert NOW < move.next_attempt_at <= timing.last_at
    else:
        assert move.cause is Cause.GAVE_UP


def test_one_more_try_before_the_deadline() -> None:
    """When the wait would go past the deadline there is one more try just before it."""
    timing = make_timing(last_after=timedelta(minutes=30))
    move = decide(make_entry(State.SENDING, timing=timing, attempts=9), GREYLISTED, NOW, 0.5)
    assert move.next_attempt_at == NOW + timedelta(minutes=29, seconds=30)


def test_waits_are_real_time_over_a_change_of_clocks() -> None:
    """Two minutes are two minutes in the night when the clocks go back."""
    before = datetime(2026, 11, 1, 1, 59, tzinfo=ZoneInfo("America/Chicago"))
    move = decide(SENDING, GREYLISTED, before, 0.0)
    assert move.next_attempt_at is not None
    assert move.next_attempt_at - before.astimezone(UTC) == timedelta(minutes=2)


@pytest.mark.parametrize(("words", "cause"), [("550 5.1.1 unknown", Cause.REFUSED), ("450 later", Cause.DEFERRED)])
def test_a_copy_to_oneself_does_not_make_it_sent(words: str, cause: Cause) -> None:
    """When the server took only the blind copy, the mail did not reach its addressee and is not called sent."""
    to = make_mail().to.email
    partly = AttemptResult(Verdict.ACCEPTED, Phase.DONE, "250 ok", 250, refused=((to, words),))
    assert decide(SENDING, partly, NOW, 0.5).cause is cause


def test_a_refused_copy_does_not_matter() -> None:
    """When the addressee's server took it and only one's own copy was refused, it is sent."""
    partly = AttemptResult(Verdict.ACCEPTED, Phase.DONE, "250 ok", 250, refused=(("jordan@home.example", "550 full"),))
    assert decide(SENDING, partly, NOW, 0.5).cause is Cause.ACCEPTED


@pytest.mark.parametrize(
    ("outcome", "rests", "counts"),
    [
        (GREYLISTED, False, True),
        (AttemptResult(Verdict.DEFERRED, Phase.CONNECT, "421 too busy", 421), True, True),
        (AttemptResult(Verdict.DEFERRED, Phase.LOGIN, "454 4.7.0 later", 454), True, True),
        (AttemptResult(Verdict.DEFERRED, Phase.MAIL, "452 4.3.1 full", 452, pauses_account=True), True, True),
        (AttemptResult(Verdict.DEFERRED, Phase.BODY, "the link was lost before the dot"), False, True),
        (OFFLINE, True, False),
    ],
)
def test_an_account_rests_when_no_other_mail_would_fare_better(
    outcome: AttemptResult, rests: bool, counts: bool
) -> None:
    """One recipient's trouble stops nobody else; a server's does. Only where none answered, no attempt is counted."""
    move = decide(SENDING, outcome, NOW, 0.5)
    assert (move.cause, move.pause is not None, move.counts) == (Cause.DEFERRED, rests, counts)


def test_a_server_that_answers_at_once_is_given_up_in_the_end() -> None:
    """Whoever is told 421 at each greeting has reached somebody: this is not a laptop without a network."""
    busy = AttemptResult(Verdict.DEFERRED, Phase.CONNECT, "421 too busy", 421)
    assert decide(replace(SENDING, attempts=MOST_ATTEMPTS - 1), busy, NOW, 0.5).cause is Cause.GAVE_UP
    assert decide(replace(SENDING, attempts=MOST_ATTEMPTS - 2), busy, NOW, 0.5).cause is Cause.DEFERRED


def test_without_a_network_the_waits_grow() -> None:
    """A laptop that is offline for long looks less often, by its count of tries."""
    waits = [decide(replace(SENDING, claims=claims), OFFLINE, NOW, 0.0).next_attempt_at for claims in (1, 2, 9)]
    assert waits == [NOW + timedelta(minutes=2), NOW + timedelta(minutes=4), NOW + LONGEST_WAIT_OFFLINE]


def test_jitter_only_lengthens() -> None:
    """Nobody comes back before the wait is over, whatever chance says."""
    assert wait_after(1, 0.0) == timedelta(minutes=2)
    assert wait_after(1, 1.0) == timedelta(minutes=2, seconds=30)


def test_a_deadline_that_is_far_off_delays_nothing() -> None:
    """The next try comes after its wait, not just before a deadline days ahead."""
    entry = make_entry(State.SENDING, timing=make_timing(last_after=timedelta(days=2)))
    assert decide(entry, GREYLISTED, NOW, 0.0).next_attempt_at == NOW + timedelta(minutes=2)


@pytest.mark.parametrize("fix", ["", "Ask them for another address."])
def test_giving_up_always_says_what_to_do(fix: str) -> None:
    """The advice is that of the outcome, or a general one."""
    tired = replace(SENDING, attempts=MOST_ATTEMPTS - 1)
    said = decide(tired, replace(GREYLISTED, fix=fix), NOW, 0.5).fix
    assert said == fix if fix else "retry it or cancel it" in said


@pytest.mark.parametrize(
    ("words", "given", "told"),
    [
        ("550 5.1.1 unknown", "", "Correct the address in the facts"),
        ("550 5.1.1 unknown", "Write to Tom.", "Write to Tom."),
        ("450 later", "", ""),
    ],
)
def test_an_addressee_who_was_refused_comes_with_advice(words: str, given: str, told: str) -> None:
    """A refusal for good says what to do, the outcome's own advice first; one for now says nothing."""
    outcome = AttemptResult(
        Verdict.ACCEPTED, Phase.DONE, "250", 250, refused=((make_mail().to.email, words),), fix=given
    )
    fix = decide(SENDING, outcome, NOW, 0.5).fix
    assert fix.startswith(told)
    assert bool(fix) is bool(told)


def test_unclear_stays_unclear_whoever_was_refused() -> None:
    """A refused recipient does not turn a lost answer into a certain no: the message may have left."""
    lost = replace(LINK_LOST, said="", refused=((make_mail().to.email, "550 5.1.1 unknown"),))
    move = decide(SENDING, lost, NOW, 0.5)
    assert (move.cause, move.reason) == (Cause.LOST, "the link was lost before the answer")
    assert "outbox resolve 12" in move.fix


ANY_POINT = pytest.mark.parametrize(
    "phase", [Phase.LOGIN, Phase.MAIL, Phase.RCPT, Phase.DATA, Phase.BODY, Phase.ANSWER]
)


@ANY_POINT
def test_a_refused_sender_pauses_the_account_at_any_point(phase: Phase) -> None:
    """Told at the login or after the last byte, the account rests until the user acts."""
    blocked = AttemptResult(Verdict.REFUSED, phase, "550 blocked", 550, fix="Ask the provider.", pauses_account=True)
    move = decide(SENDING, blocked, NOW, 0.5)
    assert move.cause is Cause.REFUSED
    assert move.pause is not None
    assert (move.pause.until, move.pause.fix) == (None, "Ask the provider.")


@ANY_POINT
@pytest.mark.parametrize("attempts", [0, 20])
def test_a_limit_rests_the_account_for_an_hour_at_least(phase: Phase, attempts: int) -> None:
    """Who comes back every few minutes prolongs a limit; the rest ends with the next try."""
    limit = AttemptResult(Verdict.DEFERRED, phase, "550 limit", 550, fix="Wait.", pauses_account=True)
    move = decide(replace(SENDING, attempts=attempts), limit, NOW, 0.5)
    assert move.next_attempt_at is not None
    assert SHORTEST_REST <= move.next_attempt_at - NOW <= LONGEST_WAIT * 1.25
    assert move.pause is not None
    assert move.pause.until == move.next_attempt_at


def test_a_locked_keyring_is_asked_again_soon() -> None:
    """No server has spoken: the user may unlock it at any moment."""
    locked = AttemptResult(Verdict.DEFERRED, Phase.LOGIN, "The keyring is locked", pauses_account=True)
    assert decide(SENDING, locked, NOW, 0.0).next_attempt_at == NOW + timedelta(minutes=2)


@pytest.mark.parametrize("left", [timedelta(seconds=30), None])
def test_giving_up_at_a_limit_does_not_send_the_next_mail_against_it(left: timedelta | None) -> None:
    """The mail whose time or tries are used up fails; the account rests all the same."""
    limit = AttemptResult(Verdict.DEFERRED, Phase.RCPT, "550 limit", 550, fix="Wait.", pauses_account=True)
    attempts = 0 if left else MOST_ATTEMPTS - 1
    entry = make_entry(State.SENDING, claims=1, attempts=attempts, timing=make_timing(last_after=left))
    move = decide(entry, limit, NOW, 0.0)
    assert move.cause is Cause.GAVE_UP
    assert move.pause is not None
    assert move.pause.until == NOW + (SHORTEST_REST if left else LONGEST_WAIT)


def test_a_last_try_at_a_limit_is_not_slept_through() -> None:
    """When the deadline comes before the rest would end, the rest ends for one more try just before it."""
    limit = AttemptResult(Verdict.DEFERRED, Phase.RCPT, "550 limit", 550, pauses_account=True)
    move = decide(make_entry(State.SENDING, timing=make_timing(last_after=timedelta(minutes=30))), limit, NOW, 0.0)
    assert move.pause is not None
    assert move.pause.until == move.next_attempt_at == NOW + timedelta(minutes=29, seconds=30)
