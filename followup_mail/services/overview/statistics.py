"""What came of all follow-ups, in numbers: counts only, since few applications make poor percentages."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from followup_mail.cadence.kinds import Kind
from followup_mail.errors import FollowupError
from followup_mail.facts.terms import Status
from followup_mail.services.overview.courses import Course, gather_courses
from followup_mail.workspace import Workspace

SPANS: Final = (0, 1, 3, 6, 11, 21)
"""The first day of each span that waiting is counted in: the same day, 1 to 2 days, and so on; the last has no end."""
WEEKS: Final = 26


class KindCount(Struct, frozen=True):
    """What was done with one kind of follow-up, and what came next."""

    kind: Kind
    contacts: int
    applications: int
    """In how many applications."""
    answered: int
    """In how many of them an answer came before any other follow-up."""


class Waited(Struct, frozen=True):
    """How long one employer took to answer for the first time after an interview, or has taken until today."""

    slug: str
    company: str
    role: str
    met_on: date
    """The day of the last interview before the answer; of the last one where none has come."""
    answered_on: date | None
    days: int


class Statistics(Struct, frozen=True):
    """All of it, on one day."""

    today: date
    applications: int = 0
    archived: int = 0
    outcomes: Mapping[Status, int] | None = None
    kinds: tuple[KindCount, ...] = ()
    """In the order in which plans list them; none that was never done."""
    contacts: int = 0
    unreached: int = 0
    """Calls that reached nobody, which count as no contact."""
    answers: int = 0
    undated: int = 0
    """Answers without a day: nobody can say what came before them."""
    unprompted: int = 0
    """Answers with a day, before any follow-up of the user's."""
    after_contact: tuple[int, ...] = (0,) * len(SPANS)
    """Answers by the days since the last contact, in ``SPANS``."""
    after_interview: tuple[int, ...] = (0,) * len(SPANS)
    """The same since the last interview."""
    waited: tuple[Waited, ...] = ()
    """The latest interview first."""
    by_day: Mapping[date, int] | None = None
    """How many contacts were made on each day that had one."""
    between: int = 0
    """Answers that may belong to several applications, and are counted for none."""
    broken: tuple[FollowupError, ...] = ()

    @property
    def weeks(self) -> tuple[tuple[tuple[date, int], ...], ...]:
        """Return the days of the last weeks, each from Monday, up to today, with the contacts made."""
        by_day = self.by_day or {}
        first = self.today - timedelta(days=self.today.weekday(), weeks=WEEKS - 1)
        days = [first + timedelta(days=n) for n in range((self.today - first).days + 1)]
        return tuple(tuple((day, by_day.get(day, 0)) for day in days[at : at + 7]) for at in range(0, len(days), 7))


def make_statistics(workspace: Workspace) -> Statistics:
    """Count everything. Raises ``OutboxError``, and ``SettingsError`` when the user's zone is not known."""
    courses, broken, between = gather_courses(workspace)
    return count(courses, workspace.now().date(), tuple(broken), between)


def count(
    courses: Sequence[Course], today: date, broken: tuple[FollowupError, ...] = (), between: int = 0
) -> Statistics:
    """Return the numbers of all courses on the day ``today``."""
    outcomes = Counter(course.status for course in courses)
    pairs = [(course, answer) for course in courses for answer in course.answers]
    dated = [(course, answer, answer.day) for course, answer in pairs if answer.day]
    befores = [(course.contact_before(answer), day) for course, answer, day in dated]
    interviews = [(course.met_before(answer), day) for course, answer, day in dated]
    days = Counter(contact.at.date() for course in courses for contact in course.contacts)
    return Statistics(
        today=today,
        applications=len(courses),
        archived=sum(course.archived for course in courses),
        outcomes={status: outcomes[status] for status in Status},
        kinds=tuple(_count_kinds(courses)),
        contacts=days.total(),
        unreached=sum(course.unreached for course in courses),
        answers=len(pairs),
        undated=len(pairs) - len(dated),
        unprompted=sum(before is None for before, _ in befores),
        after_contact=_into_spans((day - before.at.date()).days for before, day in befores if before),
        after_interview=_into_spans((day - met.date()).days for met, day in interviews if met),
        waited=_list_waited(courses, today),
        by_day=dict(sorted(days.items())),
        between=between,
        broken=broken,
    )


def _count_kinds(courses: Sequence[Course]) -> Iterable[KindCount]:
    made: Counter[Kind] = Counter(contact.kind for course in courses for contact in course.contacts)
    used: Counter[Kind] = Counter()
    answered: Counter[Kind] = Counter()
    for course in courses:
        used.update({contact.kind for contact in course.contacts})
        before = (course.contact_before(answer) for answer in course.answers)
        answered.update({contact.kind for contact in before if contact})
    return (KindCount(kind, made[kind], used[kind], answered[kind]) for kind in Kind if made[kind])


def _into_spans(days: Iterable[int]) -> tuple[int, ...]:
    found = Counter(bisect_right(SPANS, max(day, 0)) - 1 for day in days)
    return tuple(found[at] for at in range(len(SPANS)))


def _list_waited(courses: Sequence[Course], today: date) -> tuple[Waited, ...]:
    found = [waited for course in courses if (waited := _waited(course, today))]
    return tuple(sorted(found, key=lambda one: (-one.met_on.toordinal(), one.company.casefold(), one.slug)))


def _waited(course: Course, today: date) -> Waited | None:
    """Return how long an employer took; None before an interview, and where it is over without a dated answer."""
    for answer in course.answers:
        met = course.met_before(answer)
        if met and answer.day:
            on = met.date()
            return Waited(course.slug, course.company, course.role, on, answer.day, (answer.day - on).days)
    if not course.met or course.answers or course.status.is_end:
        return None
    on = course.met[-1].date()
    return Waited(course.slug, course.company, course.role, on, None, (today - on).days)
