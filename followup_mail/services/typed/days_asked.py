"""A day that is asked about, as the user and the employer write it: "12/3", "in 5 business days"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from followup_mail.cadence.worktime import Place as Workplace
from followup_mail.cadence.worktime import is_working_day
from followup_mail.facts.place_tables import country_of
from followup_mail.facts.questions import Question
from followup_mail.facts.said_days import DAY_ADVICE, read_day_said, read_number
from followup_mail.facts.said_places import Place
from followup_mail.facts.said_readings import AmbiguousError, Reading, Side, VagueError, spell_day
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex
from followup_mail.services.typed.home_country import home_country, read_as_written
from followup_mail.workspace import Workspace

DAYS: Final = frozenset({"applied", "decision_by", "not_before"})
"""The questions that ask for a day."""
_WORKING: Final = regex(r"(?i)\s*(?:in |within |\+ ?)?(?P<count>\d{1,4}|[a-z]+) (?:business|working) days?\s*")
_MOST: Final = 120
_PART_OF: Final = regex(r"(?i)^(?:(?:some ?time|at some point|probably|in|by|within|during|the) )+")
_WEEK_OF: Final = regex(r"(?i)(?:week (?:of|commencing|beginning|starting)|w/c) (?P<day>.+)")


def read_day_answer(workspace: Workspace, question: Question, text: str, where: Place) -> object:
    """Return the day that answers a question. Raises ``ValueError``."""
    today = workspace.now().date()
    if question.field in {"decision_by", "not_before"} and (day := _after_working_days(workspace, text, where)):
        return day
    try:
        return read_as_written(workspace, lambda one: _as_day(question.read(one, today)), text, where)
    except VagueError:
        if question.field != "applied" and (day := read_edge(text, today)):
            return day
        raise


def read_edge(text: str, today: date) -> date | None:
    """Return the day that is left of a week or a month that was named; None for what names none.

    Raises ``AmbiguousError`` with its first and its last day where both are still to come.
    """
    edges = _edges(text, today)
    if len(edges) > 1:
        raise AmbiguousError(text.strip(), [Reading(spell_day(day), day.isoformat()) for day in edges])
    return edges[0] if edges else None


def _as_day(value: object) -> date:
    assert isinstance(value, date)
    return value


def _edges(text: str, today: date) -> list[date]:
    """Return the first and the last day of a week or a month that was named, as far as they are still to come."""
    words = _PART_OF.sub("", text.strip()).casefold()
    if found := _WEEK_OF.fullmatch(words):
        days = [monday + timedelta(days=end) for monday in _mondays_before(found["day"], today) for end in (0, 4)]
    else:
        edges = ("end",) if words.startswith("this") else ("beginning", "end")
        days = [day for edge in edges for day in _readings(f"{edge} of {words}", today)]
    return sorted({day for day in days if day >= today})


def _mondays_before(words: str, today: date) -> list[date]:
    return [day - timedelta(days=day.weekday()) for day in _readings(words, today)]


def _readings(words: str, today: date) -> list[date]:
    """Return every day to come that words can mean; none for what is no day."""
    try:
        return [read_day_said(words, today, Side.COMING)]
    except AmbiguousError as error:
        return [date.fromisoformat(reading.written) for reading in error.readings]
    except UnfitError:
        return []


def _after_working_days(workspace: Workspace, text: str, where: Place) -> date | None:
    """Return the day after so many working days of the country; None for other words, and without a country."""
    found = _WORKING.fullmatch(text)
    count = read_number(found["count"].lower()) if found else None
    country = where.country or country_of(where.zone) or home_country(workspace)
    if not count or not country:
        return None
    if count > _MOST:
        raise UnfitError(f"{quoted(text)} is too far away", DAY_ADVICE)
    day, place = workspace.now().date(), Workplace(where.zone, country)
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, place)
    return day
