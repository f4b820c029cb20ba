"""A facts file made to say something else: people, interviews and promises come and go, and every remark stays."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.facts.debrief import Answers, MetPerson, write_facts
from followup_mail.facts.rewrite_whole import rewrite_to

FORM = write_facts(
    Answers(
        company="Holt Clinic",
        role="Nurse",
        time_zone="America/Denver",
        people=(MetPerson(name="Ann Lee", email="ann@holt.example"), MetPerson(name="Bo Ruiz")),
        promised=("my licence",),
        fit=("nights for 6 yrs",),
    )
)
WITH_REMARKS = """\
company = "Holt Clinic"  # on 5th
role = "Nurse"
time_zone = "America/Denver"
fit = [
  "nights",  # six years
  "Spanish",
]

[[interviews]]
start = "2026-11-18 14:00"
duration = "45 min"

[[interviews.people]]
name = "Ann Lee"
# she was late
email = "ann@holt.example"

# Bo asked most of it
[[interviews.people]]
name = "Bo Ruiz"

[said]
# she said so twice
decision_by = 2026-12-04

[[interviews]]
start = "2026-11-25 9:00"
duration = "30 min"
"""


def made(text: str, change: Any) -> tuple[dict[str, Any], str]:
    wanted = deepcopy(tomllib.loads(text))
    change(wanted)
    return wanted, rewrite_to(text, wanted)


@pytest.mark.parametrize("text", [FORM, WITH_REMARKS, WITH_REMARKS.replace("\n", "\r\n")])
def test_lists_grow(text: str) -> None:
    """A contact, a promise and an interview with its people are added, and not one line of the file is lost."""

    def change(wanted: dict[str, Any]) -> None:
        wanted.setdefault("contacts", []).append({"name": "Cy Young", "role": "recruiter"})
        wanted.setdefault("promised", []).append({"what": "two references"})
        people = [{"name": "Di Moss", "discussed": ["rota"]}, {"name": "Ed Orr"}]
        wanted.setdefault("interviews", []).append({"start": "2026-12-02 10:00", "duration": "1 h", "people": people})

    wanted, text_after = made(text, change)
    assert tomllib.loads(text_after) == wanted
    assert [line for line in text.split("\n") if line.strip() and line not in text_after.split("\n")] == []
    assert "\n\n\n" not in text_after.replace("\r", "")


def test_a_person_joins_the_first_interview() -> None:
    """Somebody added to an interview stands below its people, above what comes next."""
    wanted, after = made(WITH_REMARKS, lambda doc: doc["interviews"][0]["people"].append({"name": "Cy Young"}))
    assert tomllib.loads(after) == wanted
    assert after.index("Bo Ruiz") < after.index("Cy Young") < after.index("[said]")


def test_a_person_goes_with_the_examples_below() -> None:
    """Somebody taken out leaves no remarks of their own, and nobody else's go."""
    wanted, after = made(WITH_REMARKS, lambda doc: doc["interviews"][0]["people"].pop(0))
    assert tomllib.loads(after) == wanted
    assert "she was late" not in after
    assert "# Bo asked most of it" in after


def test_an_interview_goes_with_its_people() -> None:
    """An interview taken out takes its people along, also when another table stands between."""
    wanted, after = made(WITH_REMARKS, lambda doc: doc["interviews"].pop(0))
    assert tomllib.loads(after) == wanted
    assert "she said so twice" in after


def test_a_list_written_as_a_value_grows_and_shrinks() -> None:
    """Tables inside a value are added and taken out there."""
    text = 'company = "A"\nrole = "B"\npromised = [{ what = "x" }, { what = "y" }]  # soon\n'
    wanted, after = made(text, lambda doc: doc["promised"].__setitem__(slice(0, 1), []))
    assert tomllib.loads(after) == wanted
    wanted, after = made(after, lambda doc: doc["promised"].append({"what": "z", "to": "Ann"}))
    assert tomllib.loads(after) == wanted
    assert "# soon" in after


def test_a_list_of_notes_keeps_its_remarks() -> None:
    """A note taken out of a list, or added, leaves the other lines with their remarks."""
    wanted, after = made(WITH_REMARKS, lambda doc: doc.update(fit=["nights", "French"]))
    assert tomllib.loads(after) == wanted
    assert '"nights",  # six years' in after


_NAMES = st.sampled_from(["Ann Lee", "Bo Ruiz", "Cy Young", "Di Moss", "Ed Orr"])
_PEOPLE = st.lists(_NAMES, unique=True, max_size=4)


@given(_PEOPLE, _PEOPLE, st.sampled_from([FORM, WITH_REMARKS]))
def test_any_people_become_any_others(contacts: list[str], met: list[str], text: str) -> None:
    """Whatever the lists are to hold, the file says just that afterwards."""
    document = tomllib.loads(text)
    document["contacts"] = [{"name": name, "title": "Lead"} for name in contacts]
    document.setdefault("interviews", [{"start": "2026-11-18 14:00", "duration": "1 h"}])
    document["interviews"][0]["people"] = [{"name": name} for name in met]
    after = tomllib.loads(rewrite_to(text, document))
    assert after.get("contacts", []) == document["contacts"]
    assert after["interviews"][0].get("people", []) == document["interviews"][0]["people"]
