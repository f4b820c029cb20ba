"""What was found in files, what is decided about it so far, and where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from followup_mail.cadence.clocks import describe_moment
from followup_mail.cadence.wording import say_day, say_list
from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.facts.application import Application, Interview
from followup_mail.facts.mail_address import domain
from followup_mail.facts.moments import place_in_zone
from followup_mail.facts.questions import read_format
from followup_mail.facts.said_moments import read_moment_said
from followup_mail.facts.said_ranges import read_length_within
from followup_mail.facts.said_readings import Side
from followup_mail.facts.said_spans import read_length_said
from followup_mail.facts.terms import Format
from followup_mail.incoming.found import Found, FoundEvent, FoundPerson
from followup_mail.services.importing.import_files import (
    HAS_INVITATION,
    Belonging,
    find_belonging,
    is_same_company,
    without_address,
)
from followup_mail.services.typed.interview_length import ASSUMED, USUAL_LENGTH
from followup_mail.workspace import Workspace

NEW: Final = "new"
"""What is answered when the files are about a new application."""
LEAVE_OUT: Final = "-"
"""What is answered to leave something out."""


class Case(Struct, frozen=True):
    """What was found, and what is decided so far."""

    found: Found
    slug: str = ""
    """The application that the user named; it may be new."""
    answers: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    """What the command line says besides: people, notes, facts of a new application."""

    def answered(self, key: str, text: str) -> Case:
        """Return the case with one more decision."""
        return replace(self, answers={**self.answers, key: text})


class Target(Struct, frozen=True):
    """Where the facts go."""

    application: Application | None
    """None: a new application."""
    why: str = ""
    unread: tuple[str, ...] = ()
    """Facts files with mistakes, where it may belong as well."""


def people_of(case: Case) -> Found:
    """Return what was found without the user, where only they could say who they are."""
    own = case.answers.get("own", "")
    return without_address(case.found, own) if own else case.found


def find_target(workspace: Workspace, case: Case) -> Target | None:
    """Return where the facts go; None while the user has to choose. Raises ``RefusedError`` for a contradiction."""
    target = _find_target(workspace, case)
    application = target.application if target else None
    named = str(case.options.get("company") or "")
    if application and named and not is_same_company(application.company, named):
        raise RefusedError(
            f"--company says {named}, but {application.slug} is an application at {application.company}.",
            fix="Nothing was written. Leave --company out, or name another application before --from.",
        )
    return target


def _find_target(workspace: Workspace, case: Case) -> Target | None:
    belonging = _of_named_company(find_belonging(workspace, people_of(case)), case)
    chosen = case.slug or case.answers.get("application", "")
    if chosen == NEW:
        return Target(None)
    if chosen:
        others = [one.slug for one in belonging.applications if one.slug != chosen]
        if others and len(others) == len(belonging.applications) and belonging.why == HAS_INVITATION:
            raise RefusedError(
                f"This invitation is in the facts of {others[0]} already, not of {chosen}.",
                fix=f"Write instead: followup-mail add {others[0]} --from FILE",
            )
        try:
            return Target(workspace.facts.load(chosen))
        except NotFoundError:
            workspace.facts.path(chosen)
            return Target(None)
    if not belonging.applications:
        return Target(None, unread=belonging.unread)
    if len(belonging.applications) > 1:
        return None
    return Target(belonging.applications[0], belonging.why, belonging.unread)


def _of_named_company(belonging: Belonging, case: Case) -> Belonging:
    """Leave out what merely knows the people, where the user names another company."""
    named = str(case.options.get("company") or "")
    if not named or belonging.why == HAS_INVITATION:
        return belonging
    kept = tuple(one for one in belonging.applications if is_same_company(one.company, named))
    return replace(belonging, applications=kept)


def events_of(case: Case) -> tuple[FoundEvent, ...]:
    """Return the conversations; a mail without an invitation may be about one that only the user can place.

    Whom the words name is there where the user says so.
    """
    found = people_of(case)
    named = tuple(one for one in found.named if case.answers.get(met_key(one), "").casefold().startswith("y"))
    if found.events or not (found.moments or case.answers.get("start:")):
        first = tuple(replace(one, attendees=(*one.attendees, *named)) for one in found.events[:1])
        return (*first, *found.events[1:])
    zone = "" if "zone" in case.answers else found.zone  # by the clocks of the mail, unless the user names others
    writer = next((one for one in found.people[:1] if one.email.casefold() == found.sender.casefold()), None)
    others = found.people[1:] if writer else _without_receiver(found)
    return (FoundEvent(uid="", organiser=writer, attendees=(*others, *named), zone=zone, format=found.format),)


def met_key(person: FoundPerson) -> str:
    """Return under which name it is asked whether somebody is met."""
    return f"met:{person.email or person.name}"


def _without_receiver(found: Found) -> tuple[FoundPerson, ...]:
    """Return whom a mail of a machine was sent to, without its receiver: the first, where others are of the sender."""
    home = domain(found.sender)
    is_outside = [domain(one.email) != home for one in found.people]
    return found.people[1:] if is_outside[:1] == [True] and not all(is_outside) else found.people


def is_of_mail(event: FoundEvent) -> bool:
    """Return whether only the text of a mail speaks of a conversation: then there may be none."""
    return not event.uid and event.start is None and event.day is None


def describe(case: Case, own_zone: ZoneInfo) -> list[str]:
    """Return what was found, a line for each conversation: title, moment, people.

    UTC is nobody's clock: such a moment is said by the clocks of the user.
    """
    lines = []
    for event in people_of(case).events:
        at = event.start
        when = f"{say_day(at.date(), year=0)}, {at:%H:%M} (no zone named)" if at else "the whole day"
        if at and at.tzinfo:
            when = describe_moment(at, ZoneInfo(event.zone) if event.zone else own_zone, own_zone)
        if event.start is None and event.day:
            when = f"{say_day(event.day, year=0)}, the whole day"
        everyone = {one.email.casefold() or one.label: one for one in (*event.attendees, event.organiser) if one}
        people = say_list(list(dict.fromkeys(one.label for one in everyone.values()))[:6])
        title = event.title or "An invitation"
        lines.append(
            f"{title}: {when}{', with ' if people else ''}{people}{', CANCELLED' if event.is_cancelled else ''}"
        )
    return lines


def unplaced_moments(case: Case, application: Application | None) -> tuple[datetime, ...]:
    """Return the moments that the text of a mail names and that are no interview in the facts yet."""
    known = {one.start.replace(tzinfo=None) for one in application.interviews} if application else set()
    return tuple(moment for moment in case.found.moments if moment not in known)


def is_all_cancelled(case: Case) -> bool:
    """Return whether everything that was found is called off."""
    events = events_of(case)
    return bool(events) and all(event.is_cancelled for event in events)


def starts(case: Case, event: FoundEvent) -> bool:
    """Return whether a conversation becomes an interview: what only a mail speaks of, once its beginning is told."""
    return case.answers.get(f"start:{event.uid}", LEAVE_OUT if is_of_mail(event) else "") != LEAVE_OUT


def is_about(event: FoundEvent, invitation: str) -> bool:
    """Return whether an event is about the invitation of an interview; a series that is cancelled is about each."""
    is_of_series = event.is_cancelled and invitation.startswith(f"{event.uid} ")
    return bool(event.uid) and (invitation == event.uid or is_of_series)


def known_interview(application: Application | None, event: FoundEvent) -> int | None:
    """Return the place of the interview that an invitation is about, by its identity, else by the same beginning."""
    interviews = application.interviews if application else ()
    by_uid = (at for at, one in enumerate(interviews) if is_about(event, one.invitation))
    if (at := next(by_uid, None)) is not None:
        return at
    start = event.start if event.start and event.start.tzinfo else None
    return next((at for at, one in enumerate(interviews) if not one.invitation and one.start == start), None)


def version_called_off(application: Application | None, event: FoundEvent) -> int | None:
    """Return the version of an invitation that cancelled it for good; None where none did, or this one is newer."""
    lines = (line.split(" ", 1) for line in (application.called_off if application else ()))
    known = [(int(line[0]), line[1]) for line in lines if len(line) == 2 and line[0].isdigit()]
    versions = [version for version, uid in known if event.uid == uid or event.uid.startswith(f"{uid} ")]
    latest = max(versions, default=-1)
    return latest if event.uid and latest >= event.sequence else None


def latest_interview(application: Application) -> Interview:
    """Return the interview that began last."""
    return max(application.interviews, key=lambda one: one.start)


def read_start(case: Case, event: FoundEvent, today: date) -> datetime | None:
    """Return when a conversation begins: as the file says, else as the user said; None where it is to be left out."""
    if event.start:
        return event.start
    text = case.answers.get(f"start:{event.uid}", LEAVE_OUT)
    if text == LEAVE_OUT:
        return None
    return read_beginning(text, event, today)


def read_beginning(text: str, event: FoundEvent, today: date) -> datetime:
    """Return the moment that somebody typed, by the clocks of the mail; for a whole day the hour alone is enough."""
    is_hour = text.count(":") == 1 and " " not in text.strip()
    said = f"{event.day or today} {text.strip()}" if is_hour else text
    moment = read_moment_said(said, today, Side.FURTHER_INTERVIEW)
    return place_in_zone(moment, ZoneInfo(event.zone)) if event.zone else moment


def told_format(case: Case, event: FoundEvent) -> Format | None:
    """Return how they meet, as the user says, else the file."""
    told = str(case.options.get("format_") or case.answers.get(f"format:{event.uid}", ""))
    return read_format(told) if told else event.format


def format_of_fresh(case: Case, event: FoundEvent, tell: Callable[[str], object]) -> Format:
    """Return how they meet in a new interview; what nobody said is a video call, and ``tell`` gets it."""
    if how := told_format(case, event):
        return how
    tell("How you meet is not plain from the file: video is assumed. --format says it: video, phone or onsite.")
    return Format.VIDEO


def length_of_fresh(case: Case, event: FoundEvent, tell: Callable[[str], object]) -> timedelta:
    """Return how long a new interview takes; what nobody said is what is usual, and ``tell`` gets it."""
    if length := read_duration(case, event):
        return length
    tell(ASSUMED)
    return USUAL_LENGTH


def read_duration(case: Case, event: FoundEvent) -> timedelta | None:
    """Return how long a conversation takes, as the file or the user says."""
    told = case.answers.get(f"duration:{event.uid}", "")
    within = read_length_within(case.answers.get(f"start:{event.uid}", ""))
    return event.duration or (read_length_said(told) if told else within)
