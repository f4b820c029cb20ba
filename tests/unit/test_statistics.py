"""What is counted over all applications, and how it is drawn."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from seen_samples import make_understood

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import History, StepId, Touch
from followup_mail.facts.application import Application
from followup_mail.facts.channels import Channel
from followup_mail.facts.terms import Status
from followup_mail.outbox.seen_mail import MailPlace, SeenMail
from followup_mail.services.overview.courses import Answer, Contact, Course, make_course
from followup_mail.services.overview.statistics import SPANS, Waited, count
from followup_mail.services.overview.statistics_csv import COLUMNS, write_csv
from followup_mail.web.drawing.bars import draw_bars
from followup_mail.web.drawing.calendar_map import draw_calendar

CHICAGO = ZoneInfo("America/Chicago")
TODAY = date(2026, 11, 18)


def at(day: int, hour: int = 12, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=CHICAGO)


def contact(day: int, kind: Kind = Kind.THANK_YOU, hour: int = 12) -> Contact:
    return Contact(kind, Channel.EMAIL, at(day, hour))


def course(slug: str = "lumen", status: Status = Status.WAITING, **given: object) -> Course:
    return Course(slug, slug.title(), "Engineer", status, False, **given)  # type: ignore[arg-type]


def test_nothing_gives_nothing() -> None:
    """Without applications every number is zero, and the calendar still has its weeks."""
    found = count([], TODAY)
    assert (found.applications, found.contacts, found.answers, found.kinds, found.waited) == (0, 0, 0, (), ())
    assert len(found.weeks) == 26
    assert found.weeks[-1][-1][0] == TODAY
    assert all(week[0][0].weekday() == 0 for week in found.weeks)


def test_an_answer_counts_for_the_last_contact_before_it() -> None:
    """Of two kinds in one application, the later one before the answer has it; each says in how many it was used."""
    contacts = (contact(2), contact(2), contact(9, Kind.STATUS_INQUIRY))
    found = count(
        [
            course(contacts=contacts, answers=(Answer(date(2026, 11, 11)),)),
            course("other", contacts=contacts[:2], answers=(Answer(date(2026, 11, 3)),)),
            course("third", contacts=contacts[:1]),
        ],
        TODAY,
    )
    assert [(one.kind, one.contacts, one.applications, one.answered) for one in found.kinds] == [
        (Kind.THANK_YOU, 5, 3, 1),
        (Kind.STATUS_INQUIRY, 1, 1, 1),
    ]
    assert found.after_contact == (0, 2, 0, 0, 0, 0)
    assert found.contacts == 6


def test_thanks_for_a_rejection_bring_no_answer() -> None:
    """What answers them on the day of their mail is not what they answered."""
    thanks = contact(11, Kind.REJECTION_THANKS)
    found = count([course(contacts=(contact(2), thanks), answers=(Answer(date(2026, 11, 11)),))], TODAY)
    assert found.after_contact == (0, 0, 0, 1, 0, 0)
    assert [one.answered for one in found.kinds] == [1, 0]


def test_an_answer_without_a_day_is_told_and_not_guessed() -> None:
    """It counts as an answer, and in nothing that is about time."""
    found = count(
        [course(status=Status.REJECTED, met=(at(1),), contacts=(contact(2),), answers=(Answer(None),))], TODAY
    )
    assert (found.answers, found.undated, found.unprompted) == (1, 1, 0)
    assert sum(found.after_contact) == sum(found.after_interview) == 0
    assert found.waited == ()


def test_an_answer_before_any_contact_is_told_apart() -> None:
    """Nothing that the user did came before it."""
    found = count([course(met=(at(1),), contacts=(contact(9),), answers=(Answer(date(2026, 11, 5)),))], TODAY)
    assert (found.unprompted, sum(found.after_contact), sum(found.after_interview)) == (1, 0, 1)


def test_a_mail_that_was_seen_is_compared_by_the_clock() -> None:
    """A contact an hour after their mail is not what it answers, though the day is the same."""
    answer = Answer(date(2026, 11, 9), at(9, 10))
    later = course(contacts=(contact(9, hour=11),), answers=(answer,))
    assert later.contact_before(answer) is None
    assert course(contacts=(contact(9, hour=9),)).contact_before(answer) is not None
    assert course(contacts=(contact(9, hour=11),)).contact_before(Answer(date(2026, 11, 9))) is not None


def test_companies_tell_how_long_they_took_or_take() -> None:
    """The first answer after an interview ends the waiting; without one it goes on until today, unless it is over."""
    found = count(
        [
            course("slow", met=(at(2),), answers=(Answer(date(2026, 11, 12)), Answer(date(2026, 11, 16)))),
            course("silent", met=(at(3), at(10))),
            course("over", Status.WITHDRAWN, met=(at(3),)),
            course("before"),
        ],
        TODAY,
    )
    assert found.waited == (
        Waited("silent", "Silent", "Engineer", date(2026, 11, 10), None, 8),
        Waited("slow", "Slow", "Engineer", date(2026, 11, 2), date(2026, 11, 12), 10),
    )


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(1, 30)), max_size=30))
def test_every_dated_answer_is_counted_once(days: list[tuple[int, int]]) -> None:
    """Each is after some contact, or before all; none is lost between the spans."""
    courses = [
        course(f"co-{n}", contacts=(contact(a),), answers=(Answer(date(2026, 11, b)),)) for n, (a, b) in enumerate(days)
    ]
    found = count(courses, TODAY)
    assert found.unprompted + sum(found.after_contact) == found.answers == len(days)
    assert sum(one.answered for one in found.kinds) == sum(found.after_contact)
    assert len(found.after_contact) == len(SPANS)


def _application(**outcome: object) -> Application:
    interview = {"start": "2026-11-02 14:00", "duration": "45 min", "people": [{"name": "Tom Berg"}]}
    given = {"slug": "lumen", "company": "Lumen", "role": "Engineer", "time_zone": "Europe/London"}
    return Application.read({**given, "interviews": [interview], "outcome": outcome})


def _seen(**changes: object) -> SeenMail:
    return SeenMail(1, MailPlace("jordan@home.example", "INBOX", 7, 1), make_understood(**changes), at(10))


def test_one_answer_in_facts_and_mailbox_counts_once() -> None:
    """The outcome that was recorded from a mail, or on its day, is that mail; another one is another."""
    seen = _seen(sent_at=at(9, 10), message_id="<a@b.example>")
    same_mail = _application(status="rejected", on=date(2026, 11, 12), message_id="<a@b.example>")
    same_day = _application(status="replied", on=date(2026, 11, 9))
    other = _application(status="rejected", on=date(2026, 11, 12))
    for application, number in ((same_mail, 1), (same_day, 1), (other, 2), (_application(), 1)):
        assert len(make_course(application, History(), [seen], at(18)).answers) == number
    assert make_course(_application(status="withdrawn", on=date(2026, 11, 9)), History(), [], at(18)).answers == ()


def test_days_are_those_of_the_users_own_zone() -> None:
    """A mail after midnight in London was sent on the evening before in Chicago; an interview ahead is not counted."""
    touch = Touch(StepId("lumen", Kind.THANK_YOU, 1, "tom-berg"), Channel.EMAIL, datetime(2026, 11, 4, 1, tzinfo=UTC))
    missed = Touch(StepId("lumen", Kind.STATUS_INQUIRY, 1, "tom-berg"), Channel.PHONE, at(5), reached=False)
    made = make_course(_application(), History((touch, missed)), [], at(18))
    assert [one.at.date() for one in made.contacts] == [date(2026, 11, 3)]
    assert made.unreached == 1
    assert make_course(_application(), History(), [], at(2, 3)).met == ()


def test_the_file_has_a_row_for_each_application_and_no_formula() -> None:
    """What a spreadsheet would run is a text there; what is not known is empty."""
    given = course("=cmd", met=(at(2),), contacts=(contact(3),), answers=(Answer(date(2026, 11, 9)),))
    rows = list(csv.DictReader(io.StringIO(write_csv([given, course("quiet")]))))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["application"] == "'=cmd"
    assert (rows[0]["contact_before_it"], rows[0]["days_since_contact"], rows[0]["days_since_interview"]) == (
        "thank_you",
        "6",
        "7",
    )
    assert (rows[1]["first_answer"], rows[1]["days_since_contact"], rows[1]["last_interview"]) == ("", "", "")


def test_pictures_are_sound_and_escape_what_they_show() -> None:
    """They are well-formed, named for a screen reader, and a company's name stays a text."""
    bars = ElementTree.fromstring(
        draw_bars("Days & <b>", [('<script>"', 3, "3", ""), ("none", 0, "0", "open")], [6, 0])
    )
    assert (bars.get("role"), bars.get("aria-label")) == ("img", "Days & <b>")
    assert [one.text for one in bars.iter("text")] == ['<script>"', "3", "none", "0"]
    assert [one.get("width") for one in bars.iter("rect")] == ["100%", "50%", "0%", "0%"]
    map_ = ElementTree.fromstring(draw_calendar("Contacts", [[(0, "Mon: 0"), (4, "Tue: 4")]], ["Mon"], ["Nov"]))
    assert [one.text for one in map_.iter("title")] == ["Mon: 0", "Tue: 4"]
    assert [one.get("class") for one in map_.iter("rect")] == ["level-0", "level-3"]
    assert "Infinity" not in draw_bars("", [])


def test_contacts_of_the_last_weeks_are_in_the_calendar() -> None:
    """Each day has its number; what is older than the weeks shown is counted, but not there."""
    old = Contact(Kind.THANK_YOU, Channel.EMAIL, at(18) - timedelta(weeks=30))
    found = count([course(contacts=(old, contact(17), contact(17)))], TODAY)
    assert {day: number for week in found.weeks for day, number in week if number} == {date(2026, 11, 17): 2}
    assert found.contacts == 3
