"""By when a mail says that they decide: what is asked about it, told of it, and written of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from followup_mail.facts.application import Application
from followup_mail.facts.said_days import read_day_said
from followup_mail.facts.said_readings import Side
from followup_mail.services.changing.facts_draft import FactsDraft, to_fact
from followup_mail.services.importing.import_case import LEAVE_OUT, Case, people_of
from followup_mail.services.importing.import_draft import ImportDraft

KEY = "decision_by"
"""Under which name it is asked."""


def days_to_ask_about(case: Case, application: Application | None, today: date) -> tuple[date, ...]:
    """Return each day to come that the mail can mean, where neither an option nor the facts have it."""
    days = tuple(day for day in people_of(case).decision_by if day >= today)
    is_known = bool(case.options.get(KEY)) or (application is not None and application.said.decision_by in days)
    return () if is_known else days


def decided_by(case: Case, today: date) -> date | None:
    """Return the day that the user agreed to."""
    answer = case.answers.get(KEY, LEAVE_OUT)
    return None if answer == LEAVE_OUT else read_day_said(answer, today, Side.COMING)


def say_decision(case: Case, application: Application | None, today: date) -> Iterator[str]:
    """Yield what the mail says, where nobody was asked."""
    if KEY not in case.answers and (days := days_to_ask_about(case, application, today)):
        command = f"followup-mail change {application.slug} --decision-by" if application else "--decision-by"
        lead = "write down by when they decide: " if application else "add "
        yield f'They write: "{people_of(case).decision}" To keep it, {lead}{command} {max(days)}'


def keep_decision(case: Case, draft: ImportDraft, today: date) -> None:
    """Put the day that the user agreed to into the facts, with their own words where there are none yet."""
    day = decided_by(case, today)
    if day is None:
        return

    def change(changed: FactsDraft) -> None:
        said = changed.document.setdefault("said", {})
        said[KEY] = to_fact(day)
        said.setdefault("quote", people_of(case).decision)

    draft.change(change)
