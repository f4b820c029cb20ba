"""A mail that invites says who wrote, who is in copy, and which moments it names: never more than a proposal."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from invitation_samples import CONFIRMATION, FORWARDED, OUTLOOK, OWN, change, mail_with_calendar

from followup_mail.errors import FactsError
from followup_mail.incoming.found import Found, FoundEvent
from followup_mail.incoming.given_file import FileKind, tell_kind
from followup_mail.incoming.invitation_mail import read_invitation_mail
from followup_mail.incoming.named_moments import find_moments
from followup_mail.incoming.signature import read_signature
from followup_mail.services.importing.import_case import read_beginning

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


@pytest.mark.parametrize("label", ["Kopie (CC)", "CC", "Copie à", "Copia per tutti"])
def test_no_label_of_a_heading_is_part_of_an_address(label: str) -> None:
    """Thunderbird writes "Kopie (CC):" above a forward; a label that is not known makes nobody a contact either."""
    people = _read(change(FORWARDED, ("Cc:", f"{label}:"))).people
    assert {(one.name, one.email.partition("@")[0]) for one in people} - {("Priya Raman", "priya.raman")} == {
        ("Robin Vega", "robin.vega")
    }


def test_an_attached_mail_counts_as_the_mail() -> None:
    """Forwarded as an attachment, too."""
    head = b"From: jordan.example@gmail.com\r\nSubject: Fwd: x\r\nContent-Type: message/rfc822\r\n\r\n"
    assert _read(head + CONFIRMATION) == _read(CONFIRMATION)


_COPIES = {
    "gmail": """---------- Forwarded message ---------
From: Robin Vega <robin.vega@lumenfreight.example>
Date: Thu, Nov 12, 2026 at 4:31 PM
Subject: Your interview
To: <jordan.example@gmail.com>
Cc: Priya Raman <priya.raman@lumenfreight.example>
""",
    "outlook": """Von: Robin Vega <robin.vega@lumenfreight.example>
Gesendet: Donnerstag, 12. November 2026 16:31
An: Jordan Example <jordan.example@gmail.com>
Cc: Priya Raman <priya.raman@lumenfreight.example>
Betreff: Ihr Termin
""",
    "apple": """Begin forwarded message:

From: Robin Vega <robin.vega@lumenfreight.example>
Subject: Your interview
Date: November 12, 2026 at 4:31:02 PM EST
To: Jordan Example <jordan.example@gmail.com>
Cc: Priya Raman <priya.raman@lumenfreight.example>
""",
}


@pytest.mark.parametrize("maker", _COPIES)
def test_a_mail_that_was_copied_is_read_as_well(maker: str) -> None:
    """Who wrote, who is in copy, what it names; the moment at which it was sent is none of an interview."""
    text = (
        f"{_COPIES[maker]}\nDear Jordan,\n\nwe meet on 18 November at 2:30 pm.\n\nRobin Vega\nTalent Partner\n".encode()
    )
    assert tell_kind(text, "x") is FileKind.MAIL
    found = _read(text)
    assert [(one.name, one.title) for one in found.people] == [("Robin Vega", "Talent Partner"), ("Priya Raman", "")]
    assert found.moments == (AFTERNOON,)


@pytest.mark.parametrize(
    "text", ["Panel:\nPriya Raman <priya@x.example>\nTom Okafor <tom@x.example>\n", "Priya: tell me about the role\n"]
)
def test_names_and_notes_are_no_mail(text: str) -> None:
    """They are taken for the people or as notes, as before."""
    with pytest.raises(FactsError):
        tell_kind(text.encode(), "x")


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
        "Wednesday 11/18 at 2:30pm ET",
        "11/18/26 2:30 PM",
        "am 18.11. um 14:30 Uhr",
        "Termin: Mi, 18. Nov. 2026, 14:30\u201315:30",
        "le mercredi 18 nov. à 14h30",
        "el miércoles 18 de noviembre de 2026 a las 14:30 horas",
        "18 November 2026, 1430 hrs",
        "2026-11-18T14:30:00",
        "We thought of 2:30pm on Wednesday, 18 November; please tell us by 9.",
        "next Wednesday at 2:30 pm",
    ],
)
def test_moments_are_found_as_people_write_them(text: str) -> None:
    """A day without a year is the next one."""
    assert find_moments(text, TODAY)[:2] == ((AFTERNOON,), ())


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


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("giovedì 19 novembre alle ore 16", 16),
        ("Thursday, November 19th at noon", 12),
        ("el 19 de noviembre a las 16", 16),
        ("donderdag 19 november om 16 uur", 16),
        ("torsdag 19. november kl. 16", 16),
    ],
)
def test_an_hour_is_known_by_its_words_in_other_languages(said: str, hour: int) -> None:
    """Where the word stands before it, a bare number is an hour."""
    assert find_moments(said, TODAY).moments == (datetime(2026, 11, 19, hour),)  # noqa: DTZ001


def test_numbers_are_no_day_without_an_hour() -> None:
    """ "24/7", a fraction, the version of a program."""
    assert find_moments("open 24/7 since 1.2. and 1/2 of 3.11.2", TODAY)[:2] == ((), ())


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("2:30 PM EST", "America/New_York"),
        ("2:30 PM ET", "America/New_York"),
        ("14:30 \u2013 15:00 (Oslo time)", "Europe/Oslo"),
        ("2:30 PM - 3:15 PM (GMT-06:00) Central Time", "America/Chicago"),
        ("14:30 Uhr MEZ", "Europe/Berlin"),
        ("2:30 pm UK time", "Europe/London"),
        ("14:30 (Swedish time)", "Europe/Stockholm"),
        ("2:30 pm US time", ""),
        ("2:30 pm CST", ""),
        ("14:30 UTC+1", ""),
    ],
)
def test_whose_clocks_a_mail_means_is_read_or_said(words: str, zone: str) -> None:
    """Behind an hour; a name that several places share, or an offset without a place, is not taken but said."""
    found = _read(change(CONFIRMATION, ("at 2:30 pm", f"at {words}")))
    assert (found.moments, found.zone) == ((AFTERNOON,), zone)
    assert bool(found.clocks) == (not zone)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (
            "You will meet Priya Raman,\r\nHead of Data, and Dr Ada Moss (Research Lead).",
            ["Dr Ada Moss; Research Lead"],
        ),
        ("You'll be speaking with Amy Wu and Jo Hill.", ["Amy Wu", "Jo Hill"]),
        ("You will be interviewed by Tom Price, our Head Chef, and Li Na.", ["Tom Price; Head Chef", "Li Na"]),
        ("You will meet the team.", []),
        ("You will meet Ana and our chef Luis.", ["Ana", "Luis; Chef"]),
        ("You will be speaking with our head of data, Luis Ortiz, and Priya.", ["Luis Ortiz; Head of data"]),
        ("You will meet Engineering on Monday. We will be meeting on Zoom.", []),
    ],
)
def test_whom_a_mail_says_you_will_meet_is_named(words: str, named: list[str]) -> None:
    """Also in another line than the hour; of somebody in copy, the title is taken."""
    mail = change(
        CONFIRMATION,
        ("at 2:30 pm.", f"at 2:30 pm.\r\n\r\n{words}"),
        ("Cc: priya", "Cc: Priya Raman <priya"),
        ("example, Board", "example>, Board"),
    )
    found = _read(mail)
    assert ["; ".join(filter(None, (one.name, one.title))) for one in found.named] == named
    assert [one.title for one in found.people if one.name == "Priya Raman"] == [
        "Head of Data" if "Data" in words else ""
    ]


@pytest.mark.parametrize("said", ["10 nov 13:00", "14 nov 13:00"])
def test_a_beginning_that_is_typed_is_the_nearest(said: str) -> None:
    """A file may be given after the interview: two days ago is likelier than next year."""
    moment = read_beginning(said, FoundEvent(uid=""), date(2026, 11, 12))
    assert f"{moment:%Y-%m}" == "2026-11"


def test_each_day_has_the_hour_that_is_said_of_it() -> None:
    """ "9am on 8 December and 4pm on 10 December": neither hour belongs to the other day."""
    moments = find_moments("between 9am on 8 December and 4pm on 10 December", TODAY).moments
    assert [f"{moment:%d %H}" for moment in moments] == ["08 09", "10 16"]


def test_tomorrow_is_counted_from_the_day_of_the_mail() -> None:
    """So is the next weekday; what may be either of two is proposed as both."""
    assert find_moments("See you tomorrow at 9:30.", TODAY).moments == (datetime(2026, 11, 13, 9, 30),)  # noqa: DTZ001
    both = find_moments("Can we say next Thursday at 4pm?", date(2026, 11, 9)).moments
    assert both
    assert {(moment.day, moment.hour) for moment in both} <= {(12, 16), (19, 16)}


def test_a_moment_that_is_not_understood_is_said() -> None:
    """Nothing is passed over in silence."""
    [note] = _read(change(CONFIRMATION, ("Wednesday, 18 November at 2:30 pm", "Wensday at 2:30 pm"))).notes
    assert "may name a moment" in note
    assert "Wensday at 2:30 pm" in note


def test_a_day_that_could_be_two_is_given_in_both_readings() -> None:
    """The user says which one is meant."""
    moments, *_ = find_moments("11/12/2026 at 9:00", date(2026, 11, 1))
    assert {moment.date() for moment in moments} == {date(2026, 11, 12), date(2026, 12, 11)}


def test_an_hour_is_never_made_up() -> None:
    """A day without an hour is a day; a number alone is no hour; a telephone number is none either."""
    assert find_moments("on November 18, room 14, call 312 555 0142", TODAY)[:2] == ((), (date(2026, 11, 18),))
    assert find_moments("on November 18 for 9 to 10 people", TODAY)[:2] == ((), (date(2026, 11, 18),))


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


@pytest.mark.parametrize(
    ("words", "zone", "place_zone"),
    [
        ("el 2 de diciembre de 2026 a las 10:30 (hora de Madrid) por Teams", "Europe/Madrid", ""),
        ("le 2 d\u00e9cembre 2026 \u00e0 10h30 (heure de Paris)", "Europe/Paris", ""),
        ("Tuesday, December 1 at 9:15 a.m. Central.", "America/Chicago", ""),
        ("Tuesday, December 1 at 9:15 a.m. Eastern", "America/New_York", ""),
        ("Tuesday, December 1 at 9:15 at Central Station", "", ""),
        ("am 3. Dezember 2026, um 14:30 Uhr in unserem Hause in K\u00f6ln ein.", "", "Europe/Berlin"),
        ("le mardi 1er d\u00e9cembre 2026 \u00e0 14h30 dans nos locaux \u00e0 Lyon.", "", "Europe/Paris"),
        ("am Freitag, 04.12.2026, 10:00 Uhr (Walldorf) f\u00fcr die Stelle", "", "Europe/Berlin"),
        ("on December 3 at 2pm in Teams", "", ""),
        ("on December 3 at 2pm in London or in Berlin", "", ""),
    ],
)
def test_clocks_and_places_that_a_mail_names(words: str, zone: str, place_zone: str) -> None:
    """Clocks stand right behind the hour; a place in the line of a moment is proposed before the user's own zone."""
    found = _read(_mail(words))
    assert (found.zone, found.place_zone) == (zone, place_zone)


def test_a_zone_at_the_end_of_a_cell_is_read() -> None:
    """Two cells of a table are two words."""
    table = (
        "<table><tr><td>Thursday, December 3, 2026</td></tr>"
        "<tr><td>11:00 AM - 11:45 AM PST</td><td>Amy Wu, Head of Talent</td></tr></table>"
    )
    found = _read(_mail(table, "text/html"))
    assert found.zone == "America/Los_Angeles"


@pytest.mark.parametrize(
    "words",
    [
        "We need to move your interview from Tuesday, December 1 at 10:00 AM to Thursday, December 3 at 2:30 PM CT.",
        "Wir m\u00fcssen das Gespr\u00e4ch vom 1. Dezember, 10:00 Uhr auf den 3. Dezember, 14:30 Uhr verschieben.",
        "Your interview was rescheduled from December 1, 10:00 to December 3, 14:30.",
    ],
)
def test_a_mail_that_moves_an_interview_names_the_new_moment(words: str) -> None:
    """The old one no longer holds, so it is not offered."""
    assert _read(_mail(words)).moments == (datetime(2026, 12, 3, 14, 30),)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("on December 2, 2026 at 1:00 PM PST with David Park, Software Development Manager.", ["David Park"]),
        ("on December 2, 2026 at 1:00 PM PST with Jo Lee, Software Development Manager.", []),
        ("on December 2, 2026 at 1:00 PM PST in San Francisco, California.", []),
        ("on December 2, 2026 at 1:00 PM PST Amy Wu (Head of Talent)", ["Amy Wu"]),
    ],
)
def test_whom_a_mail_names_beside_the_moment_is_said(words: str, named: list[str]) -> None:
    """The one who wrote is known."""
    assert [one.name for one in _read(_mail(words)).named] == named


def _mail(words: str, kind: str = "text/plain") -> bytes:
    """Return a mail with these words."""
    return (
        "From: Jo Lee <jo@x.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: {kind}; charset=utf-8\r\n\r\n{words}\r\n"
    ).encode()
