"""Why a mail leaves at its moment: the reason of its step, and what moved it on from the moment of the plan."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from followup_mail.cadence.step import Step, read_early
from followup_mail.cadence.wording import say_list
from followup_mail.cadence.worktime import Place, closed_between, local_at, next_permitted
from followup_mail.outbox.entry import Entry, Timing

CHOSEN: Final = "you chose this moment"


def say_why_then(step: Step, timing: Timing, now: datetime) -> str:
    """Return a phrase, as ``Step.reason`` is one. It is kept with the mail, so it must be true afterwards too."""
    if timing.insisted:
        return CHOSEN
    turned = "minutes apart from the others"
    earliest = step.due_at or now
    is_late = earliest < now
    # Its turn is said behind "at once", which the second of a panel does not leave.
    reason = step.reason.removesuffix(f", {turned}") if is_late else step.reason
    moves = [reason] if reason else []
    if is_late:
        moves.append(_say_later(now, timing.place))
    permitted = next_permitted(max(earliest, now), timing.place)
    if timing.due_at > permitted and not any(move.endswith(turned) for move in moves):
        is_another_day = local_at(timing.due_at, timing.place).date() > local_at(permitted, timing.place).date()
        moves.append(f"{turned}, {_past(permitted, timing.due_at, timing.place)}" if is_another_day else turned)
    return "; ".join(moves)


def why_of(entry: Entry) -> str:
    """Return why a mail that waits leaves at its moment."""
    return read_early(entry.why) or (CHOSEN if entry.timing.insisted else entry.why)


def say_why_now(step: Step, entry: Entry, now: datetime) -> str:
    """Return why a mail that leaves now has its date, where that is no longer what is kept with it; else nothing.

    What was to happen before it may have happened on another day.
    """
    chosen = entry.timing.insisted or step.due_at is None
    if chosen or not step.kind.traits.presses or entry.why.startswith(step.reason):
        return ""
    return step.reason if step.due_at and step.due_at.date() <= now.astimezone(step.due_at.tzinfo).date() else ""


def _say_later(now: datetime, place: Place) -> str:
    at = next_permitted(now, place)
    return f"written later than that, so {'at once' if at == now else _past(now, at, place)}"


def _past(start: datetime, end: datetime, place: Place) -> str:
    passed = closed_between(local_at(start, place).date(), local_at(end, place).date(), place)
    return "once their offices open again" + (f", past {say_list(passed)}" if passed else "")
