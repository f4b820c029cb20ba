"""A day that is asked about, as the user and the employer write it: "12/3", "in 5 business days"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from followup_mail.cadence.worktime import Place as Workplace
from followup_mail.cadence.worktime import is_working_day
from followup_mail.facts.place_tables import country_of
from followup_mail.facts.questions import Question
from followup_mail.facts.said_days import DAY_ADVICE, read_number
from followup_mail.facts.said_places import Place
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.regex import regex
from followup_mail.services.typed.home_country import home_country, read_as_written
from followup_mail.workspace import Workspace

DAYS: Final = frozenset({"applied", "decision_by", "not_before"})
"""The questions that ask for a day."""
_WORKING: Final = regex(r"(?i)\s*(?:in |within |\+ ?)?(?P<count>\d{1,4}|[a-z]+) (?:business|working) days?\s*")
_MOST: Final = 120


def read_day_answer(workspace: Workspace, question: Question, text: str, where: Place) -> object:
    """Return the day that answers a question. Raises ``ValueError``."""
    today = workspace.now().date()
    if question.field in {"decision_by", "not_before"} and (day := _after_working_days(workspace, text, where)):
        return day
    return read_as_written(workspace, lambda one: _as_day(question.read(one, today)), text, where)


def _as_day(value: object) -> date:
    assert isinstance(value, date)
    return value


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
