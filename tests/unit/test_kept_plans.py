"""Plans that are kept between two questions: never one that would be made otherwise now."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from changing import replace
from hypothesis import given
from hypothesis import strategies as st
from plan_samples import NOW, apply, meet
from property_budget import examples
from test_plan_properties import NAMES, draw_application, draw_case, draw_history, draw_moment

from followup_mail.cadence import kept_plans
from followup_mail.cadence.cadence_files import find_cadence
from followup_mail.cadence.kept_plans import KeptPlans
from followup_mail.cadence.plan import plan_from
from followup_mail.cadence.planning_context import PlanningContext, make_context
from followup_mail.cadence.step import History
from followup_mail.cadence.watched_now import Watch, WatchedMoment
from followup_mail.cadence.worktime import Place

BALANCED = find_cadence("balanced")
HOME = Place("America/Chicago", "US")
TICK = timedelta(microseconds=1)


def _draw_planning(random: Random) -> PlanningContext:
    case = draw_case(random)
    emails = [f"{kind}{n}@acme.example" for kind in ("", "other") for n in range(len(NAMES))]
    elsewhere = {random.choice(emails): (draw_moment(random), draw_moment(random)) for _ in range(random.randrange(3))}
    zone = random.choice((UTC, ZoneInfo("America/Chicago"), ZoneInfo("Pacific/Apia")))
    now = case.now.astimezone(zone) + timedelta(seconds=random.randrange(60), microseconds=random.choice((0, 1)))
    made = make_context(case.application, find_cadence(case.cadence), case.history, now, HOME)
    return replace(made, elsewhere=elsewhere)


def _later(planning: PlanningContext, random: Random) -> list[datetime]:
    """Moments at which a plan is asked for again: near, far, and around every moment that stands in it."""
    plan = plan_from(planning)
    marks = [one for step in plan.steps for one in (step.due_at, step.last_at, step.at) if one]
    marks += [interview.end for interview in planning.application.interviews]
    around = [mark.astimezone(UTC) + by for mark in marks for by in (-TICK, timedelta(), TICK)]
    near = [planning.now + by for by in (timedelta(), TICK, timedelta(seconds=20), timedelta(minutes=5))]
    far = [planning.now + timedelta(minutes=random.randrange(20_000)) for _ in range(2)]
    return [*near, *random.sample(around, min(6, len(around))), *far, planning.now - timedelta(hours=1)]


@examples(0.3)
@given(st.integers(0, 2**32))
def test_a_kept_plan_is_the_one_that_would_be_made(seed: int) -> None:
    """Whenever it is asked for again, and in whatever order, the plan equals one made anew from the same."""
    random = Random(seed)
    planning = _draw_planning(random)
    plans = KeptPlans()
    moments = _later(planning, random)
    random.shuffle(moments)
    for now in (planning.now, *moments):
        asked = replace(planning, now=now)
        kept, anew = plans.plan_from(asked), plan_from(asked)
        assert kept == anew
        assert not any(isinstance(at, WatchedMoment) for step in kept.steps for at in (step.due_at, step.last_at))


@examples(0.2)
@given(st.integers(0, 2**32))
def test_a_plan_is_kept_until_the_moment_and_no_longer(seed: int) -> None:
    """Up to the last instant before the watch ends a plan is the same; so nothing that it depends on was overlooked."""
    planning = _draw_planning(Random(seed))
    watch = Watch(planning.now)
    plan_from(replace(planning, now=WatchedMoment.of(planning.now, watch)))
    if watch.holds_at(planning.now):
        last = min(watch.until - TICK, planning.now + timedelta(days=400))
        middle = planning.now + (last - planning.now) / 2
        for now in (last, middle):
            assert plan_from(replace(planning, now=now)) == plan_from(planning)


@examples(0.2)
@given(st.integers(0, 2**32))
def test_a_kept_plan_is_never_that_of_other_facts(seed: int) -> None:
    """Other facts, another history, another place or method, and the plan is made anew; so are people and rounds."""
    random = Random(seed)
    plans = KeptPlans()
    applications = [draw_application(random) for _ in range(2)]
    histories = [History(), draw_history(random, applications[0], "balanced")]
    cadences = [BALANCED, find_cadence("next-day"), replace(BALANCED, interval=find_cadence("next-day").interval)]
    now = draw_moment(random)
    for _ in range(12):
        given_ = (random.choice(applications), random.choice(cadences), random.choice(histories))
        now += timedelta(minutes=random.choice((0, 0, 1, 600_000)))
        place = random.choice((HOME, Place("Asia/Tokyo", "JP")))
        planning = plans.make_context(*given_, now, place)
        assert planning == make_context(*given_, now, place)
        assert plans.plan_from(planning) == plan_from(planning)


def test_most_questions_make_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan is made once for the quiet hours of an application, and not once for each question."""
    made: list[datetime] = []
    monkeypatch.setattr(kept_plans, "plan_from", lambda planning: (made.append(NOW), plan_from(planning))[1])
    plans = KeptPlans()
    application = apply(interviews=[meet("2026-11-17 14:00")])
    for minutes in range(30):
        now = NOW + timedelta(minutes=minutes)
        plans.plan_from(plans.make_context(application, BALANCED, History(), now, HOME))
    assert len(made) == 1


@pytest.mark.parametrize(
    "ask",
    [
        lambda at: at.year,
        lambda at: at.hour,
        lambda at: at.time(),
        lambda at: at.timestamp(),
        lambda at: at.isoformat(),
        lambda at: f"{at:%H:%M}",
        str,
        repr,
        hash,
        lambda at: at + timedelta(days=1),
        lambda at: timedelta(days=1) + at,
        lambda at: at - NOW,
        lambda at: NOW - at,
        lambda at: at.replace(hour=3),
        lambda at: at.astimezone(ZoneInfo("Asia/Tokyo")) < NOW,
        lambda at: at == "noon",
        pickle.dumps,
    ],
)
def test_what_is_not_known_to_hold_holds_for_this_instant_only(ask: Callable[[datetime], Any]) -> None:
    """A question that the watch cannot reckon with ends it, and is answered as by any other moment."""
    watch = Watch(NOW)
    watched = WatchedMoment.of(NOW.astimezone(UTC), watch)
    assert watch.holds_at(NOW)
    answer = ask(watched)
    assert not watch.holds_at(NOW)
    if ask is not pickle.dumps and ask is not repr:
        assert answer == ask(NOW.astimezone(UTC))


def test_comparisons_hold_until_the_other_moment() -> None:
    """Both ways round, and in ``min`` and ``max``; what is past stays past."""
    utc = NOW.astimezone(UTC)
    hour, ahead = timedelta(hours=1), NOW + timedelta(hours=3)
    for ask in (
        lambda at: at < ahead,
        lambda at: ahead > at,
        lambda at: max(ahead, at) is ahead,
        lambda at: min((ahead, 1), (at, 2)) == (at, 2),
        lambda at: at != ahead,
    ):
        watch = Watch(utc)
        assert ask(WatchedMoment.of(utc, watch))
        assert watch.holds_at(ahead - TICK)
        assert not watch.holds_at(ahead)
        assert not watch.holds_at(NOW - TICK)
    watch = Watch(utc)
    assert NOW - hour < WatchedMoment.of(utc, watch)
    assert watch.holds_at(NOW + timedelta(days=999))


def test_a_day_holds_until_its_midnight() -> None:
    """That of the zone that was asked for; across a change of clocks nothing is kept."""
    chicago = ZoneInfo("America/Chicago")
    watch = Watch(NOW)
    assert WatchedMoment.of(NOW.astimezone(UTC), watch).astimezone(chicago).date() == date(2026, 11, 18)
    midnight = datetime(2026, 11, 19, tzinfo=chicago)
    assert watch.holds_at(midnight - TICK)
    assert not watch.holds_at(midnight)
    change = datetime(2026, 11, 1, 0, 30, tzinfo=chicago)
    watch = Watch(change)
    assert WatchedMoment.of(change.astimezone(UTC), watch).astimezone(chicago).date() == date(2026, 11, 1)
    assert not watch.holds_at(change)


def test_a_whole_minute_holds_while_it_lasts() -> None:
    """Rounded down to the minute, a moment is the same for the rest of it."""
    now = datetime(2026, 11, 18, 9, 0, 20, 5, tzinfo=UTC)
    watch = Watch(now)
    assert WatchedMoment.of(now, watch).replace(second=0, microsecond=0) == datetime(2026, 11, 18, 9, tzinfo=UTC)
    assert watch.holds_at(now.replace(second=59))
    assert not watch.holds_at(now.replace(minute=1, second=0, microsecond=0))
