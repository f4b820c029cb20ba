"""Interviews and people come and go in a facts file of any form; every other line stays as it is."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.facts.debrief import Answers, MetPerson, write_facts
from followup_mail.facts.rewrite_whole import rewrite_to

FORM = write_facts(Answers(company="Lumen Freight", role="Data Engineer", time_zone="America/Chicago"))
MET = write_facts(
    Answers(
        company="Lumen Freight",
        role="Data Engineer",
        time_zone="America/Chicago",
        start=datetime(2026, 11, 18, 14, 30),  # noqa: DTZ001  # wall time, as in the file
        duration=timedelta(minutes=45),
        people=(MetPerson(name="Priya Raman"),),
    )
)
SECOND = {"start": "2026-11-24 10:00", "duration": "1 h", "round": 2}
TOM = {"name": "Tom Okafor", "email": "tom@lumen.example"}
SHORT = 'company = "Lumen"\nrole = "Engineer"\ntime_zone = "America/Chicago"'
TEXTS = (FORM, MET, SHORT, f"{SHORT}\n", FORM.replace("\n", "\r\n"), MET.replace("\n", "\r\n"))


def add_interview(text: str, interview: dict[str, Any], people: list[dict[str, str]]) -> str:
    document = tomllib.loads(text)
    document.setdefault("interviews", []).append({**interview, "people": people} if people else interview)
    return rewrite_to(text, document)


def add_person(text: str, person: dict[str, str], interview: int | None = None) -> str:
    document = tomllib.loads(text)
    holder, key = (document, "contacts") if interview is None else (document["interviews"][interview], "people")
    holder.setdefault(key, []).append(person)
    return rewrite_to(text, document)


def remove_interview(text: str, interview: int) -> str:
    document = tomllib.loads(text)
    del document["interviews"][interview]
    return rewrite_to(text, document)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _has_all_lines(text: str, before: str) -> bool:
    """Return whether the lines of ``before`` stand in ``text`` in their order."""
    there = iter(line.rstrip("\r") for line in text.split("\n"))
    return all(line.rstrip("\r") in there for line in _lines(before))


@pytest.mark.parametrize("text", TEXTS)
def test_an_interview_comes_last_with_its_people(text: str) -> None:
    """After those that are there, before what came of it; no other line is touched."""
    after = add_interview(text, SECOND, [TOM])
    assert tomllib.loads(after)["interviews"][-1] == {**SECOND, "people": [TOM]}
    assert _has_all_lines(after, text)
    assert ("\r\n" in text) == all(line.endswith("\r") for line in after.split("\n")[:-1])


@pytest.mark.parametrize("text", TEXTS)
def test_a_contact_is_added(text: str) -> None:
    """Also to a file without one."""
    after = add_person(text, TOM)
    assert tomllib.loads(after)["contacts"] == [TOM]
    assert _has_all_lines(after, text)


def test_a_person_joins_the_interview_that_is_meant() -> None:
    """Not the last one, if another is meant."""
    after = add_person(add_interview(MET, SECOND, []), TOM, 0)
    first, second = tomllib.loads(after)["interviews"]
    assert [one["name"] for one in first["people"]] == ["Priya Raman", "Tom Okafor"]
    assert "people" not in second


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_added_goes_without_a_trace(text: str) -> None:
    """Taken out again, an interview leaves the facts as they were, and no heap of empty lines."""
    number = len(tomllib.loads(text).get("interviews", []))
    after = remove_interview(add_interview(text, SECOND, [TOM]), number)
    assert tomllib.loads(after) == tomllib.loads(text)
    assert _lines(after) == _lines(text)
    assert "\n\n\n\n" not in after.replace("\r", "")


def test_the_interview_in_the_middle_is_taken_out_whole() -> None:
    """With its people and the remarks on them; those of the others stay."""
    three = add_interview(add_interview(MET, SECOND, [TOM]), {**SECOND, "start": "2026-11-25 10:00"}, [])
    left = tomllib.loads(remove_interview(three, 1))["interviews"]
    assert [one["start"] for one in left] == ["2026-11-18 14:30", "2026-11-25 10:00"]


@pytest.mark.parametrize(
    "text",
    [
        f'{SHORT}\ninterviews = [{{start = "2026-11-18 14:30", duration = "45 min"}}]\n',
        f'{SHORT}\n[[interviews]]\nstart = "2026-11-18 14:30"\nduration = "45 min"\npeople = [{{name = "Ada"}}]\n',
    ],
)
def test_a_file_written_in_another_way_gets_a_person_there(text: str) -> None:
    """Lists inside a value take the person inside that value."""
    people = tomllib.loads(add_person(text, TOM, 0))["interviews"][0]["people"]
    assert people[-1] == TOM


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_kept_as_it_is(name: str, email: str) -> None:
    """Quotation marks, brackets and line breaks in a name end no text and begin no table."""
    person = {"name": name.encode(errors="ignore").decode(), "email": email.encode(errors="ignore").decode()}
    assert tomllib.loads(add_person(MET, person, 0))["interviews"][0]["people"][-1] == person
