"""The debrief on the terminal: whatever ends it, what was told is kept."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.cli.views.debrief_form import ask_all, collect, read_file
from followup_mail.errors import ExitCode, FactsError
from followup_mail.facts.debrief import Answers
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

_HOUSE = Workspace(
    Loaded(Settings(time_zone="America/Chicago"), Path("nowhere"), {}),
    lambda: datetime(2026, 11, 18, 21, 30, tzinfo=UTC),
)
_UP_TO_PEOPLE = ["Lumen Freight", "Data Engineer", "", "", "", "today 14:00", "45 min", "video"]


def _told(monkeypatch: pytest.MonkeyPatch, lines: list[str]) -> Answers:
    """Answer the questions with these lines; then the input ends, as with Ctrl-D."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return ask_all(_HOUSE)


def test_ctrl_d_in_the_middle_of_a_person_keeps_everybody_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first person, and as much of the second as was told, are kept when the input ends."""
    priya = ["Priya Raman", "Head of Data", "hiring manager", "priya@lumen.example", "", "the outage", ""]
    answers = _told(monkeypatch, [*_UP_TO_PEOPLE, *priya, "Tom Okafor", "Engineer"])
    assert [one.name for one in answers.people] == ["Priya Raman", "Tom Okafor"]
    assert answers.people[0].discussed == ("the outage",)
    assert answers.people[1].title == "Engineer"


def test_ctrl_d_at_anything_else_keeps_the_topics_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Topics told before the input ended are kept."""
    answers = _told(monkeypatch, [*_UP_TO_PEOPLE, "Priya Raman", "", "", "", "", "the outage", "the rota"])
    assert answers.people[0].discussed == ("the outage", "the rota")


def test_an_interview_without_a_length_is_left_out_and_said_to_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When the input ends between beginning and length, the interview cannot be kept, and that is said."""
    answers = _told(monkeypatch, _UP_TO_PEOPLE[:6])
    assert answers.start is None
    assert "interview is left out" in capsys.readouterr().err


def test_a_wrong_answer_is_asked_again_in_plain_sentences(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty answer to a required question, and a slip, are explained in sentences that end as sentences do."""
    _told(monkeypatch, ["", "Lumen Freight", "Data Engineer", "", "chicgo"])
    said = capsys.readouterr().err
    assert "is needed" in said
    assert 'did you mean "America/Chicago"?\n' in said


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


def test_a_pasted_address_is_not_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who answers with name and address is asked for title, part and telephone, and not for the address."""
    priya = ["Priya Raman <priya@lumen.example>", "Head of Data", "hiring manager", "+1 312 555 0142", "the outage"]
    answers = _told(monkeypatch, [*_UP_TO_PEOPLE, *priya])
    [met] = answers.people
    assert (met.name, met.email, met.phone) == ("Priya Raman", "priya@lumen.example", "+1 312 555 0142")
    assert met.discussed == ("the outage",)


def test_an_address_instead_of_a_name_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the question for the name an address alone is no answer."""
    answers = _told(monkeypatch, [*_UP_TO_PEOPLE, "priya@lumen.example", "Priya Raman", "Head of Data"])
    assert [one.name for one in answers.people] == ["Priya Raman"]
    assert "no name" in capsys.readouterr().err
