"""The course of each application as a row of a CSV file (RFC 4180), for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from followup_mail.services.overview.courses import Course

COLUMNS: Final = (
    "application",
    "company",
    "role",
    "status",
    "archived",
    "interviews",
    "last_interview",
    "contacts",
    "unreached_calls",
    "first_contact",
    "last_contact",
    "answers",
    "first_answer",
    "contact_before_it",
    "days_since_contact",
    "days_since_interview",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write_csv(courses: Iterable[Course]) -> str:
    """Return the file. Days are ISO dates of the user's zone; what is not known is empty."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(str(cell)) for cell in _row(course)] for course in courses)
    return file.getvalue()


def _row(course: Course) -> Iterator[object]:
    answer = course.answers[0] if course.answers else None
    before = course.contact_before(answer) if answer else None
    met = course.met_before(answer) if answer else None
    day = answer.day if answer else None
    yield from (course.slug, course.company, course.role, course.status, "yes" if course.archived else "no")
    yield from (len(course.met), course.met[-1].date() if course.met else "")
    yield from (len(course.contacts), course.unreached)
    yield from ((course.contacts[0].at.date(), course.contacts[-1].at.date()) if course.contacts else ("", ""))
    yield from (len(course.answers), day or "", before.kind if before else "")
    yield (day - before.at.date()).days if day and before else ""
    yield (day - met.date()).days if day and met else ""


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from running a company's name as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
