"""The facts of an application as the fields of a form: each with a name that stays, and a text as people write it.

``company``, ``decision_by``, ``fit`` (a note on each line), ``interview/2026-11-18T14:30/start``,
``person/priya-raman/address``, ``promise/the-case-study/ready``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from msgspec import Struct

from followup_mail.cadence.wording import MONTHS
from followup_mail.facts.names import slugify
from followup_mail.services.adding.debrief_options import TOPICS
from followup_mail.services.changing.facts_draft import FactsDraft, Table, start_of, use_duration
from followup_mail.services.typed.change_table import OF_EACH_PERSON, OF_PROMISE, SAID

PLAIN: Final = {
    "company": "company", "role": "role", "applied": "applied", "zone": "time_zone", "country": "country",
    "cadence": "cadence", "account": "account",
}  # fmt: skip
"""Fields of the application itself, with the keys of the file."""
LISTS: Final = ("fit", "not_mentioned")
FIELDS_OF_INTERVIEW: Final = ("duration", "format", "round", "start")
"""In the order in which they are changed: the start is what an interview is known by."""
TOLD: Final = tuple(topic for topic in TOPICS if topic != "discussed")


class Part(Struct, frozen=True):
    """One interview, person or promise of the facts."""

    name: str
    """How its fields begin: ``person/priya-raman``."""
    called: str
    """The name of a person, what was promised, when an interview began."""


def list_interviews(draft: FactsDraft) -> list[Part]:
    """Return the interviews in order of time."""
    starts = [start_of(interview) for interview in sorted(draft.interviews, key=start_of)]
    return [Part(f"interview/{at:%Y-%m-%dT%H:%M}", say_moment(at)) for at in starts]


def list_people(draft: FactsDraft) -> list[Part]:
    """Return everybody, each once."""
    names = dict.fromkeys(str(person["name"]) for person in draft.people())
    return [Part(f"person/{key}", name) for key, name in {slugify(name): name for name in names}.items()]


def list_promises(draft: FactsDraft) -> list[Part]:
    """Return what was promised."""
    return [Part(f"promise/{slugify(one['what'])}", str(one["what"])) for one in draft.tables("promised")]


def read_fields(text: str) -> dict[str, str]:
    """Return the value of every field of a facts file without mistakes; empty where nothing is said."""
    draft = FactsDraft(text)
    document = draft.document
    values = {field: _say(document.get(key)) for field, key in PLAIN.items()}
    values |= {field: _say(document.get("said", {}).get(field)) for field in SAID}
    values |= {field: "\n".join(as_list(document.get(field))) for field in LISTS}
    for part, interview in zip(list_interviews(draft), sorted(draft.interviews, key=start_of), strict=True):
        values |= {f"{part.name}/{key}": value for key, value in _of_interview(interview)}
    for part in list_people(draft):
        values |= {f"{part.name}/{key}": value for key, value in _of_person(draft.entries_of(part.called))}
    for part, promise in zip(list_promises(draft), draft.tables("promised"), strict=True):
        values |= {f"{part.name}/{field}": _say(promise.get(key)) for field, key in OF_PROMISE.items()}
    return values


def as_list(value: Any) -> list[str]:
    """Return notes as a list: a single one may stand alone in the file."""
    return [value] if isinstance(value, str) and value else [str(one) for one in value or ()]


def say_moment(at: datetime) -> str:
    """Return a moment as it can be typed: ``18 Nov 2026 14:30``."""
    return f"{_say_day(at)} {at:%H:%M}"


def _say_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _say(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date) and not isinstance(value, datetime):
        return _say_day(value)
    return "" if value is None else str(value)


def _of_interview(interview: Table) -> Iterator[tuple[str, str]]:
    shown = {**interview}
    use_duration(shown)
    yield "start", say_moment(start_of(shown))
    yield "duration", _say(shown.get("duration"))
    yield "format", _say(shown.get("format", "video"))
    yield "round", _say(shown.get("round", 1))


def _of_person(entries: list[Table]) -> Iterator[tuple[str, str]]:
    """Yield what is known of somebody; what was said belongs to their latest conversation."""
    for field, key in OF_EACH_PERSON.items():
        yield field, next((_say(entry[key]) for entry in reversed(entries) if entry.get(key)), "")
    for field in TOLD:
        yield field, _say(entries[-1].get(field))
    yield "discussed", "\n".join(dict.fromkeys(note for one in entries for note in as_list(one.get("discussed"))))
