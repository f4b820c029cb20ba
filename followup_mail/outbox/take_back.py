"""How an entry goes back to where it was before a step: the pure rule, and why it sometimes stays as it is.

Only what the step changed goes back, and only if it still is as the step left it; what else happened to the entry
stays. A mail that left is never called back. And one that had begun to leave never comes out of ``cancelled`` again,
nor gets its old words back: a late answer may still say that the server took it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import fields, replace

from followup_mail.cadence.step import Touch
from followup_mail.cadence.wording import say_day
from followup_mail.outbox import user_changes
from followup_mail.outbox.change import Change
from followup_mail.outbox.entry import OPEN, TAKES_STEP, Entry, State, in_zone
from followup_mail.outbox.recorded import TAKEN_BACK, ChangedEntry, ChangedSeen
from followup_mail.outbox.seen_mail import SeenMail
from followup_mail.outbox.transitions import CAN_COME_BACK, RESTORABLE, Cause, state_after

_GONE: Final = {
    State.SENT: "has been sent and stays",
    State.SENDING: "is being sent at this moment, so it is too late for it",
    State.UNCLEAR: "may have been sent, nobody knows; it stays unclear",
}
_SAID_SENT: Final = "stays sent, as you said: were that taken back, it could leave twice"


class TakenBack(Struct, frozen=True):
    """What comes of one entry when a step is taken back."""

    was: Entry
    """As it stood."""
    change: Change | None = None
    """What is written; None: it stays as it is."""
    why_not: str = ""
    """Why it stays, in words that follow its number; empty when it changes, or was there already."""


def take_back(entry: Entry, step: ChangedEntry, causes: Collection[Cause], taken: Entry | None, why: str) -> TakenBack:
    """Return how ``entry`` goes back to where it was before ``step``.

    ``causes`` is its history, ``taken`` the entry that takes its step of the plan now, ``why`` goes into the history.
    """
    if step.before and _changed_fields(step.after, step.before).keys() == {"step"}:
        return _move_back(entry, step.after, step.before, taken)
    if step.before and _is_about_return(step.after, step.before):
        return _turn_return(entry, step, taken, why)
    if step.before and {step.before.state, step.after.state} == {State.UNCLEAR, State.QUEUED}:
        return _turn_resend(entry, step, why)
    return _restore(entry, step, causes, taken, why)


def _turn_resend(entry: Entry, step: ChangedEntry, why: str) -> TakenBack:
    """Let an unclear mail not be sent again after all, or again: only as long as it was not tried since."""
    assert step.before is not None
    back = _changed_fields(step.after, step.before)
    if all(getattr(entry, name) == value for name, value in back.items()):
        return TakenBack(entry)
    as_left = {name for name in back if name != "next_attempt_at"}  # a better moment is no try
    if entry.claims != step.after.claims or any(getattr(entry, name) != getattr(step.after, name) for name in as_left):
        return TakenBack(entry, why_not=_GONE.get(entry.state, f"has changed since, and stays {entry.state}"))
    cause = Cause.UNRESOLVED if step.before.state is State.UNCLEAR else Cause.SAID_RESEND
    after = replace(entry, **back | {"state": state_after(entry.state, cause)})
    return TakenBack(entry, Change(cause, entry, after, why))


def _restore(entry: Entry, step: ChangedEntry, causes: Collection[Cause], taken: Entry | None, why: str) -> TakenBack:
    if entry.state in _GONE:
        said = entry.state is State.SENT and step.before and step.before.state in {State.UNCLEAR, State.IN_FOLDER}
        return TakenBack(entry, why_not=_SAID_SENT if said else _GONE[entry.state])
    if step.before is None:
        return _take_out(entry)
    back = _changed_fields(step.after, step.before)
    if all(getattr(entry, name) == value for name, value in back.items()):
        return TakenBack(entry)
    if why_not := _find_hindrance(entry, step, causes, taken):
        return TakenBack(entry, why_not=why_not)
    state = state_after(entry.state, Cause.RESTORED, step.before.state)
    if state not in OPEN:
        back["held"] = step.before.held  # what ``hold_after_answer`` added goes with the step that is done again
    change = Change(Cause.RESTORED, entry, replace(entry, **back | {"state": state}), why, step.content_before or None)
    return TakenBack(entry, change)


def _move_back(entry: Entry, after: Entry, before: Entry, taken: Entry | None) -> TakenBack:
    """Let an entry belong to its former step again; whether it was sent does not matter for that."""
    if entry.step == before.step:
        return TakenBack(entry)
    if entry.state is State.SENDING or entry.step != after.step:
        return TakenBack(entry, why_not=_GONE.get(entry.state, "belongs to another step since"))
    if taken and entry.state in TAKES_STEP:
        return TakenBack(entry, why_not=f"stays where it is, since {taken.label} has taken its step")
    return TakenBack(entry, user_changes.move(entry, before.step))


def _is_about_return(after: Entry, before: Entry) -> bool:
    """Return whether a step was the news that a mail came back, or that it had not."""
    states = {after.state, before.state}
    return after.was_sent_at != before.was_sent_at and State.FAILED in states and bool(states & CAN_COME_BACK)


def _turn_return(entry: Entry, step: ChangedEntry, taken: Entry | None, why: str) -> TakenBack:
    """Let a mail have come back, or not, as before the step. Neither sends anything."""
    assert step.before is not None
    back = _changed_fields(step.after, step.before)
    if all(getattr(entry, name) == value for name, value in back.items()):
        return TakenBack(entry)
    if (entry.state, entry.was_sent_at) != (step.after.state, step.after.was_sent_at):
        return TakenBack(entry, why_not=f"has changed since, and stays {entry.state}")
    comes_back = step.before.state is State.FAILED
    if taken and not comes_back:
        return TakenBack(entry, why_not=f"stays {entry.state}, since {taken.label} has taken its step")
    cause = Cause.RETURNED if comes_back else Cause.NOT_RETURNED
    state = state_after(entry.state, cause, None if comes_back else step.before.state)
    return TakenBack(entry, Change(cause, entry, replace(entry, **back | {"state": state}), why))


def hold_after_answer(back: TakenBack, done: Iterable[Touch]) -> TakenBack:
    """Hold a mail that comes back into the queue, where its reader has got the answer to a no since it was written.

    They were told goodbye: what goes to them now is for the user to decide. ``done`` is the history of its application.
    """
    entry = back.change.after if back.change else back.was
    if back.change is None or back.was.state is State.QUEUED or entry.state is not State.QUEUED or entry.held:
        return back
    answers = (touch for touch in done if touch.step.kind.traits.answers_rejection)
    theirs = (touch.at for touch in answers if touch.step.person == entry.step.person)
    answered = max((at for at in theirs if at >= entry.created_at), default=None)
    if answered is None:
        return back
    day = say_day(in_zone(answered, entry.timing.place.zone).date(), entry.timing.due_at.year)
    held = f"the answer to the no was sent to {entry.message.to.name} on {day}"
    return replace(back, change=replace(back.change, after=replace(entry, held=held)))


def turn_seen(change: ChangedSeen, now: SeenMail | None, again: bool) -> SeenMail | None:
    """Return what becomes of a seen mail when a step is taken back, or done ``again``; None: it is forgotten.

    ``now`` is how it stands. Only what the step changed is turned, and only where it still is as the step left it.
    """
    old, new = (change.before, change.after) if again else (change.after, change.before)
    if new is None:
        return None
    if now is None:
        return new if old is None else None
    if old is None:
        return now
    changed = {field.name for field in fields(SeenMail) if getattr(old, field.name) != getattr(new, field.name)}
    turned = {name: getattr(new, name) for name in changed if getattr(now, name) == getattr(old, name)}
    return replace(now, **turned)


def _take_out(entry: Entry) -> TakenBack:
    """Cancel an entry that the step had added."""
    if entry.state is State.CANCELLED:
        return TakenBack(entry)
    return TakenBack(entry, user_changes.cancel(entry, TAKEN_BACK))


def _changed_fields(after: Entry, before: Entry) -> dict[str, Any]:
    """Return what the step changed, with the values from before."""
    old = {field.name: getattr(before, field.name) for field in fields(Entry)}
    return {name: value for name, value in old.items() if getattr(after, name) != value}


def _find_hindrance(entry: Entry, step: ChangedEntry, causes: Collection[Cause], taken: Entry | None) -> str:
    """Return why an entry that did not leave cannot go back, in words; empty when it can."""
    assert step.before is not None
    was = step.before.state
    changed = _changed_fields(step.after, step.before)
    if was not in RESTORABLE or any(getattr(entry, name) != getattr(step.after, name) for name in changed):
        return f"has changed since, and stays {entry.state}"
    comes_out = entry.state is State.CANCELLED and was is not State.CANCELLED
    if entry.in_drafts and was in OPEN:
        # Back in the queue it would be sent from here while the user may send it from there.
        return "is in the Drafts folder of your mailbox; `followup-mail outbox retry` takes it out there"
    if Cause.INTENDED in causes and (comes_out or step.content_before):
        return f"had begun to leave once, so it stays {entry.state}; queue the step again"
    if taken and was in TAKES_STEP and entry.state not in TAKES_STEP:
        return f"stays {entry.state}, since {taken.label} has taken its step"
    return ""
