"""The debrief: a minute's answers become a file that says exactly that, and explains the rest."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from changing import replace
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from followup_mail.errors import FactsFileError
from followup_mail.facts.application import Application, Channel, Format, Role
from followup_mail.facts.application_file import parse_application
from followup_mail.facts.clean import clean_line, clean_name, clean_passage
from followup_mail.facts.debrief import Answers, MetPerson, suggest_slug, write_facts
from followup_mail.facts.names import is_slug
from followup_mail.facts.questions import QUESTIONS, Question
from followup_mail.services.asking.ask_questions import OF_PERSON

TODAY = date(2026, 11, 18)
FULL = Answers(
    company="Northwind",
    role="Data Engineer",
    applied=date(2026, 11, 2),
    time_zone="Europe/Berlin",
    country="DE",
    cadence="next-day",
    start=datetime(2026, 11, 18, 14, 30),  # noqa: DTZ001
    duration=timedelta(minutes=45),
    format=Format.ONSITE,
    people=(
        MetPerson(
            name="Priya Raman", title="Head", role=Role.HIRING_MANAGER, email="priya@example.com", phone="+49 30 123456"
        ),
        MetPerson(name="Tom Berg", discussed=("tea", "milk"), convinced="the calm"),
    ),
    fit=("one", "two"),
    not_mentioned=("three",),
    decision_by=date(2026, 12, 4),
    not_before=date(2026, 11, 25),
    channel=Channel.EMAIL,
    interval=timedelta(weeks=2),
    calls=False,
    quote="We will see.",
    promised=("the case study", "a reference"),
)


def parse(text: str) -> Application:
    return parse_application(text, Path("x.toml"), "x")


def test_everything_told_is_in_the_file():
    """No answer is lost or changed on its way into the file."""
    known = parse(write_facts(FULL))
    assert (known.company, known.role, known.applied, known.country) == (
        "Northwind",
        "Data Engineer",
        FULL.applied,
        "DE",
    )
    assert (known.fit, known.not_mentioned, known.cadence) == (FULL.fit, FULL.not_mentioned, FULL.cadence)
    for key in ("decision_by", "not_before", "channel", "interval", "calls", "quote"):
        assert getattr(known.said, key) == getattr(FULL, key), key
    [met] = known.interviews
    assert (met.start.replace(tzinfo=None), met.duration, met.format) == (FULL.start, FULL.duration, FULL.format)
    for person, said in zip(met.people, FULL.people, strict=True):
        for field in fields(MetPerson):
            assert (getattr(person, field.name) or "") == (getattr(said, field.name) or ""), field.name
    assert [one.what for one in known.promised] == list(FULL.promised)


def test_an_end_instead_of_a_duration():
    """An end stands for a duration."""
    end = datetime(2026, 11, 18, 15, 0)  # noqa: DTZ001
    assert parse(write_facts(replace(FULL, duration=None, end=end))).interviews[0].end.hour == 15


def test_a_duration_is_never_made_up():
    """An interview of unknown length is reported, not assumed to take 45 minutes."""
    with pytest.raises(FactsFileError, match="has neither `duration` nor `end`"):
        parse(write_facts(replace(FULL, duration=None)))


def test_before_any_interview_people_are_contacts():
    """Who only applied gets a file without an interview, and with whom to write to."""
    known = parse(write_facts(Answers(company="A", role="R", people=(MetPerson(name="Rita"), MetPerson(name="Sam")))))
    assert known.interviews == ()
    assert [one.name for one in known.contacts] == ["Rita", "Sam"]


def test_every_example_works_when_its_mark_is_removed():
    """Each fact that was not told stands there as an example, right as it is."""
    text = write_facts(Answers(company="A", role="R"))
    examples = re.sub(r"(?m)^# (?=[\w]+ = |\[)", "", text)
    assert examples.count("\n# ") < text.count("\n# ")
    known = parse(
        examples.replace('email = "priya@example.com"', "", 1).replace('name = "Priya Raman"', 'name = "Rita"', 1)
    )
    assert known.interviews[0].people[0].name == "Priya Raman"
    assert known.advert
    assert known.promised[0].file


def test_lines_fit_a_screen():
    """The file of a normal debrief is readable in an editor 120 columns wide, with one empty line between parts."""
    text = write_facts(FULL)
    assert max(map(len, text.splitlines())) <= 120
    assert "\n\n\n" not in text
    assert text.endswith("\n")


HOSTILE = st.text(st.characters(), max_size=40)


@settings(max_examples=60)
@given(company=HOSTILE, quote=HOSTILE, name=HOSTILE, title=HOSTILE, fit=HOSTILE)
def test_any_answer_arrives_cleaned_or_is_refused(company, quote, name, title, fit):
    """Quotes, escapes, line breaks and brackets in an answer stay in their field; the gate alone refuses."""
    answers = Answers(company=company, role="R", quote=quote, fit=(fit,), people=(MetPerson(name=name, title=title),))
    try:
        known = parse(write_facts(answers))
    except FactsFileError as error:
        assert {problem.field.partition("[")[0] for problem in error.problems} <= {  # noqa: PT017
            "",
            "company",
            "said.quote",
            "fit",
            "contacts",
        }
        return
    assert known.company == clean_name(company)
    assert known.said.quote == clean_passage(quote)
    assert known.fit == tuple(filter(None, [clean_passage(fit)]))
    assert (known.contacts[0].name, known.contacts[0].title) == (clean_name(name), clean_line(title))


@pytest.mark.parametrize(
    ("company", "role", "taken", "slug"),
    [
        ("Northwind", "Data Engineer", [], "northwind"),
        ("Northwind", "Data Engineer", ["northwind"], "northwind-data-engineer"),
        ("Northwind", "Dev", ["northwind", "northwind-dev"], "northwind-2"),
        ("Con", "Dev", [], "con-dev"),
        ("!!!", "?", [], "application"),
        ("!!!", "?", ["application"], "application-2"),
        ("Société Générale", "x", [], "societe-generale"),
    ],
)
def test_suggested_slugs(company, role, taken, slug):
    """The company names the application, with its role or a number when that is taken."""
    assert suggest_slug(company, role, taken) == slug


@given(HOSTILE, HOSTILE, st.integers(0, 4))
def test_a_suggested_slug_is_one_and_free(company, role, already):
    """Whatever the company is called, the suggestion can be used, again and again."""
    taken: list[str] = []
    for _ in range(already + 1):
        slug = suggest_slug(company, role, taken)
        assert is_slug(slug)
        assert slug not in taken
        taken.append(slug)


def question(field: str) -> Question:
    return next(one for one in QUESTIONS if one.field == field)


def test_each_question_has_its_answer():
    """Every question fills a field that exists; what it does not fill is an alternative, or asked as a sentence."""
    of_answers, of_met = ({field.name for field in fields(kind)} for kind in (Answers, MetPerson))
    asked = {one.field for one in QUESTIONS}
    assert asked <= of_answers | {f"people.{name}" for name in of_met}
    assert of_answers - asked == {"people", "end", "cadence"}
    assert {f"people.{name}" for name in of_met} - asked == {f"people.{name}" for name in ("convinced", *OF_PERSON)}
    assert {one.needs for one in QUESTIONS} <= asked | {""}


def test_each_question_is_short():
    """A question with its hint fits on one line of 80 columns."""
    for one in QUESTIONS:
        assert one.ask.endswith("?"), one.field
        assert len(f"{one.ask} ({one.hint}) ") < 100, one.field


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("applied", "yesterday", date(2026, 11, 17)),
        ("applied", "2026-11-02", date(2026, 11, 2)),
        ("start", "today 14:30", datetime(2026, 11, 18, 14, 30)),  # noqa: DTZ001
        ("start", "9:05", datetime(2026, 11, 18, 9, 5)),  # noqa: DTZ001
        ("start", "2026-11-17 9:05", datetime(2026, 11, 17, 9, 5)),  # noqa: DTZ001
        ("duration", "1 h 30 min", timedelta(minutes=90)),
        ("format", "v", Format.VIDEO),
        ("people.role", "hiring", Role.HIRING_MANAGER),
        ("people.role", "Recruiter", Role.RECRUITER),
        ("channel", "email", Channel.EMAIL),
        ("calls", "N", False),
        ("calls", "yes", True),
        ("country", "de", "DE"),
        ("country", "United States", "US"),
        ("start", "2pm", datetime(2026, 11, 18, 14, 0)),  # noqa: DTZ001
        ("start", "monday 10", datetime(2026, 11, 16, 10, 0)),  # noqa: DTZ001
        ("applied", "18/11", TODAY),
        ("applied", "5th of November", date(2026, 11, 5)),
        ("decision_by", "end of next week", date(2026, 11, 27)),
        ("format", "zoom", Format.VIDEO),
        ("format", "in person", Format.ONSITE),
        ("format", "on  Site", Format.ONSITE),
        ("people.role", "manager", Role.HIRING_MANAGER),
        ("time_zone", "Berlin", "Europe/Berlin"),
        ("time_zone", "Boulder, Colorado", "America/Denver"),
        ("duration", "45", timedelta(minutes=45)),
        ("interval", "every two weeks", timedelta(weeks=2)),
    ],
)
def test_answers_as_people_type_them(field, typed, value):
    """Short answers are understood: a day by its name, a time of today, the beginning of a word."""
    assert question(field).read(typed, TODAY) == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("start", "someday 10:00"),
        ("start", "today 25:00"),
        ("start", "today"),
        ("format", ""),
        ("calls", "maybe"),
        ("channel", "p"),
        ("people.email", "x"),
        ("applied", "5/6"),
        ("start", "monday 8"),
        ("time_zone", "Portland"),
        ("time_zone", "United States"),
        ("duration", "2"),
        ("interval", "2"),
    ],
)
def test_answers_that_are_asked_again(field, typed):
    """An unclear answer is refused with a sentence; "p" may be phone or post."""
    with pytest.raises(ValueError, match=r"\w"):
        question(field).read(typed, TODAY)


@settings(max_examples=40)
@given(typed=HOSTILE)
def test_no_answer_breaks_a_question(typed):
    """Every reader returns a value or a sentence."""
    for one in QUESTIONS:
        try:
            one.read(typed, TODAY)
        except ValueError as error:
            assert str(error)  # noqa: PT017
