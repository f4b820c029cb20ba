"""Only who told a rejection is thanked for telling it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.drafts.rejection_facts import about_rejection
from followup_mail.facts.application_file import parse_application

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
PEOPLE = """company = "Lumen Freight"
role = "Data Engineer"
[[contacts]]
name = "Tom Okafor"
email = "tom@lumen.example"
[[contacts]]
name = "Priya Raman"
email = "priya@lumen.example"
[outcome]
status = "rejected"
"""


@pytest.mark.parametrize(
    ("outcome", "told_how", "told_why"),
    [
        ('by = "Tom@lumen.example"', "", True),
        ('by = "priya@lumen.example"', "your interest in my application", False),
        ('told = "called"', "your interest in my application", False),
        ('told = "wrote"', "", True),
        ("", "", True),
    ],
)
def test_who_did_not_tell_it_is_not_thanked_for_it(outcome: str, told_how: str, told_why: bool) -> None:
    """Neither where somebody else wrote, nor where one of several people called and nobody knows who."""
    facts = f'{PEOPLE}reason = "went with the internal candidate"\n{outcome}\n'
    application = parse_application(facts, Path("lumen-freight.toml"), "lumen-freight")
    tom = next(one for one in application.everyone() if one.name == "Tom Okafor")
    words = about_rejection(application, tom, NOW)
    assert (words["told_how"], words["told_why"]) == (told_how, told_why)
    assert words["told_by_reader"] is told_why
    assert "chose" in str(words["granted"])


def test_the_only_person_is_who_called() -> None:
    """With one person in the facts there is no doubt."""
    facts = PEOPLE.replace('[[contacts]]\nname = "Priya Raman"\nemail = "priya@lumen.example"\n', "")
    application = parse_application(facts + 'told = "called"\n', Path("lumen-freight.toml"), "lumen-freight")
    assert about_rejection(application, application.everyone()[0], NOW)["told_how"] == "calling to tell me"
