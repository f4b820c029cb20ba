"""The picture of a timeline: every mark in it once, nothing outside it, nothing on top of another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_samples import NOW, PRESETS, SAM, apply, at, meet

from followup_mail.cadence.cadence_files import find_cadence
from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.plan import plan_from
from followup_mail.cadence.planning_context import make_context
from followup_mail.cadence.step import History, StepId, Touch
from followup_mail.cadence.worktime import Place
from followup_mail.facts.application import Application, Channel
from followup_mail.services.context.application_context import ApplicationContext
from followup_mail.services.overview.timeline import Mark, Sort, Timeline, make_timeline
from followup_mail.web.drawing.time_axis import make_axis
from followup_mail.web.drawing.timeline import WORDS_WIDTH, Picture, draw_timeline

_DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
_MOMENTS = _DAYS.flatmap(lambda day: st.times().map(lambda time: datetime.combine(day, time.replace(tzinfo=None), UTC)))
_TEXTS = st.text(max_size=80)
_MARKS = st.builds(
    Mark,
    st.sampled_from(Sort),
    _TEXTS,
    st.one_of(st.none(), _DAYS, _MOMENTS),
    st.sampled_from(["", "Zoë <b>", "Ana"]),
    st.sampled_from(["", "done", "unclear"]),
    _TEXTS,
)


def _context(application: Application, cadence: str = "balanced", history: History | None = None) -> ApplicationContext:
    scene = make_context(application, find_cadence(cadence), history or History(), NOW, Place("America/Chicago", "US"))
    return ApplicationContext(scene, plan_from(scene), NOW)


def _draw(timeline: Timeline) -> Picture:
    return draw_timeline(timeline, lambda mark: f"{mark.label} {mark.why}")


@given(st.lists(_MARKS, max_size=25))
def test_everything_is_inside_and_nothing_covers_another(marks: list[Mark]) -> None:
    """Whatever has a day, or none: each mark is there once, inside the picture, and none lies on another."""
    picture = _draw(Timeline(tuple(marks), NOW, Place("America/Chicago", "US")))
    assert sorted(map(id, marks)) == sorted(id(placed.mark) for placed in picture.marks)
    for placed in picture.marks:
        assert placed.x - 12 >= 0
        assert placed.x + placed.width <= picture.width
        assert placed.y - 12 >= 0
        assert placed.y + 12 <= picture.floor
        assert placed.words_x >= 0
        assert placed.words_x + WORDS_WIDTH <= picture.width
        assert picture.floor + 20 + 18 * (len(placed.words) - 1) <= picture.height
    for left, right in combinations(picture.marks, 2):
        apart = left.x + left.width <= right.x - 12 or right.x + right.width <= left.x - 12
        assert apart or abs(left.y - right.y) >= 24
    assert 0 <= picture.today <= picture.width


@pytest.mark.parametrize("cadence", PRESETS)
def test_each_step_of_a_plan_is_in_the_picture_once(cadence: str) -> None:
    """No step is left out, whichever method: done, planned, ruled out, or without a date."""
    met = [meet(), meet("2026-11-10 09:00", SAM)]
    context = _context(apply(interviews=met, said={"decision_by": "2026-12-04", "not_before": "2026-12-01"}), cadence)
    picture = _draw(make_timeline(context))
    steps = [placed.mark.step for placed in picture.marks if placed.mark.sort is Sort.STEP]
    assert sorted(steps) == list(range(1, len(context.plan.steps) + 1))
    labels = [placed.mark.label for placed in picture.marks]
    assert labels.count("Interview") == 2
    assert {"They decide by", "Not before", "You applied"} <= set(labels)


def test_a_call_that_reached_nobody_is_a_mark_of_its_own() -> None:
    """Two calls for one step are two contacts: the picture shows both."""
    step = StepId("acme", Kind.STATUS_INQUIRY, 1, "rita-recruit")
    calls = (
        Touch(step, Channel.PHONE, at("2026-11-18 15:10"), reached=False),
        Touch(step, Channel.PHONE, at("2026-11-18 15:20")),
    )
    marks = make_timeline(_context(apply(), history=History(touches=calls))).marks
    assert [mark.label for mark in marks if mark.sort is Sort.CONTACT] == ["Call, nobody reached"]


def test_days_off_are_shaded_with_their_reason() -> None:
    """Thanksgiving and the weekends are shown as days on which nobody works, and a working day is not."""
    picture = _draw(make_timeline(_context(apply(said={"decision_by": "2026-11-30", "not_before": "2026-11-24"}))))
    closed = {found.day: found.why for found in picture.closed}
    assert "Thanksgiving" in closed[date(2026, 11, 26)]
    assert date(2026, 11, 28) in closed
    assert date(2026, 11, 25) not in closed


def test_a_long_stretch_without_anything_is_left_out() -> None:
    """Half a year of silence takes no more room than a few days."""
    axis = make_axis([date(2026, 1, 1), date(2026, 7, 1)], 0.0)
    assert len(axis.columns) < 15
    assert [column.day for column in axis.columns].count(None) == 1
    assert axis.find(date(2026, 7, 1)) > axis.find(date(2026, 1, 1))


def test_days_follow_each_other_without_a_gap() -> None:
    """Each column begins where the one before it ends."""
    days = [date(2026, 11, 18) + timedelta(days=n) for n in (0, 3, 14, 60)]
    columns = make_axis(days, 5.0).columns
    assert all(left.x + left.width == pytest.approx(right.x) for left, right in pairwise(columns))
    assert set(days) <= {column.day for column in columns}
