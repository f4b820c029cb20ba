"""A plan as plain values that a file of JSON can hold, and back.

Only a plan that comes back the same to the letter is kept; whatever cannot be written so is planned anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from followup_mail.cadence.entry_state import State
from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import Against, Objection, Plan, Step, StepId, StepState
from followup_mail.cadence.worktime import Place
from followup_mail.facts.application import Application, Person
from followup_mail.facts.channels import Channel

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
TICK: Final = timedelta(microseconds=1)
_PLAIN: Final = ("reason", "note", "too_early", "stays", "thanks_all")
_MOMENTS: Final = ("due_at", "last_at", "at")

Values = list[Any]


def to_ticks(moment: datetime) -> int:
    """Return a moment as microseconds since 1970, in UTC."""
    return (moment - EPOCH) // TICK


def write_plan(plan: Plan, application: Application) -> Values | None:
    """Return the plan of ``application`` as plain values; None where it would not come back the same."""
    people = _list_people(application)
    try:
        written = [plan.application, plan.cadence, [_write_step(step, people) for step in plan.steps], [*plan.notes]]
    except ValueError:
        return None
    again = read_plan(json.loads(json.dumps(written)), application)
    return written if again == plan and repr(again) == repr(plan) else None


def read_plan(written: Values, application: Application) -> Plan:
    """Return the plan that was written for ``application``."""
    people = _list_people(application)
    slug, cadence, steps, notes = written
    return Plan(slug, cadence, tuple(_read_step(step, people) for step in steps), tuple(notes))


def _list_people(application: Application) -> list[Person]:
    met = (person for interview in application.interviews for person in interview.people)
    return [*application.everyone(), *application.contacts, *met]


def _write_step(step: Step, people: Sequence[Person]) -> Values:
    one = step.id
    return [
        [one.application, one.kind, one.round, one.person, one.nth],
        *(step.kind, step.channel, step.state, step.entry_state, step.went_by),
        *(None if person is None else people.index(person) for person in (step.person, step.via)),
        [_write_moment(getattr(step, name)) for name in _MOMENTS],
        [getattr(step, name) for name in _PLAIN],
        [*step.needs],
        [[objection.kind, objection.words] for objection in step.objections],
        _write_place(step.place),
    ]


def _read_step(written: Values, people: Sequence[Person]) -> Step:
    (application, *rest), kind, channel, state, entry_state, went_by, *written = written
    person, via, moments, plain, needs, objections, place = written
    return Step(
        id=StepId(application, Kind(rest[0]), *rest[1:]),
        kind=Kind(kind),
        channel=Channel(channel),
        state=StepState(state),
        entry_state=State(entry_state) if entry_state else "",
        went_by=_unless_none(Channel, went_by),
        person=_unless_none(people.__getitem__, person),
        via=_unless_none(people.__getitem__, via),
        needs=tuple(needs),
        objections=tuple(Objection(Against(one), words) for one, words in objections),
        place=_read_place(place),
        **{name: _unless_none(_read_moment, moment) for name, moment in zip(_MOMENTS, moments, strict=True)},
        **dict(zip(_PLAIN, plain, strict=True)),
    )


def _unless_none(read: Callable[[Any], Any], written: object) -> Any:
    return None if written is None else read(written)


def _write_moment(moment: datetime | None) -> tuple[int, str] | None:
    """Return microseconds since 1970 and the zone; no zone for UTC itself. Raises ``ValueError`` for another clock."""
    if moment is None:
        return None
    if moment.tzinfo is not UTC and not isinstance(moment.tzinfo, ZoneInfo):
        raise ValueError("a clock without a name")
    return to_ticks(moment), moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else ""


def _read_moment(written: Sequence[Any]) -> datetime:
    ticks, zone = written
    moment: datetime = EPOCH + ticks * TICK
    return moment.astimezone(ZoneInfo(zone)) if zone else moment


def _write_place(place: Place) -> Values:
    return [place.zone, place.country, place.region, place.opens.isoformat(), place.closes.isoformat()]


def _read_place(written: Sequence[str]) -> Place:
    zone, country, region, opens, closes = written
    return Place(zone, country, region, time.fromisoformat(opens), time.fromisoformat(closes))
