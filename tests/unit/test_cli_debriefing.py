"""The debrief by options and from a file: what is told is understood, or refused in a sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.cli.views.debrief_form import collect, read_file
from followup_mail.cli.views.show_understood import show_understood
from followup_mail.errors import ExitCode, FactsError, OptionsError, WhenError
from followup_mail.facts.debrief import Answers
from followup_mail.facts.terms import Role
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

_HOUSE = Workspace(
    Loaded(Settings(time_zone="America/Chicago"), Path("nowhere"), {}),
    lambda: datetime(2026, 11, 18, 21, 30, tzinfo=UTC),
)


def _added(**given: object) -> Answers:
    """Give these options, with what every application needs."""
    return collect(_HOUSE, {"company": "Lumen Freight", "role": "Data Engineer", **given})


def test_a_name_told_in_full_is_meant_even_when_another_begins_like_it() -> None:
    """``ann: ...`` is said of Ann, though there is an Anna."""
    answers = _added(person=["Ann", "Anna"], discussed=["ann: the rota", "anna: the outage"])
    assert [one.discussed for one in answers.people] == [("the rota",), ("the outage",)]


@pytest.mark.parametrize(("said", "told"), [("pirya: the outage", "none of those"), ("an: the rota", "Ann, Anna")])
def test_a_slip_in_a_name_is_not_a_topic(said: str, told: str) -> None:
    """A name before the colon that is nobody's, or several people's, is refused: it would stand in a mail to all."""
    with pytest.raises(FactsError, match=f"--discussed: .*{told}"):
        _added(person=["Ann", "Anna"], discussed=[said])


def test_a_facts_file_without_end_is_refused(tmp_path: Path) -> None:
    """A file that is far too large, not text, or not there is refused in a sentence, and read only so far."""
    (tmp_path / "large").write_bytes(b"# " * 1_000_000)
    (tmp_path / "latin").write_bytes("company = 'M\u00fcller'".encode("latin-1"))
    for name, told in (("large", "too large"), ("latin", "not UTF-8"), ("none", "No such file or directory\\.$")):
        with pytest.raises(FactsError, match=told):
            read_file(tmp_path / name)


def test_the_method_is_taken_from_its_option() -> None:
    """``--cadence`` is written down; one that does not exist is refused with those that do."""
    assert _added(cadence="timeline").cadence == "timeline"
    with pytest.raises(FactsError, match=r"--cadence: .*nonsense.*rule-of-three"):
        _added(cadence="nonsense")


def test_a_person_is_given_as_the_mail_program_shows_one(capsys: pytest.CaptureFixture[str]) -> None:
    """The address becomes the address, whatever stands around it; a name taken from it is told."""
    answers = _added(
        person=["Priya Raman priya@x.example; Head of Data", "<tom.okafor@x.example>"], discussed=["tom: tea"]
    )
    assert [(one.name, one.email) for one in answers.people] == [
        ("Priya Raman", "priya@x.example"),
        ("Tom Okafor", "tom.okafor@x.example"),
    ]
    assert answers.people[0].title == "Head of Data"
    assert "Took the name Tom Okafor from tom.okafor@x.example" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("person", "title", "role"),
    [
        ("Priya Raman; priya@x.example", "", "interviewer"),
        ("Priya Raman, priya@x.example", "", "interviewer"),
        ("Priya Raman; <priya@x.example>", "", "interviewer"),
        ("Priya Raman; mailto:priya@x.example; ", "", "interviewer"),
        ("Priya Raman; Head of Data; priya@x.example", "Head of Data", "interviewer"),
        ("Priya Raman; priya@x.example; Head of Data", "Head of Data", "interviewer"),
        ("Priya Raman; priya@x.example; recruiter", "", "recruiter"),
        ("Priya Raman; Head of Data; recruiter; priya@x.example", "Head of Data", "recruiter"),
        ("Priya Raman <priya@x.example>; priya@x.example; Head of Data", "Head of Data", "interviewer"),
    ],
)
def test_an_address_among_the_parts_is_the_address(person: str, title: str, role: str) -> None:
    """Wherever the address stands, it is the address and no title."""
    [met] = _added(person=[person]).people
    assert (met.name, met.email, met.title, met.role) == ("Priya Raman", "priya@x.example", title, role)


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("Priya Raman <priya@x.example>; p.raman@x.example", "2 addresses"),
        ("Priya Raman; a@x.example; b@x.example", "2 addresses"),
        ("Priya Raman; Head of Data a@x.example", "contains an address"),
        ("Priya Raman; priya@", "not an e-mail address"),
    ],
)
def test_an_address_in_the_wrong_place_is_refused(person: str, said: str) -> None:
    """A second address, half an address, and one inside a title are refused."""
    with pytest.raises(FactsError, match=f"--person: .*{said}"):
        _added(person=[person])


@pytest.mark.parametrize("person", ["<priya@x.example>", "priya@x.example; Head of Data", "; Head of Data"])
def test_a_person_without_a_name_is_refused(person: str) -> None:
    """Nobody is greeted by an address: the command line is wrong, and one sentence says how to write it."""
    with pytest.raises(FactsError, match=r"--person: .*(no name|empty)") as caught:
        _added(person=[person])
    assert caught.value.exit_code is ExitCode.USAGE
    assert "\n" not in caught.value.sentence


@pytest.mark.parametrize(
    ("person", "title", "phone"),
    [
        ("Priya Raman, Head of Data", "Head of Data", ""),
        ("Priya Raman, Head of Data; recruiter", "Head of Data", ""),
        ("Priya Raman; +1 312 555 0142", "", "+1 312 555 0142"),
        ("Priya Raman; +1 312 555 0142; Head of Data", "Head of Data", "+1 312 555 0142"),
        ("Priya Raman; Head of Data; recruiter; +1 312 555 0142", "Head of Data", "+1 312 555 0142"),
    ],
)
def test_title_and_telephone_are_told_apart(person: str, title: str, phone: str) -> None:
    """A title behind a comma is no part of the name, and a telephone number is never a title."""
    [met] = _added(person=[person]).people
    assert (met.name, met.title, met.phone) == ("Priya Raman", title, phone)


@pytest.mark.parametrize(
    ("person", "name", "title", "phone"),
    [
        ("Mrs Helen Doyle, the deputy head, d@x.example", "Mrs Helen Doyle", "deputy head", ""),
        ("Lucy Brennan from HR", "Lucy Brennan", "HR", ""),
        ("Lucy Brennan from HR; Head of People", "Lucy Brennan", "Head of People", ""),
        ("and Tariq (recruiter, Medacs) t@x.example 07700 900123", "Tariq", "recruiter, Medacs", "07700 900123"),
        ("Sister Jo Hall, band 7", "Sister Jo Hall", "", ""),
        ("Sister Jo Hall; Ward Manager", "Sister Jo Hall", "Ward Manager", ""),
    ],
)
def test_what_is_said_of_a_person_is_no_part_of_the_name(person: str, name: str, title: str, phone: str) -> None:
    """The option understands what the question understands; a form of address before a name is no title."""
    [met] = _added(person=[person]).people
    assert (met.name, met.title, met.phone) == (name, title, phone)


def test_one_option_for_each_person() -> None:
    """Two people in one option are refused, and it is said how to write them."""
    with pytest.raises(FactsError, match=r"names 2 people .*give --person for each of them"):
        _added(person=["Mrs Doyle the deputy head and Tariq Aziz from Medacs"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"role": "https://indeed.example/job/123"}, "--role: .*looks like a link"),
        ({"company": "tuesday 9am"}, "--company: .*looks like a time"),
        ({"promised": ["end of next week"]}, "--promised: .*looks like a day; write what you promised to send"),
        ({"person": ["+1 312 555 0142"]}, "--person: .*looks like a telephone number"),
        ({"person": ["Head of Data; Priya Raman"]}, "--person: .*looks like a job title"),
        ({"person": ["Priya Raman; 5 Nov 2026"]}, "--person: .*looks like a day"),
        ({"company": "priya@x.example"}, "--company: .*looks like an address"),
        ({"role": "+1 312 555 0142"}, "--role: .*looks like a telephone number"),
    ],
)
def test_a_value_in_the_wrong_option_is_refused(given: dict[str, object], said: str) -> None:
    """A number as a name, a title before the name, a day as a title: one sentence says what it looks like."""
    with pytest.raises(FactsError, match=said):
        collect(_HOUSE, {"company": "Lumen Freight", "role": "Data Engineer", **given})


@pytest.mark.parametrize(
    ("given", "readings"),
    [
        ({"applied": "5/6"}, ["2026-05-06", "2026-06-05"]),
        ({"zone": "Portland"}, ["Portland, Oregon", "Portland, Maine"]),
        ({"start": "monday 8", "duration": "45"}, ["2026-11-16 08:00", "2026-11-16 20:00"]),
    ],
)
def test_an_option_with_two_readings_carries_both(given: dict[str, object], readings: list[str]) -> None:
    """Whoever can ask has what to ask; whoever cannot has a sentence that says how to write each."""
    with pytest.raises(WhenError) as asked:
        _added(**given)
    assert [written for _, written in asked.value.readings] == readings
    assert all(f'"{written}"' in asked.value.sentence for written in readings)


def test_a_place_tells_the_country_too() -> None:
    """Who names a place is not asked for its country, also where the place is the name of a zone."""
    boulder = _added(zone="Boulder, Colorado")
    assert (boulder.time_zone, boulder.country) == ("America/Denver", "US")
    assert _added(zone="Germany").country == "DE"
    assert _added(zone="Germany", country="Austria").country == "AT"
    assert _added(zone="Europe/Berlin").country == "DE"
    assert _added(zone="Etc/UTC").country == ""


def test_what_was_understood_is_shown_back(capsys: pytest.CaptureFixture[str]) -> None:
    """Moment, place and days are said in full, so that a slip is seen."""
    show_understood(_added(zone="Denver", start="yesterday 2pm", duration="an hour", decision_by="friday"))
    said = capsys.readouterr().err
    assert "Tue 17 Nov 2026, 14:00 in Denver for 1 h, video, holidays of the United States." in said
    assert "they decide by Fri 20 Nov 2026." in said


@pytest.mark.parametrize(
    ("person", "title", "role"),
    [
        ("Dana Mbeki, Director of Nursing, dmbeki@x.example", "Director of Nursing", Role.INTERVIEWER),
        ("Dana Mbeki, MSN, RN; Director of Nursing; hiring manager", "Director of Nursing", Role.HIRING_MANAGER),
        ("Dana Mbeki, Nurse Manager, 4 West; recruiter", "Nurse Manager, 4 West", Role.RECRUITER),
        ("Dana Mbeki; recruiter", "", Role.RECRUITER),
    ],
)
def test_a_person_is_read_as_anywhere_else(person: str, title: str, role: Role) -> None:
    """The option reads what the dialogue reads: a title before the address is kept, and a part played is one."""
    [met] = _added(person=[person]).people
    assert (met.name, met.title, met.role) == ("Dana Mbeki", title, role)


@pytest.mark.parametrize(
    "person", ["in person", "Dana Mbeki; zoom", "Dana Mbeki; tomorrow 2pm", "zoom", "Tom Ott; onsite"]
)
def test_how_and_when_they_met_is_no_person(person: str) -> None:
    """Who writes how or when they met in the place of a name or a title is told so."""
    with pytest.raises(OptionsError, match=r"says how you met|looks like a (?:day|time)"):
        _added(person=[person])
