"""Invitations of every maker are read as a person would read them; whatever is wrong with a file is one sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invitation_samples import APPLE, GOOGLE, MAKERS, OUTLOOK, OWN, TEAMS, ZOOM, change, event
from property_budget import examples

from followup_mail.errors import FactsError
from followup_mail.facts.terms import Format
from followup_mail.incoming.calendar_events import read_calendar
from followup_mail.incoming.found import Found, FoundEvent
from followup_mail.incoming.given_file import FileKind, tell_kind
from followup_mail.incoming.read_file import read_card_file, read_invitation_file

ADA = "ATTENDEE;CN=Ada Love:mailto:ada@acme.example"
START = "DTSTART:20261118T143000Z"


def _read(content: bytes, prefer: tuple[str, ...] = ()) -> Found:
    return read_calendar(content, "invite.ics", frozenset({OWN}), prefer)


def _event(content: bytes) -> FoundEvent:
    [found] = _read(content).events
    return found


@pytest.mark.parametrize(
    ("maker", "start", "zone", "minutes"),
    [
        ("google", datetime(2026, 11, 18, 20, 30, tzinfo=UTC), "", 45),
        ("outlook", datetime(2026, 11, 18, 13, 30, tzinfo=UTC), "Europe/Berlin", 60),
        ("teams", datetime(2026, 11, 24, 16, 0, tzinfo=UTC), "America/Chicago", 90),
        ("zoom", datetime(2026, 11, 18, 14, 30, tzinfo=UTC), "America/New_York", 30),
        ("apple", datetime(2026, 11, 18, 13, 30, tzinfo=UTC), "Europe/Berlin", 60),
    ],
)
def test_the_moment_is_that_of_the_invitation(maker: str, start: datetime, zone: str, minutes: int) -> None:
    """UTC, a Windows name, rules without a known name and a name of IANA all give the right moment, zone and length."""
    found = _event(MAKERS[maker])
    assert (found.start, found.zone, found.duration) == (start, zone, timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("maker", "organiser", "attendees"),
    [
        ("google", "Robin Vega", ["Robin Vega", "Priya Raman", "tom.okafor@lumenfreight.example"]),
        ("outlook", "Robin Vega", ["Jürgen Müller"]),
        ("teams", "Priya Raman", []),
        ("zoom", None, []),
        ("apple", "Sanne ten Hoope", []),
    ],
)
def test_people_are_found_without_rooms_and_the_user(maker: str, organiser: str | None, attendees: list[str]) -> None:
    """Names are as they are said; rooms, things and the user are nobody; a missing name is not made up."""
    found = _event(MAKERS[maker])
    assert (found.organiser.name if found.organiser else None) == organiser
    assert [person.label for person in found.attendees] == attendees


def test_a_name_that_is_missing_is_only_guessed() -> None:
    """What an address suggests is kept apart from what the file says."""
    person = _event(GOOGLE).attendees[-1]
    assert (person.name, person.guess) == ("", "Tom Okafor")


def test_the_address_of_a_person_at_icloud_is_their_own() -> None:
    """iCloud's own address for an organiser is not taken for the person's."""
    organiser = _event(APPLE).organiser
    assert organiser is not None
    assert organiser.email == "sanne@lumenfreight.example"


@pytest.mark.parametrize(
    ("maker", "text"),
    [
        ("google", "You will talk about the pipeline.\nPlease bring a laptop."),
        ("outlook", ""),
        ("teams", "Looking forward to it!"),
        ("zoom", ""),
        ("apple", ""),
    ],
)
def test_what_a_conference_service_writes_is_left_out(maker: str, text: str) -> None:
    """Only what the organiser wrote is kept: no link, no number, no legal notice, no HTML."""
    assert _event(MAKERS[maker]).text == text


_LONG, _SHORT = "_" * 80, "_" * 32


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            [
                *(
                    "Apportez vos diplômes.",
                    "",
                    _LONG,
                    "Réunion Microsoft Teams",
                    "Rejoindre : https://teams.microsoft.com/meet/1",
                ),
                *("Code secret : qW9xy7", _SHORT, "Composer un numéro", "+33 1 70 99 00 00,,345678901# France, Paris"),
                *("ID de conférence téléphonique : 345 678 901#", "Acme respecte vos données.", _LONG, ""),
            ],
            "Apportez vos diplômes.",
        ),
        (
            [
                *("Bitte Zeugnisse bereithalten.", "", "Ada Love lädt Sie zu einem geplanten Zoom-Meeting ein.", ""),
                *(
                    "Zoom-Meeting beitreten",
                    "https://us02web.zoom.us/j/834?pwd=x",
                    "",
                    "Kenncode: 445566",
                    "",
                    "---",
                    "",
                ),
                *("Schnelleinwahl mobil", "+496938079883,,83456789012# Deutschland", "• +49 69 3807 9883 Deutschland"),
            ],
            "Bitte Zeugnisse bereithalten.",
        ),
        (
            [
                "Best,",
                "Dana",
                "",
                "Join here:",
                "https://zoom.us/j/1",
                "",
                "Passcode: 1",
                "",
                "Please bring a laptop.",
                "D.",
            ],
            "Best,\nDana\n\nPlease bring a laptop.\nD.",
        ),
        (
            [
                "Hi,",
                _LONG,
                "Teams",
                "https://teams.microsoft.com/meet/1",
                _SHORT,
                "Hilfe? | Referenz",
                "ID: 345 678 901#",
            ],
            "Hi,",
        ),
    ],
)
def test_the_part_of_a_service_is_known_in_any_language(lines: list[str], text: str) -> None:
    """By the lines drawn around it, its links and its numbers, up to where somebody writes again."""
    escaped = "\\n".join(lines).replace(",", "\\,")
    assert _event(event(START, f"DESCRIPTION:{escaped}")).text == text


@pytest.mark.parametrize(
    ("content", "how"),
    [
        (GOOGLE, Format.VIDEO),
        (OUTLOOK, Format.ONSITE),
        (TEAMS, Format.VIDEO),
        (ZOOM, Format.VIDEO),
        (APPLE, Format.ONSITE),
        (event(START, "LOCATION:+1 312 555 0142"), Format.PHONE),
        (event(START, r"LOCATION:+49 30 1234567\, PIN 123#"), Format.PHONE),
        (event(START, r"LOCATION:Phone: +1 312 555 0199\, ext. 4"), Format.PHONE),
        (event(START, r"LOCATION:12 Phone Street\, Leeds"), Format.ONSITE),
        (event(START, "SUMMARY:Phone screen"), Format.PHONE),
        (event(START, "SUMMARY:Intro call", "LOCATION:Google Meet (see description)"), Format.VIDEO),
        (event(START, "SUMMARY:Intro call"), None),
        (event(START, r"LOCATION:Our office\, reception desk"), Format.ONSITE),
        (event(START, "LOCATION:Bahnhofplatz 1"), Format.ONSITE),
        (event(START, "LOCATION:Raum 3.14"), Format.ONSITE),
        (event(START, r"LOCATION:Starbucks\, Grafton Street\, Dublin"), Format.ONSITE),
        (event(START, "LOCATION:I'll call you"), Format.PHONE),
        (event(START, "LOCATION:Kestrel Books Ltd"), None),
        (event(START, "LOCATION:https://acme.example/visit-us"), None),
        (event(START, ADA), None),
    ],
)
def test_how_they_meet_is_read_where_it_is_said(content: bytes, how: Format | None) -> None:
    """A street, a link and a number say how they meet; nothing says nothing."""
    assert _event(content).format is how


def test_identity_and_version_are_kept() -> None:
    """UID and SEQUENCE come along; Exchange's own count is used where the usual one is missing."""
    found = _event(OUTLOOK)
    assert found.uid.startswith("040000008200E00074C5B7101A82E008")
    assert found.sequence == 2
    assert _event(change(OUTLOOK, ("\r\nSEQUENCE:2", ""))).sequence == 2


def test_a_very_long_identity_is_kept_short_and_stays_the_same() -> None:
    """An identity that no line of a file can hold has a hash instead, the same each time."""
    first, second = (_event(event(f"UID:{'x' * 900}", START)).uid for _ in range(2))
    assert first == second
    assert len(first) < 100


def test_of_two_versions_in_a_file_the_later_counts() -> None:
    """A file that holds an event twice means the one with the higher number."""
    old, new = event("UID:a", "SEQUENCE:1", START), event("UID:a", "SEQUENCE:2", "DTSTART:20261119T143000Z")
    found = _event(old.replace(b"END:VCALENDAR\r\n", b"") + new.partition(b"METHOD:REQUEST\r\n")[2])
    assert (found.sequence, found.start) == (2, datetime(2026, 11, 19, 14, 30, tzinfo=UTC))


@pytest.mark.parametrize("pair", [("METHOD:REQUEST", "METHOD:CANCEL"), ("STATUS:CONFIRMED", "STATUS:CANCELLED")])
def test_a_cancellation_is_known(pair: tuple[str, str]) -> None:
    """Either sign is enough."""
    assert _event(change(GOOGLE, pair)).is_cancelled


@pytest.mark.parametrize(
    "tzid",
    [
        "Europe/Berlin",
        "W. Europe Standard Time",
        "/freeassociation.sourceforge.net/Europe/Berlin",
        '"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"',
    ],
)
def test_a_zone_is_known_by_any_of_its_names(tzid: str) -> None:
    """IANA, Windows, a name with a path, and what Windows shows to people."""
    assert _event(event(f"DTSTART;TZID={tzid}:20261118T143000")).start == datetime(2026, 11, 18, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize("line", ["DTSTART:20261118T143000", "DTSTART;TZID=Nowhere At All:20261118T143000"])
def test_no_zone_is_made_up(line: str) -> None:
    """A time without a zone, or with one that nobody knows, stays wall time."""
    found = _event(event(line))
    assert found.start == datetime(2026, 11, 18, 14, 30)  # noqa: DTZ001  # wall time
    assert found.zone == ""


@pytest.mark.parametrize(
    "line", ["DTSTART;TZID=Odd:99991231T230000", "DTSTART:99991231T100000Z", "DTSTART;VALUE=DATE:00010101"]
)
def test_a_day_that_cannot_be_meant_is_none(line: str) -> None:
    """A year far from ours is a mistake of the file, not of its reader."""
    rules = ("BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0500", "END:STANDARD")
    zone = "\r\n".join(("BEGIN:VTIMEZONE", "TZID:Odd", *rules, "END:VTIMEZONE", ""))
    found = _event(event(line, before=zone))
    assert (found.start, found.day) == (None, None)


def test_of_zones_with_the_same_clocks_the_preferred_one_is_taken() -> None:
    """Rules without a known name are those of the user's zone where they agree with it."""
    [found] = _read(TEAMS, prefer=("America/Menominee",)).events
    assert found.zone == "America/Menominee"


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", f"FREQ=YEARLY;BYSECOND={','.join(map(str, range(60)))}", "FREQ=YEARLY;BYYEARDAY=1,2,3"]
)
def test_rules_that_would_never_end_are_not_followed(rule: str) -> None:
    """A zone that changes its clocks every second does not hold the command up."""
    content = change(TEAMS, ("FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3", rule))
    assert _event(content).start is not None


@pytest.mark.parametrize(
    "clocks",
    [
        "",
        "BEGIN:STANDARD\r\nEND:STANDARD\r\n",
        "BEGIN:STANDARD\r\nDTSTART:garbage\r\nTZOFFSETTO:foo\r\nEND:STANDARD\r\n",
        "BEGIN:STANDARD\r\nDTSTART:20000101T000000\r\nRRULE:FREQ=YEARLY;BYDAY=99ZZ\r\nEND:STANDARD\r\n",
    ],
)
def test_broken_clocks_are_those_of_no_zone(clocks: str) -> None:
    """The rest of the invitation is read, and it is said that the zone is not known; a known name needs no clocks."""
    told = f"BEGIN:VTIMEZONE\r\nTZID:{{}}\r\n{clocks}END:VTIMEZONE\r\n"
    found = _read(event("DTSTART;TZID=Weird Zone:20261118T143000", ADA, before=told.format("Weird Zone")))
    assert found.events[0].start == datetime(2026, 11, 18, 14, 30)  # noqa: DTZ001  # no zone is known
    assert [person.name for person in found.events[0].attendees] == ["Ada Love"]
    assert "The time zone 'Weird Zone' is not known." in found.notes
    known = event("DTSTART;TZID=Europe/Berlin:20261118T143000", ADA, before=told.format("Europe/Berlin"))
    assert _event(known).zone == "Europe/Berlin"


def test_a_file_of_endless_lines_is_refused_at_once() -> None:
    """Before a parser looks at them."""
    with pytest.raises(FactsError, match="20,0"):
        _read(event(START, *["ATTENDEE:mailto:ada@acme.example"] * 20_000))


def test_an_event_of_a_whole_day_has_no_hour() -> None:
    """The hour is left open, and the day is kept."""
    found = _event(event("DTSTART;VALUE=DATE:20261118", "DTEND;VALUE=DATE:20261119"))
    assert (found.start, found.day) == (None, date(2026, 11, 18))


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART;TZID=Europe/Berlin:20261208T000000", "DTEND;TZID=Europe/Berlin:20261209T000000"),
        ("DTSTART:20261207T230000Z", "DTEND:20261208T230000Z"),
        ("DTSTART;TZID=Europe/Berlin:20261208T000000", "DTEND;TZID=Europe/Berlin:20261208T235900"),
        ("DTSTART;TZID=Europe/Berlin:20261208T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
    ],
)
def test_from_midnight_to_midnight_is_a_whole_day(lines: tuple[str, ...]) -> None:
    """Outlook and Exchange write it so: the hour is not known, and nobody is interviewed at midnight."""
    [found] = _read(event(*lines), ("Europe/Berlin",)).events
    assert (found.start, found.day, found.duration) == (None, date(2026, 12, 8), None)


def test_what_cannot_be_read_is_as_good_as_missing() -> None:
    """A property that icalendar refuses ends nothing."""
    found = _event(event("UID:a", "DTSTART:banana", "SEQUENCE:x", "DURATION:y", ADA))
    assert (found.start, found.day, found.sequence) == (None, None, 0)
    assert [person.name for person in found.attendees] == ["Ada Love"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["DTEND:garbage"], "One line of the invitation cannot be read: look how long it takes."),
        (["DURATION:x", "SEQUENCE:x"], "2 lines of the invitation cannot be read: look for what is missing, and how"),
        (["no colon"], "One line of the invitation cannot be read: look whether anybody is missing."),
    ],
)
def test_what_to_look_at_is_what_cannot_be_read(lines: list[str], said: str) -> None:
    """Nobody is missing where only the end is damaged, and one line is one line."""
    found = _read(event(START, ADA, *lines))
    assert any(note.startswith(said) for note in found.notes), found.notes


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("Priya Raman (Lumen Freight, Head of Data)", "Priya Raman"),
        ("Priya Raman (Head of Data)", "Priya Raman"),
        ("Raman, Priya (Lumen Freight, Head of Data)", "Priya Raman"),
        ("Raman, Priya (US - New York)", "Priya Raman"),
        ("Raman, Priya (Dr.) [Lumen]", "Priya Raman"),
        ("Priya Raman (Design)", "Priya Raman (Design)"),
    ],
)
def test_a_name_has_no_company_and_no_title_behind_it(shown: str, name: str) -> None:
    """What a directory puts into brackets is left out; a word that tells two people apart stays."""
    [person] = _event(event(START, f'ATTENDEE;CN="{shown}":mailto:p@acme.example')).attendees
    assert person.name == name


@pytest.mark.parametrize("length", ["foo", "P99999999999999999D", "", "-P1Y", "PT"])
def test_a_length_that_cannot_be_read_is_left_open(length: str) -> None:
    """The beginning and the people are read all the same."""
    found = _event(event(START, f"DURATION:{length}", ADA))
    assert (found.start, found.duration) == (datetime(2026, 11, 18, 14, 30, tzinfo=UTC), None)
    assert [person.name for person in found.attendees] == ["Ada Love"]


@pytest.mark.parametrize(
    "line",
    [
        "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-P99999999999999999D\nEND:VALARM",
        "X-LEAD;VALUE=DURATION:+PT99999999999H",
    ],
)
def test_a_length_beyond_counting_costs_nothing_else(line: str) -> None:
    """A reminder with a mad length leaves the invitation readable."""
    assert [person.name for person in _event(event(START, ADA, *line.split("\n"))).attendees] == ["Ada Love"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ATTENDEE;CUTYPE=GROUP;CN=Data Team:mailto:data@acme.example", "a group"),
        ("ATTENDEE;PARTSTAT=DECLINED;CN=Bo Li:mailto:bo@acme.example", "declined"),
        ("ATTENDEE;CN=Meeting Room 4:mailto:mr4@acme.example", "a room"),
        ("ATTENDEE;CN=4.12:mailto:conf-room-4@acme.example", "a room"),
        ("ATTENDEE;CUTYPE=RESOURCE;CN=Beamer:mailto:b1@acme.example", "a room or a thing"),
    ],
)
def test_who_is_not_met_is_left_out_and_said(line: str, said: str) -> None:
    """Groups, rooms, things and who declined are nobody to thank."""
    found = _read(event(START, ADA, line))
    assert [person.name for person in found.events[0].attendees] == ["Ada Love"]
    assert any(said in note for note in found.notes)


@pytest.mark.parametrize(
    "shown",
    [
        '"Bo <evil@x.example>, eve@x.example"',
        '"Bo; Li; hiring manager"',
        '"Bo^nBcc: evil@x.example"',
        '"Bo\u202eLi"',
    ],
)
def test_nothing_is_smuggled_in_a_name(shown: str) -> None:
    """Addresses, line breaks, several people and turned text are no name; the address suggests one instead."""
    found = _read(event(START, f"ATTENDEE;CN={shown}:mailto:bo.li@acme.example"))
    assert [(person.name, person.guess) for person in found.events[0].attendees] == [("", "Bo Li")]
    assert "Left out the name" in " ".join(found.notes)


def test_an_address_with_more_in_it_is_no_address() -> None:
    """A line break in an address does not become another recipient."""
    [person] = _event(event(START, "ATTENDEE;CN=Bo Li:mailto:bo@acme.example%0ABcc:evil@x.example")).attendees
    assert person.email == ""


@pytest.mark.parametrize("ending", [b"\r\n", b"\n", b"\r\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_marks_make_no_difference(ending: bytes, mark: bytes) -> None:
    """However a file was saved, it says the same."""
    assert _read(mark + OUTLOOK.replace(b"\r\n", ending)) == _read(OUTLOOK)


def test_a_character_that_a_fold_cuts_in_two_is_whole_again() -> None:
    """RFC 5545 lets a line be folded between the bytes of one character."""
    cut = OUTLOOK.replace("Jürgen".encode(), b"J\xc3\r\n \xbcrgen")
    assert [person.name for person in _event(cut).attendees] == ["Jürgen Müller"]


@pytest.mark.parametrize("charset", ["utf-16", "cp1252"])
def test_other_sets_of_characters_are_read(charset: str) -> None:
    """UTF-16 and what old programs on Windows write."""
    assert _read(OUTLOOK.decode().encode(charset)) == _read(OUTLOOK)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"hello world", "neither a calendar"),
        (b"\x00\x01\x02\x03" * 99, "binary file"),
        (b"\xd0\xcf\x11\xe0" * 9, "Outlook .msg"),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "--card"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "without an event"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUM", "damaged"),
        (b"BEGIN:VCALENDAR\r\nX:\x00\r\nEND:VCALENDAR\r\n", "zero bytes"),
        (b"BEGIN:VCALENDAR\r\nX:\x81\x8d\r\nEND:VCALENDAR\r\n", "set of characters"),
        (event(START, method="REPLY"), "answer to an invitation"),
        (event(START, method="COUNTER"), "another time"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 9 + b"END:VCALENDAR\r\n", "whole calendar"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    """What is wrong and what to do next, and no traceback."""
    path = tmp_path / "invite.ics"
    path.write_bytes(content)
    with pytest.raises(FactsError) as raised:
        read_invitation_file(path, frozenset(), date(2026, 11, 20))
    assert said in f"{raised.value.sentence} {raised.value.fix}"
    assert raised.value.fix


def test_no_file_a_folder_and_a_huge_file_are_one_sentence(tmp_path: Path) -> None:
    """Before anything is read of them."""
    huge = tmp_path / "huge.ics"
    with huge.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    for path, said in ((tmp_path, "folder"), (tmp_path / "gone.ics", "not there"), (huge, "50 MB")):
        for read in (lambda one: read_invitation_file(one, frozenset(), date(2026, 11, 20)), read_card_file):
            with pytest.raises(FactsError, match=said):
                read(path)


def test_a_file_is_told_by_what_is_in_it() -> None:
    """The ending of its name does not count."""
    assert tell_kind(GOOGLE, "x") is FileKind.CALENDAR
    assert tell_kind(b"begin:vcard\r\n", "x") is FileKind.CARD
    assert tell_kind(b"Received: by x\r\nSubject: y\r\n\r\n", "x") is FileKind.MAIL


_LINES = st.sampled_from(
    [
        *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:VALARM", "UID:x", START, ADA),
        *("DTSTART;TZID=:1", "DTEND:20261118T", "ORGANIZER:", "ATTENDEE;CN=", "RRULE:FREQ=SECONDLY", " folded", "::::"),
        *("DTSTART;VALUE=DATE:20261118", "DURATION:PT45M", "SEQUENCE:-1", "DESCRIPTION:<b>x", "TZID:x", "\x00"),
        "DURATION:x",
    ]
)


@given(st.lists(st.one_of(_LINES, st.text(max_size=30)), max_size=25))
@examples(2)
def test_whatever_a_file_holds_it_is_read_or_refused(lines: list[str]) -> None:
    """No file ends in anything but values that passed the gate, or a sentence."""
    content = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]).encode()
    try:
        found = _read(content)
    except FactsError as error:
        assert error.sentence  # noqa: PT017
        return
    assert all("@" not in person.name for one in found.events for person in one.attendees)
