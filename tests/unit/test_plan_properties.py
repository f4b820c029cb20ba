"""What must hold for every plan, whatever the facts, the cadence, the history and the moment.

Cases are drawn by a seeded generator: hypothesis picks and remembers the seed. Drawing each value through hypothesis
takes twenty times as long as planning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from changing import replace
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_samples import PRESETS, apply, plan

from followup_mail.cadence.contact_gap import LEAST_GAP
from followup_mail.cadence.offset import Offset, Unit, shift
from followup_mail.cadence.roster import list_members
from followup_mail.cadence.step import History, Kind, Plan, Step, StepId, StepState, Touch, Waiting
from followup_mail.cadence.worktime import is_permitted
from followup_mail.facts.application import Application, Channel, Role, Status

FOLLOW_UPS = {Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY}
PRESSING = FOLLOW_UPS | {Kind.APPLICATION_CHECK}
COUNTED = FOLLOW_UPS | {Kind.THANK_YOU}
OPEN = {StepState.DUE, StepState.UPCOMING, StepState.BLOCKED}
SURE = {StepState.DONE, StepState.QUEUED, StepState.DUE, StepState.UPCOMING}
TAKEN = {"queued", "sending", "unclear"}

ZONES = ("America/Chicago", "Europe/Berlin", "Asia/Jerusalem", "Asia/Tokyo", "Pacific/Apia", "UTC")
COUNTRIES = (None, "US", "DE", "IL", "AE", "JP")
NAMES = ("Dana Lee", "Sam Roe", "Ana Bo", "Kim Yo", "王芳")
FIRST = datetime(2026, 10, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """One planning problem."""

    application: Application
    cadence: str
    history: History
    now: datetime
    random: Random

    def plan(self, history: History | None = None, to: str = "") -> Plan:
        return plan(self.application, self.cadence, self.now, self.history if history is None else history, to=to)


CHECKS: list[Callable[[Case], None]] = []


def holds(check: Callable[[Case], None]) -> Callable[[], None]:
    """Check a property on many drawn cases."""
    CHECKS.append(check)

    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 2**32))
    def run(seed: int) -> None:
        check(draw_case(Random(seed)))

    run.__name__ = check.__name__
    run.__doc__ = check.__doc__
    return run  # type: ignore[no-any-return]


def draw_case(random: Random) -> Case:
    application, cadence = draw_application(random), random.choice(PRESETS)
    return Case(application, cadence, draw_history(random, application, cadence), draw_moment(random), random)


def draw_moment(random: Random) -> datetime:
    return FIRST + timedelta(minutes=random.randrange(120 * 24 * 60))


def draw_day(random: Random) -> str:
    return str(draw_moment(random).date())


def draw_person(random: Random) -> dict[str, Any]:
    name = random.choice(NAMES)
    return {
        "name": name,
        "email": random.choice([None, f"{NAMES.index(name)}@acme.example", f"other{NAMES.index(name)}@acme.example"]),
        "phone": random.choice([None, "+1 312 555 0100"]),
        "postal_address": random.choice([[], ["1 Main St"]]),
        "role": str(random.choice(list(Role))),
        "time_zone": random.choice([None, *ZONES]),
        "country": random.choice(COUNTRIES),
        "discussed": random.choice([[], ["streams"]]),
        "convinced": random.choice(["", "the team"]),
    }


def draw_interview(random: Random) -> dict[str, Any]:
    return {
        "round": random.randint(1, 3),
        "start": f"{draw_moment(random):%Y-%m-%d %H:%M:%S+00:00}",
        "duration": f"{random.randint(1, 600)} min",
        "time_zone": random.choice(ZONES),
        "people": [draw_person(random) for _ in range(random.randrange(5))],
    }


def draw_application(random: Random) -> Application:
    status = random.choice(["waiting"] * 8 + [str(one) for one in Status])
    return apply(
        applied=random.choice([None, draw_day(random)]),
        country=random.choice(COUNTRIES),
        time_zone=random.choice([None, *ZONES]),
        contacts=[draw_person(random) for _ in range(random.randrange(3))],
        interviews=[draw_interview(random) for _ in range(random.randrange(4))],
        fit=random.choice([[], ["I have done it"]]),
        not_mentioned=random.choice([[], ["the handbook"]]),
        outcome={"status": status, "on": random.choice([None, draw_day(random)])},
        said={
            "decision_by": random.choice([None, draw_day(random)]),
            "not_before": random.choice([None, None, draw_day(random)]),
            "channel": random.choice([None, None, *(str(one) for one in Channel)]),
            "interval": random.choice([None, None, "1 min", "3 days", "1 week", "5 weeks"]),
            "calls": random.choice([None, True, False]),
            "contact": random.random() < 0.9,
        },
    )


def draw_history(random: Random, application: Application, cadence: str) -> History:
    """Draw things done for steps that the plan has, for others, and for people who are gone from the facts."""
    steps = [one.id for one in plan(application, cadence, draw_moment(random)).steps]
    handles = [*(one.handle for one in list_members(application)), "gone"]

    def draw_step() -> StepId:
        if steps and random.random() < 0.7:
            return random.choice(steps)
        kind = random.choice(list(Kind))
        return StepId("acme", kind, random.randint(0, 3), random.choice(handles), random.randint(1, 3))

    touches = tuple(
        Touch(draw_step(), random.choice(list(Channel)), draw_moment(random), random.random() < 0.6)
        for _ in range(random.randrange(5))
    )
    states = ("draft", "queued", "sending", "unclear", "failed", "missed")
    waiting = tuple(
        Waiting(draw_step(), "7", draw_moment(random), random.choice(states)) for _ in range(random.randrange(4))
    )
    return History(touches, waiting)


def open_steps(found: Plan, kinds: set[Kind]) -> list[Step]:
    """The steps of some kinds that may still happen and have a date."""
    return [one for one in found.steps if one.state in OPEN and one.kind in kinds and one.due_at is not None]


def due(step: Step) -> datetime:
    assert step.due_at is not None
    return step.due_at


@holds
def test_no_thank_you_before_the_interview_is_over(case: Case) -> None:
    """No thank-you is planned before the end of the interviews of its round in which that person was met."""
    for step in open_steps(case.plan(), {Kind.THANK_YOU}):
        of_round = [one for one in case.application.interviews if one.round == step.id.round]
        assert step.person is not None
        ends = [one.end for one in of_round if step.person.key in {met.key for met in one.people}]
        assert due(step) >= min(ends)
        if len({(one.name, one.email) for one in case.application.everyone()}) == len(case.application.everyone()):
            same = [one.end for one in of_round if (step.person.name) in {met.name for met in one.people}]
            assert due(step) >= max(same) or len(same) > 1


@holds
def test_no_follow_up_before_the_round_is_over(case: Case) -> None:
    """No follow-up is planned before the last interview on record is over, whatever its round."""
    for step in open_steps(case.plan(), FOLLOW_UPS):
        assert due(step) >= max(one.end for one in case.application.interviews)


@holds
def test_no_follow_up_before_a_day_they_named(case: Case) -> None:
    """No follow-up is planned before the first day that is welcome, nor before a decision date that still counts."""
    said, facts = case.application.said, case.application
    last = max(facts.interviews, key=lambda one: one.end, default=None)
    since = last.start.date() if last else facts.applied or date.min
    for step in open_steps(case.plan(), PRESSING):
        day = due(step).date()
        assert said.not_before is None or day >= said.not_before
        assert said.decision_by is None or said.decision_by < since or day > said.decision_by


@holds
def test_only_in_working_time(case: Case) -> None:
    """Every planned moment is working time where the one it goes to works; a letter needs a working day."""
    for step in case.plan().steps:
        if step.due_at is not None:
            assert is_permitted(step.due_at, step.place, any_hour=step.channel is Channel.POST)
            assert getattr(step.due_at.tzinfo, "key", None) == step.place.zone


@holds
def test_never_beyond_the_limit(case: Case) -> None:
    """No contact is planned that would be the fourth with one person in a round, with those done and under way."""
    if case.cadence == "weekly-calls":
        return
    found, outcome, said = case.plan(), case.application.outcome, case.application.said
    named = [day for day in (said.decision_by, said.not_before) if day and outcome.on and day >= outcome.on]
    for step in open_steps(found, COUNTED):
        if named and outcome.status is Status.WAITING and step.kind is Kind.STATUS_INQUIRY:
            continue  # They have answered and named a day: asking about it is contact with somebody who answers.
        ours = [one for one in found.steps if (one.id.round, one.id.person) == (step.id.round, step.id.person)]
        counted = [
            one for one in ours if one.kind in COUNTED and one.state not in {StepState.SKIPPED, StepState.MISSED}
        ]
        sure = [one for one in counted if one.state is not StepState.BLOCKED]
        assert step.state is StepState.BLOCKED or len(sure) <= 3


@holds
def test_calls_never_beyond_their_limit(case: Case) -> None:
    """weekly-calls stops after three calls that reached somebody, and after five attempts."""
    found = replace(case, cadence="weekly-calls").plan()
    for number in {one.id.round for one in found.steps}:
        series = (Kind.STATUS_INQUIRY, number)
        done = [one for one in case.history.touches if (one.step.kind, one.step.round) == series]
        ahead = [one for one in found.steps if (one.kind, one.id.round) == series and one.state in OPEN]
        assert not ahead or len(ahead) + sum(one.reached for one in done) <= 3
        assert not ahead or len(ahead) + len(done) <= 5


@holds
def test_never_twice(case: Case) -> None:
    """A step stands in the plan once; what is done or under way is never open."""
    steps = case.plan().steps
    assert len({one.id for one in steps}) == len(steps)
    taken = {one.step for one in case.history.touches}
    taken |= {one.step for one in case.history.waiting if one.state in TAKEN}
    assert taken <= {one.id for one in steps if one.state in {StepState.DONE, StepState.QUEUED}}


@holds
def test_same_in_same_out(case: Case) -> None:
    """The plan is the same for the same facts, in whatever order the history comes."""
    again = Application.model_validate(case.application.model_dump())
    touches = list(case.history.touches)
    case.random.shuffle(touches)
    assert replace(case, application=again).plan() == case.plan()
    assert case.plan(replace(case.history, touches=tuple(touches))) == case.plan()


@holds
def test_history_never_hurries(case: Case) -> None:
    """Adding to the history never brings an open step forward.

    In a series of calls it changes who is called next, and each call keeps away from contacts with that person only:
    there no step comes before the date that the facts alone give.
    """
    more = draw_history(case.random, case.application, case.cadence)
    longer = History((*case.history.touches, *more.touches), (*case.history.waiting, *more.waiting))
    alone = case.plan(History()) if case.cadence == "weekly-calls" else case.plan()
    before = {one.id: one for one in alone.steps}
    for step in case.plan(longer).steps:
        was = before.get(step.id)
        if was and was.due_at and step.state in OPEN:
            assert step.due_at is None or step.due_at >= was.due_at


@holds
def test_every_step_has_a_reason(case: Case) -> None:
    """Every step says why then; one that is blocked, ruled out or missed says why not; all of it reads as prose."""
    found = case.plan()
    for step in found.steps:
        assert step.reason
        if step.state in {StepState.BLOCKED, StepState.SKIPPED, StepState.MISSED}:
            assert step.note
        assert step.needs or step.state is not StepState.BLOCKED
        for words in (step.reason, step.note):
            assert "  " not in words
            assert "None" not in words
            assert not words.endswith((" ", ",", ";", "."))
    assert all(note.endswith(".") and note[0].isupper() for note in found.notes)


@holds
def test_follow_ups_keep_apart(case: Case) -> None:
    """Follow-ups of a round lie most of a day apart at the least, those done included."""
    ahead = sorted(open_steps(case.plan(), FOLLOW_UPS), key=due)
    assert all(due(later) - due(earlier) >= timedelta(hours=14) for earlier, later in pairwise(ahead))
    for step in ahead:
        done = [
            one.at for one in case.history.touches if one.step.kind in FOLLOW_UPS and one.step.round == step.id.round
        ]
        assert all(due(step) - moment >= timedelta(hours=14) for moment in done)


def heard_by(step: Step, case: Case) -> set[str]:
    """The handles of those whom a step reaches."""
    passes_on = [one.handle for one in list_members(case.application) if one.person == step.via]
    return {step.id.person, *passes_on}


@holds
def test_three_working_days_between_contacts(case: Case) -> None:
    """No follow-up is planned within three working days of another contact with the same person, done or planned.

    Their own interval may be shorter. A thank-you and the answer to a rejection answer something, and are not held
    back; what comes after them is.
    """
    found, named = case.plan(), case.application.said.interval
    gap = min(LEAST_GAP, Offset.of(named), key=lambda offset: offset.days) if named else LEAST_GAP
    sure = [one for one in found.steps if one.state in SURE and one.moment]
    for step in open_steps(found, PRESSING):
        for other in sure:
            if other.id == step.id or not heard_by(other, case) & heard_by(step, case):
                continue
            is_after = other.state in OPEN and other.due_at and other.due_at > due(step)
            moment = other.due_at if other.state in OPEN else other.at
            assert moment is not None
            assert is_after or shift(moment, gap, step.place) <= due(step)


@holds
def test_one_call_a_week(case: Case) -> None:
    """A week lies between any two calls of a plan, those that were made included."""
    found = case.plan()
    ahead = [one for one in open_steps(found, FOLLOW_UPS) if one.channel is Channel.PHONE]
    for step in ahead:
        calls = [due(other) for other in ahead if due(other) < due(step)]
        calls += [
            touch.at
            for touch in case.history.touches
            if touch.channel is Channel.PHONE and touch.step.kind in FOLLOW_UPS and touch.step.round == step.id.round
        ]
        assert all(shift(moment, Offset(1, Unit.WEEK), step.place) <= due(step) for moment in calls)


@holds
def test_time_to_do_it(case: Case) -> None:
    """A step that is still ahead has some time left after its date, and ends before the next of its kind begins."""
    found = case.plan()
    for step in open_steps(found, set(Kind)):
        assert step.last_at is not None
        assert step.last_at > due(step)
    ahead = sorted(open_steps(found, FOLLOW_UPS), key=due)
    assert all(one.last_at and one.last_at < due(later) for one, later in pairwise(ahead))


@holds
def test_chosen_person(case: Case) -> None:
    """With a person chosen, every follow-up still to come is for them."""
    for member in list_members(case.application):
        found = case.plan(to=member.handle)
        assert all(one.id.person == member.handle for one in open_steps(found, PRESSING))


@holds
def test_no_contact_is_no_contact(case: Case) -> None:
    """When they ask for no contact, nothing is open: no thank-you, no answer to a rejection."""
    said = case.application.said.model_copy(update={"contact": False})
    quiet = replace(case, application=case.application.model_copy(update={"said": said}))
    assert not [one for one in quiet.plan().steps if one.state in OPEN]


@holds
def test_answered_means_silence(case: Case) -> None:
    """After a reply, a rejection, an offer or a withdrawal nothing is open but the thanks for a rejection."""
    if case.application.outcome.status is not Status.WAITING:
        assert {one.kind for one in case.plan().steps if one.state in OPEN} <= {Kind.REJECTION_THANKS}


def test_the_generator_reaches_every_state() -> None:
    """The cases are worth something: among them every state, kind and channel of an open step occurs."""
    steps = [step for seed in range(250) for step in draw_case(Random(seed)).plan().steps]
    assert {one.state for one in steps} == set(StepState)
    assert {one.kind for one in steps if one.state in OPEN} == {kind for kind in Kind if kind.traits.anchors}
    assert {one.channel for one in steps if one.state in OPEN} == set(Channel)


@pytest.mark.long
@pytest.mark.parametrize("block", range(20))
def test_long(block: int) -> None:
    """All properties hold on ten thousand cases."""
    for seed in range(block * 500, (block + 1) * 500):
        for check in CHECKS:
            check(draw_case(Random(seed)))
