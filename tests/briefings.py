"""What a writing model would be told, made from an application of a set: for tests and benches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from followup_mail.cadence import wording
from followup_mail.cadence.step import Kind
from followup_mail.checks.context import Briefing, CheckContext
from followup_mail.language.private_notes import is_private
from followup_mail.message.draft import Mailbox

Notes = Mapping[str, Any]
MONTHS = tuple("January February March April May June July August September October November December".split())
GUIDE = "Write a follow-up mail. Use only the facts below. Answer with JSON that has the keys subject and body."


def briefing_of(application: Notes) -> Briefing:
    """Return every fact of an application as a text, without the notes that are marked as private."""
    return Briefing(
        tuple(dict.fromkeys(fact for fact in _facts_of(application) if fact and not is_private(fact))), GUIDE
    )


def context_of(application: Notes, mail: Notes) -> CheckContext:
    """Return a mail of a set as the checks see a mail of a model's: with its briefing, without a facts file."""
    candidate = application["candidate"]
    return CheckContext(
        subject=mail.get("subject", ""),
        text=mail["body"],
        kind=Kind(mail["kind"]),
        sender=Mailbox(candidate["name"], candidate.get("email", "")),
        recipient=Mailbox(mail["to"], ""),
        briefing=briefing_of(application),
    )


def _facts_of(application: Notes) -> Iterator[str]:
    candidate, said, outcome = application["candidate"], application.get("said", {}), application.get("outcome", {})
    yield from (application["company"], application["role"], candidate["name"], candidate.get("phone", ""))
    yield from (*application.get("fit", ()), *application.get("not_mentioned", ()))
    yield from (str(promise["what"]) for promise in application.get("promised", ()))
    for interview in application["interviews"]:
        yield f"{say_day(interview['start'])}, {interview['start'][11:16]}, {interview.get('format', '')}"
        for person in interview["people"]:
            yield from (person["name"], person.get("title", ""), person.get("address_as", ""), person.get("role", ""))
            yield from (*person.get("discussed", ()), person.get("convinced", ""))
    yield from (said.get("quote", ""), said.get("channel", ""), say_day(said.get("decision_by", "")))
    yield from (outcome.get("reason", ""), say_day(outcome.get("on", "")), say_day(application.get("applied", "")))


def say_day(moment: str) -> str:
    """Return a day as a mail names it: "Tuesday 24 February"."""
    if not moment:
        return ""
    day = date.fromisoformat(moment[:10])
    return f"{wording.WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
