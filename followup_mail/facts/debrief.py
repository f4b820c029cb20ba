"""The debrief: what a candidate can tell in a minute after an interview, and the first facts file made of it.

The file is for a person to go on with: a remark explains each field, and what was not told stands there as an
example to fill in. Only text is made here; ``facts_folder`` checks and writes it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from followup_mail.facts.channels import Channel
from followup_mail.facts.moments import write_span
from followup_mail.facts.names import is_slug, slugify
from followup_mail.facts.terms import Format, Role

_REMARKS_AT: Final = 42
_SLUG_LENGTH: Final = 40
_EXAMPLE_START: Final = datetime(2026, 11, 18, 14, 30)  # noqa: DTZ001  # wall time, as in the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What was told about one person."""

    name: str
    title: str = ""
    role: Role = Role.INTERVIEWER
    email: str = ""
    phone: str = ""
    discussed: tuple[str, ...] = ()
    convinced: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was told in a debrief. Names of fields are those of the facts file."""

    company: str
    role: str
    applied: date | None = None
    time_zone: str = ""
    country: str = ""
    cadence: str = ""
    start: datetime | None = None
    """When the interview began, wall time in ``time_zone``; None when there was none yet."""
    duration: timedelta | None = None
    end: datetime | None = None
    format: Format = Format.VIDEO
    people: tuple[Met, ...] = ()
    """The people met; contacts of the employer when there was no interview yet."""
    fit: tuple[str, ...] = ()
    not_mentioned: tuple[str, ...] = ()
    decision_by: date | None = None
    not_before: date | None = None
    channel: Channel | None = None
    interval: timedelta | None = None
    calls: bool | None = None
    quote: str = ""
    promised: tuple[str, ...] = ()


def write_facts(answers: Answers) -> str:
    """Return the text of a facts file. Any text is escaped; whether it is fit to be a fact, the gate decides."""
    sections = (_head(answers), _reasons(answers), _said(answers), _meeting(answers), _promises(answers), _ending())
    return "\n\n".join("\n".join(section) for section in sections) + "\n"


def suggest_slug(company: str, role: str, taken: Collection[str]) -> str:
    """Return a short name for an application that is not taken: the company, with the role when that is needed."""
    first = _short(slugify(company))
    for candidate in (first, _short(slugify(f"{company} {role}"))):
        if is_slug(candidate) and candidate not in taken:
            return candidate
    base = first if is_slug(first) else "application"
    return next(name for number in range(1, len(taken) + 3) if (name := _numbered(base, number)) not in taken)


def _head(answers: Answers) -> Iterator[str]:
    yield "# What you know about one application. You write it, followup-mail reads it."
    yield "# A line that begins with # is a remark or an example: remove the # to make it count."
    yield ""
    yield _fact("company", answers.company)
    yield _fact("role", answers.role, "the position, as their advert names it")
    yield _fact("applied", answers.applied, "the day you applied", "2026-11-02")
    yield _fact("time_zone", answers.time_zone, "where they are; holds for all times below", '"Europe/Berlin"')
    yield _fact("country", answers.country, "two letters, for the public holidays", '"DE"')
    yield _fact("region", "", "a part of the country with holidays of its own", '"BY"')
    yield _fact("cadence", answers.cadence, "the method to follow up by", '"next-day"')
    yield _fact("advert", "", "their advert, a text file beside this one", '"advert.txt"')


def _reasons(answers: Answers) -> Iterator[str]:
    yield '# Why you fit. Each reads on from "because ...", without a full stop.'
    yield from _list("fit", answers.fit, "I have run such a pipeline for three years")
    yield ""
    yield "# What did not come up and is worth a second note. Whole clauses, without a full stop."
    yield from _list("not_mentioned", answers.not_mentioned, "I speak Polish, the language of your second office")


def _said(answers: Answers) -> Iterator[str]:
    yield "# What they told you about the next steps. It goes before every method."
    yield "[said]"
    yield _fact("decision_by", answers.decision_by, "the day by which they decide", "2026-12-04")
    yield _fact("not_before", answers.not_before, "the first day on which to follow up", "2026-11-25")
    yield _fact("channel", answers.channel, "email, phone, post or linkedin", '"email"')
    yield _fact("interval", answers.interval, "how often a follow-up is welcome", '"2 weeks"')
    yield _fact("calls", answers.calls, "true: welcome; false: no calls", "false")
    yield _fact("contact", None, "false: they want no contact at all", "false")
    yield _fact("quote", answers.quote, "their own words", '"We will be in touch next week."')


def _meeting(answers: Answers) -> Iterator[str]:
    """Write the interview with its people; before there was one, the people as contacts and an example."""
    if not answers.start:
        yield "# Somebody you can write to, though you have not met: one [[contacts]] for each."
        yield from _people("[[contacts]]", answers.people)
        yield ""
    yield "# One [[interviews]] for each conversation."
    interview = ["[[interviews]]", *_interview(answers)]
    yield from interview if answers.start else (f"# {line}" for line in interview)
    yield ""
    yield "# One [[interviews.people]] for everybody you met in it, so that nobody is left out."
    yield '# discussed completes "our conversation about ...", convinced completes "what stayed with me was ..."'
    yield from _people("[[interviews.people]]", answers.people if answers.start else ())


def _interview(answers: Answers) -> Iterator[str]:
    yield _fact("start", answers.start or _EXAMPLE_START, "their wall clock")
    if answers.end:
        yield _fact("end", answers.end)
    else:
        yield _fact("duration", answers.duration or (None if answers.start else timedelta(minutes=45)), "", '"45 min"')
    yield _fact("format", answers.format, "video, phone or onsite")
    yield "round = 1"


def _people(header: str, people: tuple[Met, ...]) -> Iterator[str]:
    """Write each person; the first with remarks, all with examples of what was not told."""
    if not people:
        yield from (f"# {header}", '# name = "Priya Raman"', '# email = "priya@example.com"')
    for met in people:
        is_first = met is people[0]
        if not is_first:
            yield ""
        yield header
        yield _fact("name", met.name)
        yield _fact("title", met.title, "", '"Head of Data"')
        yield _fact("role", met.role, "interviewer, hiring manager, recruiter or coordinator" if is_first else "")
        remark = "after Dear, when it is not the first name" if is_first else ""
        yield _fact("address_as", "", remark, '"Dr. Raman"')
        yield _fact("email", met.email, "", '"priya@example.com"')
        yield _fact("phone", met.phone, "", '"+1 312 555 0142"')
        yield from _list("discussed", met.discussed, "the move from nightly loads to streaming")
        yield _fact("convinced", met.convinced, "", '"how your team reviews each other\'s designs"')


def _promises(answers: Answers) -> Iterator[str]:
    yield "# One [[promised]] for everything you promised to send; file is relative to this file."
    for what in answers.promised:
        yield "[[promised]]"
        yield _fact("what", what)
        yield _fact("file", "", "", '"case-study.pdf"')
    if not answers.promised:
        yield from ("# [[promised]]", '# what = "the case study"', '# file = "case-study.pdf"')


def _ending() -> Iterator[str]:
    yield "# What came of it. followup-mail fills this in when you tell it: see `followup-mail outcome --help`."
    yield "[outcome]"
    yield _fact("status", "waiting", "waiting, replied, rejected, offer or withdrawn")


def _fact(key: str, value: object, remark: str = "", example: str = "") -> str:
    """Return one line: the fact, or the example as a remark when nothing was told."""
    is_told = value is not None and value != ""
    line = f"{key} = {_toml(value)}" if is_told else f"# {key} = {example}"
    return f"{line.ljust(_REMARKS_AT - 1)} # {remark}" if remark else line


def _list(key: str, items: Iterable[str], example: str) -> Iterator[str]:
    told = [f"  {_toml(item)}," for item in items]
    if told:
        yield from (f"{key} = [", *told, "]")
    else:
        yield f"# {key} = [{_toml(example)}]"


def _toml(value: object) -> str:
    """Return a value as TOML writes it. JSON's escapes are TOML's, but for DEL and halves of a pair."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, timedelta):
        return f'"{write_span(value)}"'
    if isinstance(value, datetime):
        return f'"{value.isoformat(sep=" ", timespec="minutes")}"'
    if isinstance(value, date):
        return value.isoformat()
    escaped = json.dumps(str(value), ensure_ascii=False)
    return "".join(f"\\u{ord(one):04x}" if one == "\x7f" or "\ud800" <= one <= "\udfff" else one for one in escaped)


def _short(slug: str) -> str:
    return slug if len(slug) <= _SLUG_LENGTH else slug[:_SLUG_LENGTH].rpartition("-")[0] or slug[:_SLUG_LENGTH]


def _numbered(base: str, number: int) -> str:
    return f"{base[: _SLUG_LENGTH - 5].rstrip('-')}-{number}" if number > 1 else base
