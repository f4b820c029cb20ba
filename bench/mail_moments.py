"""When each mail of an application is written, and how much is known by then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bench.mail_sets import MailKey, Notes
from followup_mail.cadence.step import Kind

_HOUR: Final = time(10, 0)
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Job:
    """One mail to write."""

    kind: Kind
    to: str
    moment: datetime
    known_round: int
    """The last round that has taken place by then."""
    knows_outcome: bool = False


def list_jobs(application: Notes, wanted: Iterable[MailKey]) -> list[Job]:
    """Return the mails to write, in the order in which a candidate would write them.

    Everybody met in a round is thanked. The inquiry goes to whom they said to ask, the answer to a rejection to whoever
    wrote it. Only the reader of the second note has to be named by one of the mails ``wanted``.
    """
    jobs = [*_thanks(application), *_second_notes(application, wanted), *_inquiry(application), *_answer(application)]
    return sorted(jobs, key=lambda job: job.moment)


def _thanks(application: Notes) -> Iterator[Job]:
    for number in sorted({interview["round"] for interview in application["interviews"]}):
        names = [person["name"] for interview in _of_round(application, number) for person in interview["people"]]
        moment = _moment(application, _last_day(application, number) + _DAY)
        yield from (Job(Kind.THANK_YOU, name, moment, number) for name in dict.fromkeys(names))


def _second_notes(application: Notes, wanted: Iterable[MailKey]) -> Iterator[Job]:
    """Yield the second note: a week after the reader's last interview, but before the decision is due."""
    for key in wanted:
        if key.kind != Kind.ADDITIONAL_DETAIL or key.application != application["id"]:
            continue
        rounds = [interview["round"] for interview in application["interviews"] if _has(interview, key.to)]
        if not rounds:
            raise SystemExit(f"{key}: nobody of that name was met.")
        day = _last_day(application, max(rounds)) + _WEEK
        ends = [date.fromisoformat(text) for text in (_decision(application),) if text]
        yield _job(application, Kind.ADDITIONAL_DETAIL, key.to, min(day, *(end - _DAY for end in ends), day))


def _inquiry(application: Notes) -> Iterator[Job]:
    """Yield the inquiry on the first working day after the day they named."""
    said = application.get("said", {})
    if said.get("ask") and said.get("decision_by"):
        day = date.fromisoformat(said["decision_by"]) + _DAY
        while day.weekday() > 4:
            day += _DAY
        yield _job(application, Kind.STATUS_INQUIRY, said["ask"], day)


def _answer(application: Notes) -> Iterator[Job]:
    outcome = application.get("outcome", {})
    if outcome.get("status") == "rejected" and outcome.get("by"):
        day = date.fromisoformat(outcome["on"]) + _DAY
        yield _job(application, Kind.REJECTION_THANKS, outcome["by"], day, knows_outcome=True)


def _job(application: Notes, kind: Kind, to: str, day: date, *, knows_outcome: bool = False) -> Job:
    over = [one["round"] for one in application["interviews"] if date.fromisoformat(one["end"][:10]) < day]
    return Job(kind, to, _moment(application, day), max(over, default=0), knows_outcome)


def _of_round(application: Notes, number: int) -> list[Notes]:
    return [interview for interview in application["interviews"] if interview["round"] == number]


def _last_day(application: Notes, number: int) -> date:
    return max(date.fromisoformat(interview["end"][:10]) for interview in _of_round(application, number))


def _moment(application: Notes, day: date) -> datetime:
    return datetime.combine(day, _HOUR, ZoneInfo(application["time_zone"]))


def _decision(application: Notes) -> str:
    return str(application.get("said", {}).get("decision_by") or "")


def _has(interview: Notes, name: str) -> bool:
    return any(person["name"] == name for person in interview["people"])
