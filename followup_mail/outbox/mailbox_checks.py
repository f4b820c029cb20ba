"""The checks before sending that go by what was seen in the mailbox: an answer, an absence, or that nobody could look.

Pure functions like those of ``pre_send_check``: the mailbox was looked at before, and what was seen is in the outbox.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from msgspec.structs import replace

from followup_mail.cadence.worktime import Place
from followup_mail.outbox.entry import FOLDER, Entry, find_clock
from followup_mail.outbox.pre_send_check import GO, Action, NextPermitted, PreSendCheck, Ruling, SendContext
from followup_mail.outbox.seen_changes import AWAY, REPLIED, say_which_answer

LOOK_AGAIN_AFTER = timedelta(minutes=10)
"""How long an entry waits when nobody could look whether they have answered."""


def check_answered(entry: Entry, context: SendContext, _: datetime) -> Ruling:
    """Hold an entry of whatever kind while there is an answer that the facts do not know of yet.

    What was open when the answer was seen is held already. This is for what was queued since.
    """
    answers = context.open_answers(entry.step.application)
    return Ruling(Action.HOLD, REPLIED, detail=say_which_answer(answers[0])) if answers else GO


def check_absence(place_of: Callable[[Entry], Place], next_permitted: NextPermitted) -> PreSendCheck:
    """Return the check that lets a follow-up wait until its reader is back, by what they said last.

    Only for what presses: a thank-you may lie there when they come back. And only as long as it makes sense: one whose
    last sensible moment is before that goes at its own time, since a mail that waits for somebody in their inbox is
    better than one that never comes. ``place_of`` says where the reader works by the facts as they are now.
    """

    def check(entry: Entry, context: SendContext, now: datetime) -> Ruling:
        timing = entry.timing
        if timing.insisted or not entry.step.kind.traits.presses:
            return GO
        back_on = next(
            (known.mail.back_on for known in context.absences(entry.message.to.email) if known.mail.back_on), None
        )
        place = place_of(entry)
        clock = find_clock(place.zone)
        if back_on is None or clock is None or back_on <= now.astimezone(clock).date():
            return GO
        begins = datetime.combine(back_on, time(), clock).astimezone(UTC)
        until = next_permitted(replace(timing, place=place), begins).astimezone(UTC)
        if timing.last_at is not None and until > timing.last_at.astimezone(UTC):
            return GO
        return Ruling(Action.POSTPONE, f"{AWAY}{_say_day(back_on)}", until)

    return check


def check_looked(max_age: timedelta, waits: bool) -> PreSendCheck:
    """Return the check that lets a follow-up wait while nobody could look into its account's mailbox.

    ``max_age``: how old the last look may be that got through to the end. ``waits``: whether the user wants it so; else
    everything goes. A moment that the user named does not help here: they cannot know of the answer either. What waits
    in vain is missed at its last sensible moment, and then named to the user.
    """

    def check(entry: Entry, context: SendContext, now: datetime) -> Ruling:
        if not waits or entry.account == FOLDER or not entry.step.kind.traits.presses:
            return GO
        look = context.last_look(entry.account)
        # One from the future comes from a clock that was wrong.
        if look.looked_at is not None and abs(now - look.looked_at) <= max_age:
            return GO
        why = f": {look.error.rstrip('.')}" if look.error else ""
        return Ruling(
            Action.POSTPONE,
            f"nobody could look into the mailbox whether they have answered{why}",
            now + LOOK_AGAIN_AFTER,
        )

    return check


def _say_day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
