"""A mail that invites says who wrote, who is in copy, and which moments it names: never more than a proposal."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from invitation_samples import CONFIRMATION, FORWARDED, OUTLOOK, OWN, change, mail_with_calendar

from followup_mail.errors import FactsError
from followup_mail.incoming.found import Found
from followup_mail.incoming.invitation_mail import read_invitation_mail
from followup_mail.incoming.named_moments import find_moments
from followup_mail.incoming.signature import read_signature

TODAY = date(2026, 11, 12)
AFTERNOON = datetime(2026, 11, 18, 14, 30)  # noqa: DTZ001  # wall time, as mails name it


def _read(content: bytes) -> Found:
    return read_invitation_mail(content, "mail.eml", frozenset({OWN}), TODAY)


def test_a_calendar_inside_a_mail_is_read() -> None:
    """In base64, as Exchange sends it; the signature tells more about the one who wrote."""
    found = _read(mail_with_calendar(OUTLOOK))
    [event] = found.events
    assert event.uid.startswith("04000000")
    assert [(one.name, one.title, one.phone) for one in found.people] == [
        ("Robin Vega", "Recruiting Coordinator", "+1 312 555 0142")
    ]
    assert found.moments == ()


def test_a_confirmation_says_who_and_when() -> None:
    """Who wrote and who is in copy, without the user and rooms; the moment of the text, not of what it quotes."""
    found = _read(CONFIRMATION)
    assert [one.label for one in found.people] == ["Robin Vega", "priya.raman@lumenfreight.example"]
    assert found.people[0].title == "Talent Partner"
    assert found.moments == (AFTERNOON,)


def test_a_mail_passed_on_to_oneself_counts_as_the_one_inside() -> None:
    """The sender is who wrote it first."""
    found = _read(FORWARDED)
    assert [one.name for one in found.people] == ["Robin Vega", "Priya Raman"]
    assert found.moments == (AFTERNOON,)


def test_an_attached_mail_counts_as_the_mail() -> None:
    """Forwarded as an attachment, too."""
    head = b"From: jordan.example@gmail.com\r\nSubject: Fwd: x\r\nContent-Type: message/rfc822\r\n\r\n"
    assert _read(head + CONFIRMATION) == _read(CONFIRMATION)


def test_a_report_is_no_invitation() -> None:
    """What no person wrote is refused with a sentence."""
    bounce = change(
        CONFIRMATION, ("From: Robin Vega <robin.vega@lumenfreight.example>", "From: MAILER-DAEMON@x.example")
    )
    with pytest.raises(FactsError, match="report"):
        _read(bounce)


@pytest.mark.parametrize(
    "text",
    [
        "on Wednesday, 18 November at 2:30 pm",
        "on Wednesday, November 18th, 2026 at 2:30 p.m. (CST)",
        "Nov 18 @ 14:30",
        "2026-11-18 14:30",
        "am 18.11.2026 um 14:30 Uhr",
        "am Mittwoch, den 18. November, um 14.30 Uhr",
        "at 2:30pm on November 18",
        "11/18/2026, 2:30 PM",
    ],
)
def test_moments_are_found_as_people_write_them(text: str) -> None:
    """A day without a year is the next one."""
    assert find_moments(text, TODAY) == ((AFTERNOON,), ())


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("from 2-3 pm", 14),
        ("from 2 to 3 pm", 14),
        ("from 2:00-3:00 pm", 14),
        ("from 2:00 pm to 3:00 pm", 14),
        ("between 10 and 11:30am", 10),
        ("11-1 pm", 11),
        ("10:00\u201312:00", 10),
        ("10 bis 11 Uhr", 10),
        ("at 3 pm", 15),
    ],
)
def test_of_a_span_of_hours_the_first_is_meant(said: str, hour: int) -> None:
    """What stands behind the end counts for the start, too, unless it would then lie behind the end."""
    assert find_moments(f"Wednesday, 18 November, {said}", TODAY)[0] == (AFTERNOON.replace(hour=hour, minute=0),)


def test_a_day_that_could_be_two_is_given_in_both_readings() -> None:
    """The user says which one is meant."""
    moments, _ = find_moments("11/12/2026 at 9:00", date(2026, 11, 1))
    assert {moment.date() for moment in moments} == {date(2026, 11, 12), date(2026, 12, 11)}


def test_an_hour_is_never_made_up() -> None:
    """A day without an hour is a day; a number alone is no hour; a telephone number is none either."""
    assert find_moments("on November 18, room 14, call 312 555 0142", TODAY) == ((), (date(2026, 11, 18),))
    assert find_moments("on November 18 for 9 to 10 people", TODAY) == ((), (date(2026, 11, 18),))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Best,\nRobin Vega\nHead of Talent, Lumen\nTel: +1 312 555 0142", ("Head of Talent", "+1 312 555 0142")),
        ("Best,\nRobin Vega\nwww.lumen.example", ("", "")),
        ("Best,\nRobin Vega\nDirector\nT +1 312 555 0142\nM +1 312 555 0143", ("Director", "+1 312 555 0142")),
        ("Best,\nRobin Vega\nDirector\n+1 312 555 0142\n+1 312 555 0143", ("Director", "")),
        ("Robin Vega will lead you.\nHead over at 9.", ("", "")),
        ("Best,\nRobin", ("", "")),
    ],
)
def test_a_signature_is_read_only_where_it_is_sure(text: str, read: tuple[str, str]) -> None:
    """A title stands below the whole name and has a word of one; of two numbers that say nothing none is taken."""
    assert read_signature(text, "Robin Vega") == read
