"""What is displayed about queued mails, held against what happens when nothing else does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from msgspec import Struct, field
from shown_home import ShownHome

from followup_mail.cadence.contact_gap import least_gap
from followup_mail.cadence.offset import shift
from followup_mail.cadence.step import StepState, Touch
from followup_mail.cadence.wording import say_day
from followup_mail.cadence.worktime import Place, local_at
from followup_mail.errors import FollowupError
from followup_mail.outbox.entry import Entry, State
from followup_mail.regex import regex
from followup_mail.services.context.application_context import ApplicationContext, open_application
from followup_mail.services.context.departures import find_next_departure, read_end_of_pause
from followup_mail.services.context.sending_rules import find_place
from followup_mail.services.overview.demo import Clock
from followup_mail.services.overview.today import look_at_today
from followup_mail.services.queueing.outbox_list import list_entries
from followup_mail.workspace import Workspace

MINUTE = timedelta(minutes=1)
_LOOK_ON = timedelta(days=8)
_NAMED = regex(r"your (thank-you|second note|status inquiry) of (\w{3} \d{1,2} \w{3}(?: \d{4})?)")
_EARLY = frozenset({"FM501", "FM506"})
_STOPPED = frozenset({State.FAILED, State.MISSED, State.CANCELLED})


class Shown(Struct):
    """What is shown at one moment."""

    leaves: dict[int, datetime] = field(default_factory=dict)
    stays: dict[int, str] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    """The reasons that the plan gives for those that leave."""
    differ: list[str] = field(default_factory=list)
    """What the list, the plan, ``today`` and ``run`` do not agree on."""


def look(home: ShownHome) -> Shown:
    """Look at every list."""
    shown = Shown()
    with home.open() as workspace:
        now = workspace.now().astimezone(UTC)
        entries = [entry for entry in list_entries(workspace).entries if entry.state is State.QUEUED]
        for entry in entries:
            held = "" if read_end_of_pause(workspace, entry) else entry.held
            too_late = "past its last sensible moment" if entry.is_past(now) else ""
            if stops := entry.stays or held or too_late:
                shown.stays[entry.id] = stops
            else:
                shown.leaves[entry.id] = max(entry.ready_at, now)
        _compare_plans(workspace, entries, shown)
        _compare_next(workspace, entries, shown)
    return shown


def _compare_plans(workspace: Workspace, entries: list[Entry], shown: Shown) -> None:
    """Compare the moments of the list with those of the plans."""
    plans = {slug: open_application(workspace, slug).plan for slug in {entry.step.application for entry in entries}}
    for entry in entries:
        step = plans[entry.step.application].step(entry.step)
        if step is None:
            continue
        moment = shown.leaves.get(entry.id)
        if moment and not entry.held:
            shown.reasons[entry.id] = step.reason
            at = step.at and max(step.at, workspace.now())
            if step.stays or at is None or abs(at - moment) > MINUTE:
                shown.differ.append(f"{entry.label}: the plan says {step.standing} at {step.at}, the list {moment}")
        elif entry.stays and not step.stays and step.state is not StepState.DONE:
            shown.differ.append(f"{entry.label}: the plan says {step.at}, the list that it stays: {entry.stays}")


def _compare_next(workspace: Workspace, entries: list[Entry], shown: Shown) -> None:
    """Compare the list with what ``run`` and ``today`` say."""
    now = workspace.now()
    going = [shown.leaves[entry.id] for entry in entries if entry.id in shown.leaves and not entry.held]
    first, said = min(going, default=None), find_next_departure(workspace)
    if (said is None) is not (first is None) or (said and first and abs(max(said, now) - first) > MINUTE):
        shown.differ.append(f"run says that the next leaves at {said}, the list {first}")
    today = look_at_today(workspace)
    if today.is_quiet and today.next_at != said:
        shown.differ.append(f"today says that the next leaves at {today.next_at}, run {said}")
    told = {entry.id for entry in today.undecided}
    staying = (entry for entry in entries if entry.stays and not entry.held)
    shown.differ += [f"today leaves out that {one.label} stays: {one.stays}" for one in staying if one.id not in told]


class Future(Struct):
    """The days to come on a copy of a home, with runs only."""

    home: ShownHome
    left: dict[int, Entry] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def play(self, shown: Shown) -> None:
        """Run whenever anything could leave, and a week on."""
        until = max([*shown.leaves.values(), self.home.clock.shows]) + _LOOK_ON
        for _ in range(400):
            at = self.home.clock.shows
            try:
                done = self.home.run()
            except FollowupError as error:
                self.wrong.append(f"the run at {at} failed: {error.sentence}")
                break
            self.left |= {entry.id: entry for entry in done if entry.state is State.SENT}
            stopped = (entry for entry in done if entry.id in shown.leaves and entry.state in _STOPPED)
            self.wrong += [f"{entry.label} became {entry.state} at {at}: {entry.reason}" for entry in stopped]
            following = self._find_next()
            if following is None or following > until:
                break
            self.home.clock.shows = following

    def _find_next(self) -> datetime | None:
        at = self.home.clock.shows
        with self.home.open() as workspace:
            due = workspace.store.next_due_at(workspace.now())
            held = workspace.store.entries(states={State.QUEUED}, held=True)
        midnight = datetime.combine(at.date() + timedelta(days=1), time(), at.tzinfo)
        moments = [max(due.astimezone(at.tzinfo), at + MINUTE)] if due else []
        return min([*moments, *([midnight] if held else [])], default=None)


def find_broken(home: ShownHome, copy: Path) -> list[str]:
    """Return which promises are broken: between lists, or by what happens from now on when nothing else does."""
    shown = look(home)
    shutil.copytree(home.home, copy)
    future = Future(ShownHome(copy, Clock(home.clock.shows), texts=dict(home.texts)))
    future.play(shown)
    found = [*shown.differ, *future.wrong, *_compare_moments(future, shown)]
    with future.home.open() as workspace:
        found += _look_back(workspace, future, shown)
    shutil.rmtree(copy)
    return found


def _compare_moments(future: Future, shown: Shown) -> Iterator[str]:
    for number, moment in shown.leaves.items():
        sent_at = future.left[number].sent_at if number in future.left else None
        if sent_at is None or abs(sent_at - moment) > MINUTE:
            yield f"#{number} was shown for {moment}, and left at {sent_at}"
    for number, entry in future.left.items():
        if number not in shown.leaves:
            yield f"#{number} left at {entry.sent_at}, and was shown as one that stays: {shown.stays.get(number)}"


def _look_back(workspace: Workspace, future: Future, shown: Shown) -> Iterator[str]:
    """Yield what is wrong about the mails that left: too close, too many, twice, or with a reason that is not true."""
    for slug in sorted({entry.step.application for entry in future.left.values()}):
        context = open_application(workspace, slug)
        for entry in (entry for entry in future.left.values() if entry.step.application == slug):
            place = find_place(context.application, entry.message.to.email, workspace.planning_defaults)
            touches = context.history.touches
            if len([touch for touch in touches if touch.step == entry.step and touch.message_id]) > 1:
                yield f"{entry.label} left twice"
            yield from _judge_contacts(context, entry, place)
            kept = workspace.store.get(entry.id).why
            for reason in {kept, shown.reasons.get(entry.id, "")}:
                yield from _judge_reason(reason, entry, touches, place)


def _judge_contacts(context: ApplicationContext, entry: Entry, place: Place) -> Iterator[str]:
    sent_at, ignored, traits = entry.sent_at, set(entry.ignored_rules), entry.step.kind.traits
    assert sent_at
    of_them = (touch for touch in context.history.touches if touch.step.person == entry.step.person)
    before = [touch for touch in of_them if touch.at <= sent_at and touch.step != entry.step]
    if traits.presses and not entry.timing.insisted and not _EARLY & ignored:
        for touch in before:
            if sent_at + MINUTE < shift(touch.at, least_gap(context.planning), place):
                yield f"{entry.label} left at {sent_at}, close to {touch.step} of {touch.at}"
    most = context.cadence.limit.contacts
    counted = {t.step for t in before if t.step.kind.traits.counts and t.reached and t.step.round == entry.step.round}
    if most and traits.counts and len(counted) >= most and "FM504" not in ignored:
        yield f"{entry.label} is contact {len(counted) + 1} of {most}"


def _judge_reason(reason: str, entry: Entry, touches: tuple[Touch, ...], place: Place) -> Iterator[str]:
    for kind, day in _NAMED.findall(reason):
        days = {local_at(touch.at, place).date() for touch in touches if touch.step.kind.traits.in_sentence == kind}
        if day not in {say_day(one, year) for one in days for year in (one.year, 0)}:
            yield f"{entry.label} leaves {reason}: there was no {kind} on {day}"
