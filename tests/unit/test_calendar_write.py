"""The bytes of a calendar: what two other libraries and a plain reading of RFC 5545 find in them."""

from __future__ import annotations

from datetime import datetime, timedelta

import icalendar
import pytest
import vobject
from calendar_samples import HOSTILE, MONDAY, event, read_lines, read_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_mail.calendar.event import Event, EventStatus, as_title, clean_text
from followup_mail.calendar.ics import write_calendar
from followup_mail.calendar.revisions import RevisedEvent

NOW = MONDAY - timedelta(days=3)
ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=400),
    st.lists(st.sampled_from([*HOSTILE, "\n", "\r\n", "\\", "N", "n", ",", ";", ":", "\t", " "]), max_size=12).map(
        "".join
    ),
)


def written(*events: Event, now: datetime = NOW) -> bytes:
    """The file of some events, each exported for the third time."""
    return write_calendar([RevisedEvent(one, 2, NOW, NOW) for one in events], now)


def values(content: bytes, name: str) -> list[str]:
    """The raw values of one property."""
    return [value for key, value in read_lines(content) if key.partition(";")[0] == name]


def test_an_event_is_written_as_the_standard_asks() -> None:
    """The head, the times in UTC, the place in history and the alarm are there, each once."""
    content = written(event())
    expected = {
        "VERSION": "2.0",
        "PRODID": "-//followup-mail//calendar//EN",
        "CALSCALE": "GREGORIAN",
        "METHOD": "PUBLISH",
        "DTSTART": "20261123T090000Z",
        "DTEND": "20261123T091500Z",
        "DTSTAMP": "20261120T090000Z",
        "CREATED": "20261120T090000Z",
        "LAST-MODIFIED": "20261120T090000Z",
        "SEQUENCE": "2",
        "STATUS": "TENTATIVE",
        "TRANSP": "OPAQUE",
        "CLASS": "PRIVATE",
        "CATEGORIES": "Job search,Follow-up,Call",
        "SUMMARY": "Call Dana Lee (Acme): status inquiry",
        "TRIGGER": "-PT10M",
        "ACTION": "DISPLAY",
    }
    assert {name: values(content, name) for name in expected} == {name: [one] for name, one in expected.items()}


@pytest.mark.parametrize(
    ("status", "shown", "title"),
    [
        (EventStatus.TENTATIVE, "TENTATIVE", "Call"),
        (EventStatus.CONFIRMED, "CONFIRMED", "Call"),
        (EventStatus.DONE, "CONFIRMED", "Done: Call"),
        (EventStatus.MISSED, "CANCELLED", "Missed: Call"),
        (EventStatus.CALLED_OFF, "CANCELLED", "Called off: Call"),
    ],
)
def test_where_it_stands_shows_in_status_and_title(status: EventStatus, shown: str, title: str) -> None:
    """A program that does not show STATUS shows it in the title all the same."""
    content = written(event(status=status, title="Call"))
    assert values(content, "STATUS") == [shown]
    assert read_texts(content, "SUMMARY") == [title]


def test_nobody_is_ever_invited_and_no_new_calendar_is_opened() -> None:
    """Neither attendees nor an organizer, whom a program might write to, nor the name that makes Outlook open one."""
    content = written(*(event(status=one, title=text) for one in EventStatus for text in HOSTILE))
    names = {name.partition(";")[0] for name, _ in read_lines(content)}
    assert not names & {"ATTENDEE", "ORGANIZER", "X-WR-CALNAME", "REQUEST-STATUS", "ATTACH", "VTIMEZONE"}


def test_what_has_begun_reminds_nobody() -> None:
    """Importing an old plan sets off no alarms."""
    assert values(written(event(), now=MONDAY - timedelta(minutes=1)), "TRIGGER") == ["-PT10M"]
    assert values(written(event(), now=MONDAY), "TRIGGER") == []
    assert values(written(event(status=EventStatus.CALLED_OFF)), "TRIGGER") == []


def test_only_the_stamp_depends_on_now() -> None:
    """The same events written later differ in DTSTAMP alone."""
    early, late = (read_lines(written(event(), now=NOW + timedelta(minutes=n))) for n in (0, 30))
    assert {one[0] for one, other in zip(early, late, strict=True) if one != other} == {"DTSTAMP"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_a_text(text: str) -> None:
    """Whatever a fact holds, three readers find one event with exactly that text."""
    content = written(event(title=text, description=f"{text}\n{text}"))
    assert read_texts(content, "SUMMARY") == [text]
    assert read_texts(content, "DESCRIPTION") == [f"{text}\n{text}"]
    (theirs,) = vobject.readOne(content.decode()).vevent_list
    assert (theirs.summary.value, theirs.description.value) == (text, f"{text}\n{text}")
    (other,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    if "\\" not in text:  # icalendar reads an escaped backslash before an n as a line break
        assert (str(other["SUMMARY"]), str(other["DESCRIPTION"])) == (text, f"{text}\n{text}")


@settings(max_examples=60)
@given(title=ANY_TEXT, description=ANY_TEXT)
def test_any_text_survives(title: str, description: str) -> None:
    """Any text at all, cleaned, is folded within 75 octets and read back as it was."""
    title, description = as_title(title), clean_text(description)
    content = written(event(title=title, description=description))
    assert read_texts(content, "SUMMARY") == [title]
    assert read_texts(content, "DESCRIPTION") == [description]
    (theirs,) = vobject.readOne(content.decode()).vevent_list
    assert (theirs.summary.value, theirs.description.value) == (title, description)
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == 1


@given(st.text(max_size=300))
def test_cleaning_leaves_nothing_invisible(text: str) -> None:
    """After cleaning there are no controls but tab and line feed, no half characters, and it stays so."""
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert all(one in "\n\t" or one >= " " for one in clean)
    assert not set(clean) & set("\x7f\x85\u2028\u2029\u202e\ufeff")
    clean.encode()


def test_a_whole_file_opens_in_other_libraries_without_complaint() -> None:
    """vobject validates the file, icalendar finds no errors, and both agree on times, statuses and numbers."""
    hour = timedelta(hours=1)
    events = [
        event(uid=f"{n}@x.invalid", start_at=MONDAY + n * hour, end_at=MONDAY + (n + 1) * hour, status=one)
        for n, one in enumerate(EventStatus)
    ]
    content = written(*events)
    theirs = vobject.readOne(content.decode())
    theirs.validate(raiseException=True)
    other = icalendar.Calendar.from_ical(content)
    assert not any(one.errors for one in other.walk())
    read = [
        (one.uid.value, one.dtstart.value, one.dtend.value, one.status.value, int(one.sequence.value))
        for one in theirs.vevent_list
    ]
    assert read == [
        (str(one["UID"]), one.decoded("DTSTART"), one.decoded("DTEND"), str(one["STATUS"]), one["SEQUENCE"])
        for one in other.walk("VEVENT")
    ]
    assert [one[:3] for one in read] == [(one.uid, one.start_at, one.end_at) for one in events]
