"""The rule by which an entry goes back to before a step, tried in every state and after whatever else happened."""

from __future__ import annotations

from datetime import timedelta

import pytest
from changing import replace
from hypothesis import given
from hypothesis import strategies as st
from outbox_samples import NOW, make_content, make_entry, make_mail, make_timing

from followup_mail.errors import RefusedError
from followup_mail.message.message import fingerprint
from followup_mail.outbox import user_changes
from followup_mail.outbox.change import Change
from followup_mail.outbox.entry import FOLDER, Entry, Rewording, State
from followup_mail.outbox.recorded import TAKEN_BACK, ChangedEntry, StoreRecord
from followup_mail.outbox.take_back import take_back
from followup_mail.outbox.transitions import RESTORABLE, Cause

LATER = NOW + timedelta(hours=1)
REWORDED = Rewording(make_mail(subject="Better", content=b"better"), fingerprint(make_content(1)))
WISHES = {
    "approve": lambda entry: user_changes.approve(entry, NOW),
    "cancel": lambda entry: user_changes.cancel(entry, "outcome: rejected"),
    "hold": lambda entry: user_changes.hold(entry, "they replied"),
    "resume": user_changes.resume,
    "reschedule": lambda entry: user_changes.reschedule(entry, make_timing(timedelta(days=1))),
    "edit": lambda entry: user_changes.edit(entry, REWORDED, []),
    "retry": lambda entry: user_changes.retry(entry, "jordan@home.example", LATER),
    "said sent": lambda entry: user_changes.resolve(entry, True, "", LATER),
    "said resend": lambda entry: user_changes.resolve(entry, False, "", LATER),
}
CAUSES = [Cause.ADDED, Cause.CLAIMED]


def _in_state(state: State, held: str = "") -> Entry:
    entry = make_entry(state, sent_at=NOW if state is State.SENT else None, reason="as it was", held=held)
    filed = NOW if state is State.IN_FOLDER else None
    account = FOLDER if filed else entry.account
    return replace(entry, content_sha256=fingerprint(make_content(1)), filed_at=filed, account=account)


ENTRIES = st.builds(_in_state, st.sampled_from(State), st.sampled_from(["", "they replied"]))


def _step(entry: Entry, wish: str) -> ChangedEntry | None:
    try:
        change: Change = WISHES[wish](entry)
    except RefusedError:
        return None
    content = (make_content(1), change.content) if change.content else (b"", b"")
    return ChangedEntry(change.before, change.after, *content)


@given(ENTRIES, st.sampled_from(sorted(WISHES)))
def test_whatever_was_wished_goes_back_whole(entry: Entry, wish: str) -> None:
    """After each wish in each state the entry is again what it was, bytes included; or it stays, with a reason."""
    step = _step(entry, wish)
    if step is None or step.before == step.after:
        return
    back = take_back(step.after, step, CAUSES, None, "undo")
    if back.change is None:
        assert back.why_not
        assert {step.after.state, entry.state} - RESTORABLE
        return
    assert back.change.after == entry
    assert (back.change.content or b"") == step.content_before
    again = take_back(back.change.after, step.swapped, CAUSES, None, "redo")
    assert again.change
    assert again.change.after == step.after


@given(ENTRIES, st.sampled_from(sorted(WISHES)), st.sampled_from(State), st.booleans())
def test_nothing_that_may_have_left_moves(entry: Entry, wish: str, since: State, intended: bool) -> None:
    """Sent, being sent, unclear: it stays, whatever is taken back. Cancelled after an intent: it never comes out."""
    step = _step(entry, wish)
    if step is None or step.before == step.after:
        return
    current = replace(step.after, state=since)
    back = take_back(current, step, [*CAUSES, *([Cause.INTENDED] if intended else [])], None, "undo")
    if since not in RESTORABLE or (intended and since is State.CANCELLED):
        assert back.change is None or back.change.after.state is since
    if back.change and back.change.cause is Cause.UNRESOLVED:
        assert (back.change.before.state, back.change.after.state) == (State.QUEUED, State.UNCLEAR)
    elif back.change:
        assert back.change.cause is Cause.RESTORED
        assert {back.change.before.state, back.change.after.state} <= RESTORABLE


def test_what_happened_since_stays() -> None:
    """A moment that a check gave the entry after it was approved is kept; the approval alone is taken back."""
    draft = _in_state(State.DRAFT)
    step = _step(draft, "approve")
    assert step
    postponed = replace(step.after, next_attempt_at=LATER, claims=3)
    back = take_back(postponed, step, CAUSES, None, "undo")
    assert back.change
    assert back.change.after == replace(draft, next_attempt_at=LATER, claims=3)


def test_a_mail_to_be_sent_again_is_unclear_again_until_it_is_tried() -> None:
    """It does not leave a second time then; once it was tried, it stays, and so does what was said to be sent."""
    unclear = replace(_in_state(State.UNCLEAR), intent_at=NOW, handed_at=NOW, claims=1)
    step = _step(unclear, "said resend")
    assert step
    back = take_back(replace(step.after, next_attempt_at=LATER), step, [*CAUSES, Cause.INTENDED], None, "undo")
    assert back.change
    assert (back.change.cause, back.change.after) == (Cause.UNRESOLVED, replace(unclear, next_attempt_at=LATER))
    tried = replace(step.after, claims=2, attempts=1)
    assert take_back(tried, step, CAUSES, None, "undo").why_not == "has changed since, and stays queued"
    sent = _step(unclear, "said sent")
    assert sent
    assert take_back(sent.after, sent, CAUSES, None, "undo").why_not.startswith("stays sent, as you said")


def test_what_a_step_added_is_cancelled() -> None:
    """A mail that the step had queued is cancelled, and queued again when the step is done again."""
    added = ChangedEntry(None, _in_state(State.QUEUED))
    back = take_back(added.after, added, CAUSES, None, "undo")
    assert back.change
    assert (back.change.after.state, back.change.after.reason) == (State.CANCELLED, TAKEN_BACK)
    assert take_back(back.change.after, added, CAUSES, None, "undo").change is None
    again = take_back(back.change.after, added.swapped, CAUSES, None, "redo")
    assert again.change
    assert again.change.after == added.after


def test_a_step_that_another_mail_has_taken_stays_taken() -> None:
    """One follow-up, for one person, once: a cancelled mail does not come back beside a newer one."""
    step = _step(_in_state(State.QUEUED), "cancel")
    assert step
    back = take_back(step.after, step, CAUSES, replace(step.after, id=99, state=State.QUEUED), "undo")
    assert (back.change, back.why_not) == (None, "stays cancelled, since #99 has taken its step")


@pytest.mark.parametrize("state", [State.DRAFT, State.FAILED, State.MISSED, State.IN_FOLDER])
def test_a_cancelled_mail_comes_back_where_it_was(state: State) -> None:
    """Not into the queue: where it was."""
    step = _step(_in_state(state), "cancel")
    assert step
    back = take_back(step.after, step, CAUSES, None, "undo")
    assert back.change
    assert back.change.after.state is state


def test_changes_of_one_entry_are_joined() -> None:
    """Held, edited and let go by one command: before the first and after the last."""
    entry = _in_state(State.QUEUED)
    held = user_changes.hold(entry, "wait").after
    edited = user_changes.edit(held, REWORDED, []).after
    joined = StoreRecord((ChangedEntry(entry, held),)).followed_by(
        StoreRecord((ChangedEntry(held, edited, b"old", b"better"),))
    )
    assert joined.entries == (ChangedEntry(entry, edited, b"old", b"better"),)
