"""The debrief: what a candidate can say in a minute after an interview, and the first facts file made from it.

The user continues with the file: a comment explains each field, and what was not given is there as an example to fill
in (``facts_form.txt``). This module only makes the text; ``facts_folder`` checks and writes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.facts.addressees import take_addressee
from followup_mail.facts.channels import Channel
from followup_mail.facts.moments import write_span
from followup_mail.facts.names import is_slug, slugify
from followup_mail.facts.terms import Format, Role
from followup_mail.nested_dict import nested_dict
from followup_mail.regex import regex

_COMMENTS_AT: Final = 42
_SLUG_LENGTH: Final = 40
_FORM: Final = {
    block.partition("\n")[0]: block.split("\n")[1:-1]
    for block in Path(__file__).with_name("facts_form.txt").read_text("utf-8").split("=== ")[1:]
}
_ROW: Final = regex(r"(?P<key>\w+) = (?P<example>.+?)(?:  # (?P<comment>.+))?")
_EXAMPLE_START: Final = datetime(2026, 11, 18, 14, 30)  # noqa: DTZ001  # wall time, as in the file


class MetPerson(Struct, frozen=True, kw_only=True):
    """What was said about a person."""

    name: str
    title: str = ""
    role: Role = Role.INTERVIEWER
    email: str = ""
    phone: str = ""
    discussed: tuple[str, ...] = ()
    convinced: str = ""
    moment: str = ""
    link: str = ""
    offer: str = ""


class Answers(Struct, frozen=True, kw_only=True):
    """What was said in a debrief. The fields have the names of the facts file."""

    company: str
    role: str
    applied: date | None = None
    time_zone: str = ""
    country: str = ""
    cadence: str = ""
    start: datetime | None = None
    """When the interview began, wall time in ``time_zone``; None when there was no interview yet."""
    duration: timedelta | None = None
    end: datetime | None = None
    format: Format = Format.VIDEO
    people: tuple[MetPerson, ...] = ()
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
    """Return the text of a facts file. Any text is escaped; ``facts_folder`` checks whether it can be a fact."""
    given = nested_dict(answers)
    lines = _fill("top", given)
    if not answers.start:
        lines += [*_fill("contacts"), *_write_people("[[contacts]]", answers.people), ""]
    lines += [*_fill("interviews"), *_write_interview(answers)]
    lines += [*_fill("people"), *_write_people("[[interviews.people]]", answers.people if answers.start else ())]
    lines += _fill("promises")
    for text in answers.promised:
        to, what = take_addressee(text, [person.name for person in answers.people])
        lines += _fill("promise", {"what": what, "to": to})
    if not answers.promised:
        lines += _comment_out(_fill("promise", {"what": "the case study", "file": "case-study.pdf"}))
    return "\n".join((*lines, *_fill("outcome", {"status": "waiting"}))) + "\n"


def suggest_slug(company: str, role: str, taken: Collection[str]) -> str:
    """Return a short name that is not taken: the company, with the role when that is needed."""
    first = _short(slugify(company))
    for candidate in (first, _short(slugify(f"{company} {role}"))):
        if is_slug(candidate) and candidate not in taken:
            return candidate
    base = first if is_slug(first) else "application"
    return next(name for number in range(1, len(taken) + 3) if (name := _numbered(base, number)) not in taken)


def _fill(block: str, given: Mapping[str, object] = {}, *, omit: Collection[str] = (), bare: bool = False) -> list[str]:
    """Return the lines of a block of the form, with what is ``given``; everything else stays as a commented example.

    ``omit`` leaves keys out, ``bare`` leaves the comments out.
    """
    lines: list[str] = []
    for line in _FORM[block]:
        row = _ROW.fullmatch(line)
        if row is None:
            lines.append(line)
        elif row["key"] not in omit:
            lines += _fact(row["key"], given.get(row["key"]), row["example"], "" if bare else row["comment"] or "")
    return lines


def _fact(key: str, value: object, example: str, comment: str) -> list[str]:
    if isinstance(value, tuple) and value:
        return [f"{key} = [", *(f"  {_toml(item)}," for item in value), "]"]
    is_given = value not in (None, "", ())
    line = f"{key} = {_toml(value)}" if is_given else f"# {key} = {example}"
    return [f"{line.ljust(_COMMENTS_AT - 1)} # {comment}" if comment else line]


def _write_interview(answers: Answers) -> list[str]:
    """Return the interview; before there was an interview, an example."""
    omit = ("duration",) if answers.end else ("end",)
    if answers.start:
        return _fill("interview", {**nested_dict(answers), "round": 1}, omit=omit)
    example = {"start": _EXAMPLE_START, "duration": timedelta(minutes=45), "format": answers.format, "round": 1}
    return _comment_out(_fill("interview", example, omit=omit))


def _write_people(header: str, people: Sequence[MetPerson]) -> Iterator[str]:
    """Yield the people, the first with comments; each has examples of what was not given."""
    if not people:
        yield from (f"# {header}", '# name = "Priya Raman"', '# email = "priya@example.com"')
    for number, person in enumerate(people):
        yield from ([""] if number else [])
        yield header
        yield from _fill("person", nested_dict(person), bare=bool(number))


def _comment_out(lines: Iterable[str]) -> list[str]:
    return [f"# {line}" for line in lines]


def _toml(value: object) -> str:
    """Return a value as TOML. The escapes of JSON are those of TOML, except for DEL and surrogates."""
    if isinstance(value, int):
        return str(value).lower()
    if isinstance(value, timedelta):
        return f'"{write_span(value)}"'
    if isinstance(value, datetime):
        return f'"{value.isoformat(sep=" ", timespec="minutes")}"'
    if isinstance(value, date):
        return value.isoformat()
    escaped = json.dumps(str(value), ensure_ascii=False)
    return re.sub("[\x7f\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", escaped)


def _short(slug: str) -> str:
    return slug if len(slug) <= _SLUG_LENGTH else slug[:_SLUG_LENGTH].rpartition("-")[0] or slug[:_SLUG_LENGTH]


def _numbered(base: str, number: int) -> str:
    return f"{base[: _SLUG_LENGTH - 5].rstrip('-')}-{number}" if number > 1 else base
