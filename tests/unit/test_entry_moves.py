"""The table of moves: what may follow what, and what a refusal says."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from outbox_samples import NOW, make_entry, make_timing

from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import OPEN, TAKES_STEP, State
from followup_mail.outbox.transitions import Cause, check_allowed, is_allowed, state_after

MOVES = [
    (state, cause)
    for state in State
    for cause in Cause
    if is_allowed(state, cause) and cause is not Cause.RESTORED  # it leads to where the entry was: see below
]
WISHES = [
    Cause.APPROVED,
    Cause.CANCELLED,
    Cause.RESCHEDULED,
    Cause.EDITED,
    Cause.REWRITTEN,
    Cause.RETRIED,
    Cause.SAID_SENT,
    Cause.SAID_RESEND,
    Cause.MOVED,
    Cause.HELD,
    Cause.RESUMED,
]


def test_nothing_leads_out_of_an_end() -> None:
    """What is cancelled stays cancelled, and what is sent stays sent: unless it came back, which means failed."""
    ends = {State.SENT, State.CANCELLED}
    out = {(state, cause, state_after(state, cause)) for state, cause in MOVES if state in ends}
    left = {(state, cause, after) for state, cause, after in out if after is not state}
    assert left == {(State.SENT, Cause.RETURNED, State.FAILED)}


@pytest.mark.parametrize("was", list(State))
def test_a_report_that_was_none_leads_only_where_a_mail_had_left(was: State) -> None:
    """What had not come back after all is sent again, or unclear as it was; nothing else, and never queued."""
    if was in {State.SENT, State.UNCLEAR}:
        assert state_after(State.FAILED, Cause.NOT_RETURNED, was) is was
    else:
        with pytest.raises(ValueError, match="nothing leads"):
            state_after(State.FAILED, Cause.NOT_RETURNED, was)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("was", list(State))
def test_a_step_taken_back_leads_only_where_nothing_was_sent(state: State, was: State) -> None:
    """Neither out of nor into sending, sent or unclear; from cancelled to where the entry was before, nowhere else."""
    certain = set(State) - {State.SENDING, State.SENT, State.UNCLEAR}
    if {state, was} <= certain:
        assert state_after(state, Cause.RESTORED, was) is was
    else:
        with pytest.raises(ValueError, match="nothing leads"):
            state_after(state, Cause.RESTORED, was)


def test_only_taking_back_leads_where_an_entry_was() -> None:
    """No other cause can be told which state to lead to."""
    with pytest.raises(ValueError, match="nothing leads"):
        state_after(State.QUEUED, Cause.CANCELLED, State.QUEUED)


def test_one_way_leads_into_sending() -> None:
    """An entry is only ever sent after a claim of a queued one."""
    into = {(state, cause) for state, cause in MOVES if state_after(state, cause) is State.SENDING != state}
    assert into == {(State.QUEUED, Cause.CLAIMED)}


def test_unclear_returns_to_the_queue_only_by_certainty() -> None:
    """From unclear back to queued leads the user's word, or an answer that means not sent. Nothing else."""
    back = {cause for state, cause in MOVES if state is State.UNCLEAR and state_after(state, cause) is State.QUEUED}
    assert back == {Cause.SAID_RESEND, Cause.DEFERRED}


def test_sent_is_reached_only_by_an_answer_or_the_user() -> None:
    """No entry is called sent on suspicion."""
    into = {cause for state, cause in MOVES if state_after(state, cause) is State.SENT != state}
    assert into == {Cause.ACCEPTED, Cause.TOOK_LATE, Cause.SAID_SENT, Cause.NOT_RETURNED}


def test_every_cause_but_the_first_is_in_the_table() -> None:
    """A cause without a line in the table could never happen."""
    assert {cause for _, cause in MOVES} == set(Cause) - {Cause.ADDED, Cause.RESTORED}
    assert any(is_allowed(state, Cause.RESTORED) for state in State)


def test_every_state_is_open_or_an_end() -> None:
    """No state is forgotten when open entries are cancelled, held or listed."""
    assert set(State) - OPEN == {State.SENT, State.IN_FOLDER, State.CANCELLED}
    assert set(State) - TAKES_STEP == {State.FAILED, State.MISSED, State.CANCELLED}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("wish", WISHES)
def test_a_wish_is_granted_or_refused_in_a_sentence(state: State, wish: Cause) -> None:
    """A wish that the state forbids is refused with the entry's number and a sentence saying which won."""
    entry = make_entry(state, sent_at=NOW if state is State.SENT else None, reason="why")
    if is_allowed(state, wish):
        assert check_allowed(entry, wish) is state_after(state, wish)
        return
    with pytest.raises(RefusedError, match="#12") as refused:
        check_allowed(entry, wish)
    assert refused.value.sentence.endswith(".")
    assert "can't be" in refused.value.sentence


def test_the_refusal_says_when_it_was_sent() -> None:
    """Who cancels too late learns when the mail left, by their clock."""
    said = r"#12 was already sent on Wed 18 Nov 2026, 09:00 in Chicago; it can't be cancelled\."
    with pytest.raises(RefusedError, match=said):
        check_allowed(make_entry(State.SENT, sent_at=NOW), Cause.CANCELLED)


def test_the_refusal_for_an_unclear_entry_names_the_way_out() -> None:
    """Who cancels an unclear mail is told how to decide about it."""
    with pytest.raises(RefusedError) as refused:
        check_allowed(make_entry(State.UNCLEAR), Cause.CANCELLED)
    assert "outbox resolve 12 --sent" in refused.value.fix


def test_a_move_that_is_not_in_the_table_is_an_error_in_the_program() -> None:
    """The store cannot make a move that the table lacks."""
    with pytest.raises(ValueError, match="nothing leads from sent"):
        state_after(State.SENT, Cause.CLAIMED)


def test_ready_is_the_later_of_due_and_next_attempt() -> None:
    """A retry never brings an entry before its due time."""
    timing = make_timing(due_after=timedelta(hours=2))
    assert make_entry(timing=timing, next_attempt_at=NOW).ready_at == timing.due_at
    later = timing.due_at.astimezone(UTC) + timedelta(minutes=1)
    assert make_entry(timing=timing, next_attempt_at=later).ready_at == later


@pytest.mark.parametrize(
    ("state", "held", "needs"), [("queued", "", False), ("queued", "x", True), ("unclear", "", True)]
)
def test_what_needs_the_user(state: str, held: str, needs: bool) -> None:
    """Held, unclear, failed and missed entries wait for the user; a queued one does not."""
    assert make_entry(State(state), held=held).needs_user is needs
