"""Writes events as an iCalendar file (RFC 5545) that any calendar program opens.

Times are in UTC: an event that happens once needs no zone rules, and Google, Outlook, Apple and Thunderbird all read
UTC alike (Outlook uses the viewer's zone for a TZID it does not know). The recipient's local time is in the
description. No X-WR-CALNAME: Outlook would open the file as another calendar. No ORGANIZER and no ATTENDEE: a calendar
might write to them. CLASS:PRIVATE, since a calendar is often shared with colleagues who need not know about the search.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from followup_mail.calendar.event import OFF, Event, EventStatus, in_utc
from followup_mail.calendar.revisions import RevisedEvent

if TYPE_CHECKING:
    import icalendar

_PRODUCT: Final = "-//followup-mail//calendar//EN"
_ICS_STATUSES: Final = {
    EventStatus.TENTATIVE: "TENTATIVE",
    EventStatus.CONFIRMED: "CONFIRMED",
    EventStatus.DONE: "CONFIRMED",
    EventStatus.MISSED: "CANCELLED",
    EventStatus.CALLED_OFF: "CANCELLED",
}
# For programs that do not show STATUS.
_PREFIXES: Final = {EventStatus.DONE: "Done: ", EventStatus.MISSED: "Missed: ", EventStatus.CALLED_OFF: "Called off: "}


def write_calendar(revised: Iterable[RevisedEvent], now: datetime) -> bytes:
    """Return the file. ``now`` becomes DTSTAMP; an event that has started by then gets no alarm."""
    import icalendar

    calendar = icalendar.Calendar()
    for name, value in (("prodid", _PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        calendar.add(name, value)
    for revision in revised:
        calendar.add_component(_write_event(revision, now))
    content: bytes = calendar.to_ical()
    return content


def _write_event(revised: RevisedEvent, now: datetime) -> icalendar.Event:
    import icalendar

    event = revised.event
    written = icalendar.Event()
    written.add("uid", event.uid)
    written.add("sequence", revised.sequence)
    written.add("dtstamp", in_utc(now))
    written.add("created", revised.created_at)
    written.add("last-modified", revised.modified_at)
    written.add("dtstart", event.start_at)
    written.add("dtend", event.end_at)
    written.add("summary", _as_text(_PREFIXES.get(event.status, "") + event.title))
    written.add("description", _as_text(event.description))
    written.add("status", _ICS_STATUSES[event.status])
    written.add("transp", "OPAQUE" if event.busy else "TRANSPARENT")
    written.add("class", "PRIVATE")
    written.add("categories", list(event.categories))
    if event.alarm_before is not None and event.start_at > now and event.status not in OFF:
        written.add_component(_write_alarm(event))
    return written


def _write_alarm(event: Event) -> icalendar.Alarm:
    import icalendar

    assert event.alarm_before is not None
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -event.alarm_before)
    alarm.add("description", _as_text(event.title))
    return alarm


def _as_text(text: str) -> Any:
    return _text_type()(text)


@cache
def _text_type() -> type[str]:
    """Return icalendar's TEXT with the escapes of RFC 5545 section 3.3.11 and no others.

    icalendar's own also turns a backslash before an N in the text, as in ``C:\\New``, into a line break.
    """
    from icalendar import vText

    class Text(vText):
        def to_ical(self) -> bytes:
            escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
            return escaped.encode()

    return Text
