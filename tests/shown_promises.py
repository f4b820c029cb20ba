"""What is displayed about queued mails, held against what happens when nothing else does."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from shown_home import ShownHome

from followup_mail.cadence.contact_gap import least_gap
from followup_mail.cadence.offset import shift
from followup_mail.cadence.step import StepState, Touch
from followup_mail.errors import FollowupError
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.application_context import open_application
from followup_mail.services.demo import Clock
from followup_mail.services.departures import find_next_departure, read_end_of_pause
from followup_mail.services.outbox_list import list_entries
from followup_mail.services.sending_rules import find_place
from followup_mail.services.today import look_at_today
from followup_mail.services.why_then import why_of
from followup_mail.workspace import Workspace

MINUTE = timedelta(minutes=1)
_NAMED = re.compile(r"(?:after )?your (thank-you|second note|status inquiry|[a-z -]+?) of (\w{3} \d{1,2} \w{3}(?: \d{4})?)")


class Shown(Struct):
    """What is shown at one moment."""

    leaves: dict[int, datetime]
    stays: dict[int, str]
    reasons: dict[int, str]
    """The reasons that the plan gives for those that leave."""


def look(home: ShownHome, wrong: list[str]) -> Shown:
    """Look at every list; what they do not agree on is added to ``wrong``."""
    with home.open() as workspace:
        entries = [entry for entry in list_entries(workspace).entries if entry.state is State.QUEUED]
        shown = Shown({}, {}, {})
        for entry in entries:
            stops = entry.stays or (entry.held if not read_end_of_pause(workspace, entry) else "")
            if entry.is_past(workspace.now()):  # the next run says so
                stops = stops or "past"
            if stops:
                shown.stays[entry.id] = stops
            else:
                shown.leaves[entry.id] = max(entry.ready_at, workspace.now().astimezone(UTC))
        _compare_plans(workspace, entries, shown, wrong)
        _compare_next(workspace, entries, shown, wrong)
    return shown


def _compare_plans(workspace: Workspace, entries: list[Entry], shown: Shown, wrong: list[str]) -> None:
    for slug in sorted({entry.step.application for entry in entries}):
        plan = open_application(workspace, slug).plan
        for entry in entries:
            step = plan.step(entry.step) if entry.step.application == slug else None
            if step is None:
                continue
            if entry.id in shown.leaves and not entry.held:
                shown.reasons[entry.id] = f"{why_of(entry)} / {step.reason}"
                at = step.at and max(step.at, workspace.now())
                if step.stays or at is None or abs(at - shown.leaves[entry.id]) > MINUTE:
                    wrong.append(f"plan {entry.label}: {step.at} {step.stays} {step.state}; list {shown.leaves[entry.id]}")
            elif entry.stays and not step.stays and step.state is not StepState.DONE:
                wrong.append(f"plan {entry.label}: {step.at} {step.standing}; list: stays, {entry.stays}")


def _compare_next(workspace: Workspace, entries: list[Entry], shown: Shown, wrong: list[str]) -> None:
    going = [shown.leaves[entry.id] for entry in entries if entry.id in shown.leaves and not entry.held]
    first = min(going, default=None)
    now = workspace.now()
    said = find_next_departure(workspace) if workspace.has_store else None
    if (said is None) is not (first is None) or (said and first and abs(max(said, now) - first) > MINUTE):
        wrong.append(f"run says {said}, the list {first}")
    today = look_at_today(workspace)
    if today.is_quiet and today.next_at != said:
        wrong.append(f"today says {today.next_at}, run {said}")
    told = {entry.id for entry in today.undecided}
    wrong += [f"today leaves out {entry.label}: {entry.stays}" for entry in entries if entry.stays and not entry.held and entry.id not in told]


def run_out(home: ShownHome, copy: Path, shown: Shown, wrong: list[str]) -> None:
    """Play the days to come on a copy of the home, and hold what happens against what is shown."""
    shutil.copytree(home.home, copy)
    future = ShownHome(copy, Clock(home.clock.shows))
    future._texts.update(home._texts)
    left: dict[int, Entry] = {}
    end = max([*shown.leaves.values(), home.clock.shows.astimezone(UTC)]) + timedelta(days=8)
    for _ in range(400):
        at = future.clock.shows
        try:
            done = future.run()
        except FollowupError as error:
            wrong.append(f"run at {at} failed: {error.sentence}")
            break
        left |= {entry.id: entry for entry in done if entry.state is State.SENT}
        wrong += [f"{e.label} {e.state} at {at}: {e.reason}" for e in done if e.id in shown.leaves and e.state in {State.FAILED, State.MISSED, State.CANCELLED}]
        with future.open() as workspace:
            due = workspace.store.next_due_at(workspace.now()) if workspace.has_store else None
            held = workspace.has_store and workspace.store.entries(states={State.QUEUED}, held=True)
        zone = at.tzinfo
        midnight = datetime.combine(at.date() + timedelta(days=1), datetime.min.time(), zone)
        following = [max(due.astimezone(zone), at + MINUTE)] if due else []
        following += [midnight] if held else []
        if not following or min(following) > end.astimezone(zone):
            break
        future.clock.shows = min(following)
    now = home.clock.shows.astimezone(UTC)
    for number, moment in shown.leaves.items():
        if number not in left:
            with future.open() as workspace:
                entry = workspace.store.get(number)
                wrong.append(f"#{number} shown for {moment}, did not leave: {entry.state} {entry.held} {entry.reason}")
        elif abs((left[number].sent_at or now) - moment) > MINUTE:
            wrong.append(f"#{number} shown for {moment}, left {left[number].sent_at}")
    for number, entry in left.items():
        if number not in shown.leaves:
            wrong.append(f"#{number} left {entry.sent_at}, shown as staying: {shown.stays.get(number)}")
    with future.open() as workspace:
        _look_back(workspace, left, shown, wrong)
    shutil.rmtree(copy)


def _look_back(workspace: Workspace, left: dict[int, Entry], shown: Shown, wrong: list[str]) -> None:
    for slug in sorted({entry.step.application for entry in left.values()}):
        context = open_application(workspace, slug)
        application, history = context.application, context.history
        for entry in (entry for entry in left.values() if entry.step.application == slug):
            place = find_place(application, entry.message.to.email, workspace.planning_defaults)
            sent_at = entry.sent_at
            assert sent_at
            before = [touch for touch in history.touches if touch.at <= sent_at and touch.step != entry.step]
            theirs = [touch for touch in before if touch.step.person == entry.step.person]
            early = {"FM501", "FM506"} & set(entry.ignored_rules)
            if entry.step.kind.traits.presses and not entry.timing.insisted and not early:
                for touch in theirs:
                    until = shift(touch.at, least_gap(context.planning), place)
                    if sent_at + MINUTE < until:
                        wrong.append(f"{entry.label} {entry.step.kind} left {sent_at}, close to {touch.step} of {touch.at}")
            with_ids = [touch for touch in history.touches if touch.step == entry.step and touch.message_id]
            if len(with_ids) > 1:
                wrong.append(f"{entry.label} was sent twice")
            _check_limit(context, entry, theirs, wrong)
            for text in {entry_why(workspace, entry), shown.reasons.get(entry.id, "")}:
                _check_reason(text, entry, history.touches, place, wrong)


def entry_why(workspace: Workspace, entry: Entry) -> str:
    return workspace.store.get(entry.id).why


def _check_limit(context, entry: Entry, before: list[Touch], wrong: list[str]) -> None:
    limit = context.cadence.limit
    most = getattr(limit, "contacts", None)
    counted = [t for t in before if t.step.kind.traits.counts and t.step.round == entry.step.round and t.reached]
    if most and entry.step.kind.traits.counts and len({t.step for t in counted}) >= most and "FM504" not in entry.ignored_rules:
        wrong.append(f"{entry.label} is contact {len(counted) + 1} of {most}")


def _check_reason(text: str, entry: Entry, touches: tuple[Touch, ...], place, wrong: list[str]) -> None:
    from followup_mail.cadence.wording import say_day
    from followup_mail.cadence.worktime import local_at

    for kind, day in _NAMED.findall(text):
        known = [t for t in touches if t.step.kind.traits.in_sentence == kind]
        days = {say_day(local_at(t.at, place).date(), local_at(t.at, place).year) for t in known}
        days |= {say_day(local_at(t.at, place).date(), 0) for t in known}
        if day not in days:
            wrong.append(f"{entry.label} '{text}': no {kind} on {day}, but {sorted(days)}")
