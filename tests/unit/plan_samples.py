"""Applications, moments and histories for the tests of planning: November 2026, where Thanksgiving is Thursday 26."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from followup_mail.cadence.cadence_files import find_cadence
from followup_mail.cadence.plan import plan_from
from followup_mail.cadence.planning_context import make_context, with_addressee
from followup_mail.cadence.step import History, Kind, Plan, Step, StepId, StepState, Touch, Waiting
from followup_mail.cadence.worktime import NOWHERE, Place
from followup_mail.facts.application import Application, Channel

CHICAGO = "America/Chicago"
PRESETS = ("balanced", "next-day", "polite-persistence", "rule-of-three", "timeline", "weekly-calls")

RITA = {
    "name": "Rita Recruit",
    "role": "recruiter",
    "email": "rita@acme.example",
    "phone": "+1 312 555 0100",
    "postal_address": ["Acme", "1 Main St", "Chicago"],
}
DANA = {
    "name": "Dana Lee",
    "email": "dana@acme.example",
    "phone": "+1 312 555 0101",
    "postal_address": ["Acme", "1 Main St", "Chicago"],
    "discussed": ["the move to streams"],
    "convinced": "how the team reviews its incidents",
}
SAM = {**DANA, "name": "Dr. Sam Roe", "email": "sam@acme.example", "phone": "+1 312 555 0102"}


def meet(start: str = "2026-11-18 14:00", *people: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One interview of an hour, with Dana unless somebody else is named."""
    length = {} if "end" in more else {"duration": "1 h"}
    return {"start": start, **length, "people": list(people) or [DANA], **more}


def apply(**changes: Any) -> Application:
    """An application to Acme in Chicago with one interview, on Wednesday 18 November from two to three."""
    facts: dict[str, Any] = {
        "slug": "acme",
        "company": "Acme",
        "role": "Data engineer",
        "country": "US",
        "time_zone": CHICAGO,
        "applied": "2026-11-02",
        "contacts": [RITA],
        "interviews": [meet()],
        "fit": "I have moved two teams to streams",
        "not_mentioned": ["I also write the on-call handbook"],
    }
    return Application.read({**facts, **changes})


def at(moment: str, zone: str = CHICAGO) -> datetime:
    """A moment on the clock of a zone: ``at("2026-11-18 15:00")``."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))


NOW = at("2026-11-18 15:30")


def plan(
    application: Application,
    cadence: str = "balanced",
    now: datetime = NOW,
    history: History | None = None,
    *,
    defaults: Place | None = None,
    to: str = "",
) -> Plan:
    """Plan with a preset, for a user in the zone of ``now``; with ``to``, for somebody chosen."""
    own = defaults or Place(getattr(now.tzinfo, "key", NOWHERE.zone))
    scene = make_context(application, find_cadence(cadence), history or History(), now, own)
    return plan_from(with_addressee(scene, to))


def of_kind(found: Plan, kind: Kind, round_number: int | None = None) -> list[Step]:
    """The steps of one kind, in order of time."""
    return [one for one in found.steps if one.kind is kind and round_number in (None, one.id.round)]


def only(found: Plan, kind: Kind) -> Step:
    """The one step of a kind."""
    (step,) = of_kind(found, kind)
    return step


def when(step: Step) -> str:
    """The planned moment as it is read: ``Tue 08 Dec 08:30``."""
    assert step.due_at is not None
    return f"{step.due_at:%a %d %b %H:%M}"


def touch(
    kind: Kind,
    moment: str | datetime,
    person: str = "rita-recruit",
    *,
    channel: Channel = Channel.EMAIL,
    round_number: int = 1,
    nth: int = 1,
    **more: Any,
) -> Touch:
    """Something done for one person."""
    done_at = at(moment) if isinstance(moment, str) else moment
    return Touch(StepId("acme", kind, round_number, person, nth), channel, done_at, **more)


def waits(kind: Kind, moment: str, person: str = "rita-recruit", *, state: str = "queued", nth: int = 1) -> Waiting:
    """An entry in the outbox."""
    return Waiting(StepId("acme", kind, 1, person, nth), "7", at(moment), state)


def past(*touches: Touch, waiting: tuple[Waiting, ...] = ()) -> History:
    """A history."""
    return History(tuple(touches), waiting)


OPEN = {StepState.DUE, StepState.UPCOMING, StepState.BLOCKED, StepState.QUEUED}
