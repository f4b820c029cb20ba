"""Reads the events of a calendar file as Google, Outlook, Exchange, Zoom, Teams and Apple write them.

The file comes from outside. Its texts pass ``facts.clean`` or are left out, a property that cannot be read is as good
as missing, and rules for zones that would take for ever are not followed.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from followup_mail.errors import FactsError
from followup_mail.facts.clean import LINE_LIMIT, clean_line, clean_notes
from followup_mail.facts.moments import FIRST_YEAR, LAST_YEAR
from followup_mail.facts.terms import Format
from followup_mail.incoming.calendar_people import read_attendees, read_organiser
from followup_mail.incoming.calendar_zones import place
from followup_mail.incoming.conference_text import is_video_place, own_words
from followup_mail.incoming.found import Found, FoundEvent
from followup_mail.incoming.found_names import kept, kept_line
from followup_mail.incoming.given_file import unfolded_text
from followup_mail.incoming.meeting_place import format_of_event
from followup_mail.regex import regex

EVENTS_LIMIT: Final = 8
# Clocks change once a year, by a weekday or a day of a month; any other rule might be followed for ever.
_RULE: Final = regex(r"(?i)R(?:RULE|DATE)[;:]")
_YEARLY: Final = regex(
    r"(?i)RRULE:(?=.*FREQ=YEARLY)(?:(?:FREQ|INTERVAL|BYDAY|BYMONTH|BYMONTHDAY|UNTIL|COUNT|WKST)=[\w,+-]{1,40}(?:;|\s*\Z))+\Z"
)
# A length beyond what C counts in breaks the whole calendar in the library, instead of its own line.
_ENDLESS: Final = regex(r"(?i)[+-]?P[0-9WDTHMS]*[0-9]{7}[0-9WDTHMS]*\s*\Z")
_LINES_LIMIT: Final = 10_000
_LINE_LIMIT: Final = 20_000
_ANSWERS: Final = {
    "REPLY": "is somebody's answer to an invitation, not an invitation",
    "COUNTER": "proposes another time, and is no invitation yet",
    "REFRESH": "asks for an invitation, and is none",
    "DECLINECOUNTER": "refuses another time, and is no invitation",
}
_VIDEO_SIGNS: Final = ("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CONFERENCE", "X-ZOOM-MEETING-URL")
_PERSONS: Final = frozenset({"ATTENDEE", "ORGANIZER", ""})
_LOOK: Final = {
    "DTSTART": "when it begins",
    "DTEND": "how long it takes",
    "DURATION": "how long it takes",
}
_DAY: Final = timedelta(hours=23)
"""What takes as long is for a whole day, be it one on which the clocks change: nobody is interviewed for that long."""
_TEXT_LIMIT: Final = 1_500


def read_calendar(content: bytes, name: str, own: frozenset[str], prefer: Sequence[str] = ()) -> Found:
    """Return what a calendar file tells of conversations.

    ``own``: the user's addresses in small letters; ``prefer``: zones to take where several have the same clocks.
    Raises ``FactsError`` when it is no calendar, or none that invites to a few conversations.
    """
    calendars = _parse(unfolded_text(content, name), name)
    method = _text(calendars[0], "METHOD").upper()
    if method in _ANSWERS:
        raise FactsError(f"{name} {_ANSWERS[method]}.", fix="Name the invitation itself.")
    components = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if not components:
        raise FactsError(f"{name} is a calendar without an event.", fix="Name the file of the invitation.")
    if len(components) > 10 * EVENTS_LIMIT:
        raise _many(name, len(components))
    notes: list[str] = []
    events = _latest(_read_event(event, calendars, (own, prefer, method), notes) for event in components)
    if len(events) > EVENTS_LIMIT:
        raise _many(name, len(events))
    return Found(events=events, notes=tuple(dict.fromkeys(notes)))


def _many(name: str, count: int) -> FactsError:
    return FactsError(
        f"{name} has {count} events: it looks like a whole calendar.",
        fix="Export the one invitation, and name that file.",
    )


def _parse(text: str, name: str) -> list[Any]:
    lines = text.split("\n")
    if len(lines) > _LINES_LIMIT:
        raise FactsError(
            f"{name} has {len(lines):,} lines; an invitation has a few dozen.", fix="Export only the event."
        )
    cut = (_without_endless(line[:_LINE_LIMIT]) for line in lines)
    # Reminders tell nothing of the conversation, and an unreadable one breaks the whole calendar.
    short = [line for line, is_alarm in _marked(cut, "VALARM") if not is_alarm]
    # A broken description of clocks breaks the whole calendar: then it is read without.
    if calendars := _calendars_in(_without_other_rules(short)) or _calendars_in(_without_zones(short)):
        return calendars
    raise FactsError(
        f"{name} is a damaged calendar and cannot be read.",
        fix="Save the invitation again, or add the interview by hand.",
    )


def _without_endless(line: str) -> str:
    head, colon, value = line.rpartition(":")
    return f"{head}:unreadable" if colon and _ENDLESS.match(value) else line


def _calendars_in(lines: Iterable[str]) -> list[Any]:
    from icalendar import Calendar

    try:
        with warnings.catch_warnings(action="ignore"):  # about names of zones, which we look up ourselves
            parts = Calendar.from_ical("\r\n".join(lines), multiple=True)
    except Exception:  # whatever a parser makes of a broken file
        return []
    return [part for part in parts if part.name == "VCALENDAR"]


def _without_other_rules(lines: Iterable[str]) -> Iterator[str]:
    marked = _marked(lines, "VTIMEZONE")
    return (line for line, is_zone in marked if not is_zone or not _RULE.match(line) or _YEARLY.match(line))


def _without_zones(lines: Iterable[str]) -> Iterator[str]:
    return (line for line, is_zone in _marked(lines, "VTIMEZONE") if not is_zone)


def _marked(lines: Iterable[str], part: str) -> Iterator[tuple[str, bool]]:
    """Yield each line with whether it belongs to a ``part``, such as VTIMEZONE for the description of clocks."""
    inside = False
    for line in lines:
        edge = line.upper().rstrip()
        inside = inside or edge == f"BEGIN:{part}"
        yield line, inside
        inside = inside and edge != f"END:{part}"


def _read_event(
    event: Any, calendars: Sequence[Any], given: tuple[frozenset[str], Sequence[str], str], notes: list[str]
) -> FoundEvent:
    own, prefer, method = given
    start, zone, day = _read_start(event, calendars, prefer, notes)
    organiser = read_organiser(event, own, notes)
    attendees = read_attendees(event, own, notes)
    if event.errors:
        notes.append(_say_unread([str(name or "").upper() for name, _ in event.errors]))
    if _value(event, "RRULE") is not None:
        notes.append("The event is repeated; only its first conversation is taken.")
    cancelled = method == "CANCEL" or _text(event, "STATUS").upper() == "CANCELLED"
    return FoundEvent(
        uid=_uid(event),
        sequence=_sequence(event),
        is_cancelled=cancelled,
        title=kept_line(_text(event, "SUMMARY")[:LINE_LIMIT], notes),
        start=start,
        day=day,
        duration=_duration(event) if start else None,
        zone=zone,
        format=_format(event),
        place=_place(event, notes),
        text=kept(
            clean_notes, own_words(_text(event, "DESCRIPTION"))[:_TEXT_LIMIT], "the text of the invitation", notes
        ),
        organiser=organiser,
        attendees=attendees,
    )


def _say_unread(keys: Sequence[str]) -> str:
    """Return what to look at, by the names of the lines that cannot be read; one without a name may be anybody's."""
    lines = "One line" if len(keys) == 1 else f"{len(keys)} lines"
    places = {
        "whether anybody is missing" if key in _PERSONS else _LOOK.get(key, "for what is missing") for key in keys
    }
    return f"{lines} of the invitation cannot be read: look {', and '.join(sorted(places))}."


def _read_start(
    event: Any, calendars: Sequence[Any], prefer: Sequence[str], notes: list[str]
) -> tuple[datetime | None, str, date | None]:
    moment = _moment(event, "DTSTART")
    if not isinstance(moment, datetime):
        return None, "", moment
    tzid = str(_params(event, "DTSTART").get("TZID", ""))
    if _takes_whole_day(event):
        # In UTC a day begins at midnight somewhere else.
        is_utc = not tzid and moment.tzinfo
        return None, "", (moment.astimezone(ZoneInfo(prefer[0])) if is_utc and prefer else moment).date()
    if not tzid:
        return moment, "", None
    definitions = {_text(one, "TZID"): one for calendar in calendars for one in calendar.walk("VTIMEZONE")}
    placed = place(moment.replace(tzinfo=None), tzid, definitions, prefer)
    if placed.note:
        notes.append(placed.note)
    return placed.at, placed.zone, None


def _takes_whole_day(event: Any) -> bool:
    """Return whether an event is for a whole day; Outlook and Exchange write that from midnight to midnight."""
    length = _duration(event)
    return _text(event, "X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE" or (length is not None and length >= _DAY)


def _duration(event: Any) -> timedelta | None:
    start, end = _moment(event, "DTSTART"), _moment(event, "DTEND")
    try:
        span = end - start if end is not None else _time_value(event, "DURATION")  # type: ignore[operator]
    except TypeError:  # one with a zone and one without
        return None
    return span if isinstance(span, timedelta) and span > timedelta() else None


def _moment(event: Any, key: str) -> date | None:
    value = _time_value(event, key)
    return value if isinstance(value, date) and FIRST_YEAR <= value.year <= LAST_YEAR else None


def _time_value(event: Any, key: str) -> object:
    try:
        return getattr(_value(event, key), "dt", None)
    except Exception:  # icalendar raises only now for a property that it could not read
        return None


def _value(event: Any, key: str) -> Any:
    """Return a property; the first where there are several."""
    value = event.get(key)
    return value[0] if isinstance(value, list) and value else value


def _params(event: Any, key: str) -> Mapping[str, Any]:
    return getattr(_value(event, key), "params", {})


def _text(event: Any, key: str) -> str:
    value = _value(event, key)
    return str(value) if value is not None else ""


def _uid(event: Any) -> str:
    """Return the identity of an event; that of one of a series has its place in it. A long one is kept as a hash."""
    place_in_series = _moment(event, "RECURRENCE-ID")
    uid = " ".join(filter(None, (_text(event, "UID"), place_in_series.isoformat() if place_in_series else "")))
    try:
        return clean_line(uid)
    except ValueError:
        return f"sha256:{hashlib.sha256(uid.encode(errors='replace')).hexdigest()}"


def _sequence(event: Any) -> int:
    """Return the version. Exchange counts in a property of its own where the usual one is missing."""
    for key in ("SEQUENCE", "X-MICROSOFT-CDO-APPT-SEQUENCE"):
        text = _text(event, key).strip()
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
    return 0


def _format(event: Any) -> Format | None:
    """Return how they will meet, where the invitation says so."""
    return format_of_event(
        _text(event, "LOCATION").strip(),
        _text(event, "DESCRIPTION"),
        _text(event, "SUMMARY"),
        is_conference=any(event.get(sign) is not None for sign in _VIDEO_SIGNS),
    )


def _place(event: Any, notes: list[str]) -> str:
    """Return where they meet; the link or the name of a service says only how."""
    location = " ".join(_text(event, "LOCATION").split())
    return "" if is_video_place(location) else kept_line(location[:LINE_LIMIT], notes)


def _latest(events: Iterable[FoundEvent]) -> tuple[FoundEvent, ...]:
    """Return the latest version of each event, in order of time."""
    found: dict[str, FoundEvent] = {}
    for number, event in enumerate(events):
        key = event.uid or str(number)
        if key not in found or found[key].sequence <= event.sequence:
            found[key] = event
    return tuple(sorted(found.values(), key=lambda event: event.start.timestamp() if event.start else 0.0))
