"""Only who told a rejection is thanked for telling it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_mail.drafts.own_words import strip_marks
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


@pytest.mark.parametrize(
    ("typed", "remembered"),
    [
        (
            'moment = "I liked that you ring every no-show yourself. That is how I like to work."',
            "how you ring every no-show yourself",
        ),
        (
            'moment = "It has stayed with me that you have the figures on the wall."',
            "that you have the figures on the wall",
        ),
        ('moment = "It has stayed with me that you wait. It told me that it helps."', "how you wait"),
        ('moment = "I really liked that you wait. It told me that it helps."', "how you wait"),
        ('moment = "Thank you for the tour."', ""),
        (
            'moment = "Thank you for showing me the log and explaining the red rows. It told me that faults are read."',
            "that you showed me the log and explained the red rows",
        ),
        ('moment = "Thank you for being straight about the shifts."', "that you were straight about the shifts"),
        (
            'moment = "Thank you for telling me about the loan you refused."',
            "what you told me about the loan you refused",
        ),
        ('moment = "Thank you for telling me about the package."', ""),
        ('moment = "Thank you for telling me how you rang the owner first."', "how you rang the owner first"),
        ('convinced = "sits w/ every new engineer herself"', "how you sit with every new engineer yourself"),
        # A whole sentence reads as dragged in.
        ('convinced = "She kept a plate aside for me because the canteen was closed"', ""),
        ("", ""),
    ],
)
def test_what_the_reader_was_thanked_for_is_remembered(typed: str, remembered: str) -> None:
    """It is said again in the answer, in half a sentence; what gives none is left out."""
    facts = PEOPLE.replace('email = "tom@lumen.example"\n', f'email = "tom@lumen.example"\n{typed}\n')
    application = parse_application(facts, Path("lumen-freight.toml"), "lumen-freight")
    tom = next(person for person in application.everyone() if person.name == "Tom Okafor")
    assert strip_marks(str(about_rejection(application, tom, NOW)["remembered"])) == remembered


@pytest.mark.parametrize(
    ("parting", "named"),
    [("I hope that Ada gets her oven.", ""), ("I hope that all goes well.", "Priya and Ada"), ("", "Priya and Ada")],
)
def test_a_colleague_is_named_once(parting: str, named: str) -> None:
    """Whoever is wished something is not named again in the greetings at the end."""
    people = "".join(f'[[interviews.people]]\nname = "{name}"\n' for name in ("Tom Okafor", "Priya Raman", "Ada Vale"))
    meeting = f'[[interviews]]\nstart = 2026-11-18T14:00:00Z\nduration = "1 h"\n{people}'
    top = 'company = "Lumen"\nrole = "Engineer"\ntime_zone = "America/Chicago"\n'
    facts = f'{top}{meeting}[outcome]\nstatus = "rejected"\nparting = "{parting}"\n'
    application = parse_application(facts, Path("a.toml"), "a")
    assert about_rejection(application, application.everyone()[0], NOW)["others_named"] == named


def test_a_parting_that_remembers_stands_alone() -> None:
    """Whoever typed what they will remember is not given a second memory."""
    facts = PEOPLE.replace(
        'email = "tom@lumen.example"\n', 'email = "tom@lumen.example"\nmoment = "I liked that you wait."\n'
    )
    application = parse_application(f'{facts}parting = "I will remember how you wait."\n', Path("a.toml"), "a")
    assert about_rejection(application, application.everyone()[0], NOW)["remembered"] == ""


@pytest.mark.parametrize(
    ("what", "read", "left"),
    [
        ("my count sheet", "I have attached my count sheet.", "my count sheet"),
        ("my count sheet", "Thank you.", ""),
        ("my certificate", "Here is my certificate.", ""),
        ("the copy of my plan", "Here is the copy of my plan.", ""),
    ],
)
def test_what_was_sent_along_is_left_with_them(what: str, read: str, left: str) -> None:
    """Only what they have, and what is of use to them without the candidate."""
    facts = f'{PEOPLE}[[promised]]\nwhat = "{what}"\nfile = "a.pdf"\nto = "Tom Okafor"\n'
    application = parse_application(facts, Path("a.toml"), "a")
    tom = next(person for person in application.everyone() if person.name == "Tom Okafor")
    assert about_rejection(application, tom, NOW, read)["left_with_you"] == left
