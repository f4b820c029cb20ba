"""Facts that no honest file would hold: the answer is a plan, or one clear sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from plan_samples import DANA, NOW, PRESETS, RITA, SAM, apply, at, meet, of_kind, past, plan, touch, waits

from followup_mail.cadence.step import Kind, StepState
from followup_mail.errors import NotFoundError, WhenError
from followup_mail.facts.application import Application

FAR = [
    {"said": {"not_before": "2099-01-01"}},
    {"said": {"interval": "1 min"}},
    {"interviews": [], "contacts": []},
    {"interviews": [], "contacts": [], "applied": None},
    {"interviews": [meet("2026-11-18 14:00", *[{"name": "Al Bo", "email": f"a{n}@x.example"} for n in range(50)])]},
    {"interviews": [meet("2026-11-18 14:00", *[{"name": "Al Bo"} for n in range(50)])]},
    {"interviews": [{"start": "2026-11-18 14:00", "duration": "1 h", "people": []}], "contacts": []},
    {"interviews": [meet("2026-12-18 14:00", round=1), meet("2026-11-18 14:00", SAM, round=2)]},
    {"interviews": [meet(f"2026-11-{n + 1:02} 14:00", round=n % 20 + 1) for n in range(20)]},
    {"interviews": [meet(), meet()]},
    {"country": None, "time_zone": "Pacific/Kiritimati"},
    {"country": "AQ", "time_zone": "Antarctica/Troll"},
    {"country": "TK"},
    {"region": "Atlantis"},
    {"region": "x" * 200},
    {"contacts": [{**RITA, "country": "KP", "time_zone": "Asia/Pyongyang"}]},
    {"outcome": {"status": "rejected", "by": "x@y.example"}, "interviews": [], "contacts": [], "applied": None},
    {"said": {"contact": False, "channel": "phone", "calls": True, "interval": "1 day", "quote": "q" * 2000}},
    {"contacts": [{**RITA, "name": "王"}, {"name": "م", "email": "b@x.example"}]},
    {"not_mentioned": [], "fit": []},
]


@pytest.mark.parametrize("cadence", PRESETS)
@pytest.mark.parametrize("facts", FAR, ids=range(len(FAR)))
def test_hostile_facts(facts: dict[str, Any], cadence: str) -> None:
    """Whatever the facts hold, there is a plan in which every step has a reason."""
    for now in (NOW, at("2100-06-01 12:00")):
        found = plan(apply(**facts), cadence, now)
        assert all(one.reason for one in found.steps)
        assert all(one.due_at or one.state in {StepState.SKIPPED, StepState.BLOCKED} for one in found.steps)


DAYS = [date(1, 1, 1), date(2, 1, 1), date(9990, 12, 31), date.max]
MOMENTS = [datetime(1, 1, 2), datetime(9990, 12, 30), datetime(9998, 12, 30), datetime(9999, 12, 31, 23)]  # noqa: DTZ001


def forced(application: Application, part: str, **values: Any) -> Application:
    """An application with values that the gate of the facts would refuse."""
    inner = getattr(application, part).copy_with(**values)
    return application.copy_with(**{part: inner})


def held_at(moment: datetime) -> Application:
    """An application with an interview at a moment that the gate of the facts would refuse."""
    (interview,) = apply().interviews
    ends = {"start": moment.replace(tzinfo=UTC), "end": moment.replace(tzinfo=UTC)}
    return apply().copy_with(interviews=(interview.copy_with(**ends),))


EXTREMES = [
    *(forced(apply(), "said", decision_by=day) for day in DAYS),
    *(forced(apply(), "said", not_before=day) for day in DAYS),
    *(forced(apply(interviews=[]), "said", decision_by=day) for day in DAYS),
    *(forced(apply(outcome={"status": "rejected"}), "outcome", on=day) for day in DAYS),
    *(apply(interviews=[]).copy_with(applied=day) for day in DAYS),
    *(held_at(moment) for moment in MOMENTS),
    *(forced(apply(), "said", interval=span) for span in (timedelta(0), timedelta(seconds=1), timedelta.max)),
    forced(apply(), "said", interval=timedelta.max, decision_by=date(2026, 12, 4)),
]


@pytest.mark.parametrize("cadence", PRESETS)
@pytest.mark.parametrize("facts", EXTREMES, ids=range(len(EXTREMES)))
def test_ends_of_the_calendar(facts: Application, cadence: str) -> None:
    """Days and spans at the ends of the calendar give a plan, should they ever pass the gate of the facts."""
    found = plan(facts, cadence)
    assert all(one.reason for one in found.steps)
    assert all(one.due_at or one.state in {StepState.SKIPPED, StepState.BLOCKED} for one in found.steps)


def test_beyond_the_calendar() -> None:
    """A follow-up whose date lies beyond the calendar is ruled out and says so; the thank-you is not touched."""
    found = plan(forced(apply(), "said", decision_by=date.max))
    for step in of_kind(found, Kind.STATUS_INQUIRY):
        assert (step.state, step.note) == (StepState.SKIPPED, "its date is too far ahead for this program")
    assert of_kind(found, Kind.THANK_YOU)[0].state is StepState.UPCOMING


@pytest.mark.parametrize(
    "now",
    [datetime(2026, 11, 18, 12), datetime(9999, 12, 31, 23, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)],  # noqa: DTZ001
)
def test_now_out_of_reach(now: datetime) -> None:
    """A moment that nothing can be planned from is refused with a sentence."""
    with pytest.raises(WhenError, match="cannot be planned from"):
        plan(apply(), now=now)


def test_to_nobody() -> None:
    """A person that the facts do not know is answered with the nearest one and with all there are."""
    with pytest.raises(NotFoundError, match="'dana-le' is not a person in acme") as raised:
        plan(apply(), to="dana-le")
    assert raised.value.fix == "Did you mean dana-lee? The people in the facts file: rita-recruit, dana-lee."


@pytest.mark.parametrize("year", [2, 1970, 9990])
def test_history_at_the_ends_of_time(year: int) -> None:
    """Touches at the ends of the calendar are no trouble."""
    moment = datetime(year, 12, 31, 23, 59, tzinfo=UTC)
    history = past(touch(Kind.ADDITIONAL_DETAIL, moment), touch(Kind.THANK_YOU, moment, "dana-lee"))
    assert len(plan(apply(), history=history).steps) == 3


def test_thousand_touches() -> None:
    """A long history is no trouble."""
    touches = [touch(Kind.STATUS_INQUIRY, NOW + timedelta(hours=n), f"p{n}", nth=n) for n in range(1000)]
    assert len(plan(apply(), history=past(*touches)).steps) > 1000


def test_thousand_people() -> None:
    """The largest application that a file can hold is planned, everybody once a round."""
    rounds = [
        meet(
            f"2026-11-{day + 1:02} 09:00",
            *({"name": f"P{day} {n}", "email": f"p{day}.{n}@x.example", "discussed": "x"} for n in range(50)),
            round=day + 1,
        )
        for day in range(20)
    ]
    assert len(of_kind(plan(apply(interviews=rounds)), Kind.THANK_YOU)) == 1000


def test_everything_at_once() -> None:
    """Queued, sent and failed for one step at the same time still gives each step one state."""
    history = past(
        touch(Kind.ADDITIONAL_DETAIL, "2026-11-25 15:00"),
        touch(Kind.ADDITIONAL_DETAIL, "2026-11-26 15:00"),
        waiting=tuple(
            waits(Kind.ADDITIONAL_DETAIL, "2026-11-27 15:00", state=state) for state in ("queued", "unclear", "failed")
        ),
    )
    steps = plan(apply(interviews=[meet("2026-11-18 14:00", DANA, SAM)]), history=history).steps
    assert len({one.id for one in steps}) == len(steps)
    assert of_kind(plan(apply(), history=history), Kind.ADDITIONAL_DETAIL)[0].state is StepState.DONE
