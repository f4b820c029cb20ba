"""A mail that waits, written again from the facts as they are now: in its wording, to its moment, for its step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.plan import plan_from
from followup_mail.cadence.requested_step import Wish, make_step
from followup_mail.cadence.step import History, Step, Touch, Waiting
from followup_mail.cadence.worktime import Place, next_permitted
from followup_mail.drafts.assignment import Assignment
from followup_mail.drafts.write_draft import write_draft
from followup_mail.facts.application import Application
from followup_mail.message.draft import Draft
from followup_mail.outbox.entry import WORDED_BY, Entry, Timing
from followup_mail.outbox.pre_send_check import Action
from followup_mail.services.context.application_context import ApplicationContext, place_of, reached_person
from followup_mail.services.context.facts_rulings import judge_by_days
from followup_mail.services.context.sending_rules import is_same_clock
from followup_mail.services.context.why_then import say_why_then
from followup_mail.services.writing.prepare import GRACE_OF_CHOSEN, promised_files
from followup_mail.services.writing.prepared import Written
from followup_mail.workspace import Workspace

_MOVED: Final = timedelta(hours=2)
"""By how much the plan's moment must differ: the minutes between the mails of a panel are not a move."""
_MOVED_ELSEWHERE: Final = timedelta(minutes=30)
"""By how much where the facts name a place with other clocks by now: towns next to each other are an hour apart."""


class Around(Struct, frozen=True):
    """What a mail that waits is written again from."""

    context: ApplicationContext
    entries: Sequence[Entry]
    """All entries of the application."""
    renewed: Mapping[int, Written]
    """Those that were written again before it."""

    def without(self, entry: Entry) -> ApplicationContext:
        """Return the application as if this entry were not there, and with the others as they read now."""
        history = self.context.history
        waiting = (self._renew(other) for other in history.waiting if other.entry != entry.label)
        planning = replace(self.context.planning, history=replace(history, waiting=tuple(waiting)))
        return replace(self.context, planning=planning)

    def when_written(self, entry: Entry) -> ApplicationContext:
        """Return the application as it stood when an entry was written, by the facts of today."""
        planning = replace(self.context.planning, history=self._before(entry))
        return replace(self.context, planning=planning, plan=plan_from(planning))

    def _before(self, entry: Entry) -> History:
        """Return what was known then: nothing of what was written with it or after it."""
        later = {other.message.message_id for other in self.entries if not _was_there(other, entry)}
        history = self.context.history
        return History(
            tuple(touch for touch in history.touches if touch.message_id not in later),
            tuple(self._renew(waiting) for waiting in history.waiting if waiting.message_id not in later),
        )

    def _renew(self, waiting: Waiting) -> Waiting:
        written = self.renewed.get(int(waiting.entry.removeprefix("#")))
        if written is None:
            return waiting
        draft, due_at = written.draft, written.timing.due_at
        told: Touch | None = waiting.told and replace(waiting.told, text=draft.text, at=due_at)
        return replace(waiting, subject=draft.subject, told=told, due_at=due_at)


def _was_there(other: Entry, entry: Entry) -> bool:
    """Return whether an entry was in the outbox when another was written. Those of one request are written together."""
    if other.created_at == entry.created_at:
        return other.id < entry.id and other.step.kind is not entry.step.kind
    return other.created_at < entry.created_at


def find_step_of(context: ApplicationContext, entry: Entry) -> Step:
    """Return the step of an entry as the plan has it without the entry. Raises ``NotFoundError`` for nobody."""
    step = context.plan.step(entry.step)
    if step is None or step.person is None:
        step = make_step(context.planning, Wish(entry.step.kind, entry.step.person))
    if step.id.round != entry.step.round:  # its date is that of another interview
        step = replace(step, due_at=None)
    return replace(step, id=entry.step)


def find_timing(workspace: Workspace, context: ApplicationContext, entry: Entry, step: Step) -> Timing:
    """Return the timing of an entry, with the plan's moment where that has moved.

    A moment that the user chose is kept, as the same hour at the place that the facts name now.
    """
    place = place_of(workspace, context.application, reached_person(step))
    if entry.timing.insisted:
        return _at_same_hour(entry.timing, place, context.now)
    if step.due_at is None:
        return entry.timing
    planned = next_permitted(max(step.due_at, entry.created_at), place)
    least = _MOVED if is_same_clock(entry.timing, place) else _MOVED_ELSEWHERE
    if abs(planned.astimezone(UTC) - entry.timing.due_at.astimezone(UTC)) < least:
        return entry.timing
    return Timing(next_permitted(max(planned, context.now), place), step.last_at, place)


def _at_same_hour(timing: Timing, place: Place, now: datetime) -> Timing:
    if is_same_clock(timing, place):
        return timing
    hour = timing.at_place().due_at.replace(tzinfo=place.clock).astimezone(UTC)
    due_at = hour if hour > now else next_permitted(now, place)
    last_at = timing.last_at and max(timing.last_at, due_at + GRACE_OF_CHOSEN)
    return replace(timing, due_at=due_at, last_at=last_at, place=place).at_place()


def write_anew(workspace: Workspace, context: ApplicationContext, entry: Entry, step: Step, timing: Timing) -> Written:
    """Write it, in the application as it stood then; one that somebody else worded in our first wording.

    Raises ``FactsError`` or ``TemplateError`` when it cannot be written any more, ``NotFoundError`` when its wording
    is gone.
    """
    files = promised_files(workspace, context, step) if step.kind.traits.carries_promised_files else ()
    named = entry.message.wording
    wording = "" if step.thanks_all or named.startswith(WORDED_BY) else named.rpartition("/")[2]

    def write(at: datetime, leaves_by: datetime | None) -> Draft:
        assignment = Assignment(
            context.application, step, context.history, at, wording, files, context.planning.defaults,
            leaves_by=leaves_by,
        )  # fmt: skip
        return write_draft(workspace.writer, assignment)

    why = entry.why if timing == entry.timing else say_why_then(step, timing, context.now)
    if not step.kind.traits.thanks_for_interview:
        return Written(step, write(timing.due_at, None), timing, why)
    return Written(step, _choose_day_words(entry, timing, context.application, write), timing, why)


def _choose_day_words(
    entry: Entry, timing: Timing, application: Application, write: Callable[[datetime, datetime | None], Draft]
) -> Draft:
    """Return a thank-you as it reads for its moment, or as it stands, if only its words for the day differ, and hold.

    One that was sent at once, and has its turn in a few minutes, may say "today"; one that was moved since may name the
    day as for the moment that it had.
    """
    first = write(timing.due_at, timing.last_at)
    moments = [(timing.due_at, timing.due_at)]
    if judge_by_days(entry, application, timing.due_at).action is Action.GO:
        moments += [(entry.created_at, entry.created_at), (entry.created_at, timing.last_at or entry.created_at)]
    drafts = chain([first], (write(*moment) for moment in moments))
    stands = (entry.message.subject, entry.message.text)
    return next((draft for draft in drafts if (draft.subject, draft.text) == stands), first)
