"""What a mail to one person is made of: the deed that answers them, and only what they are glad to read."""

from __future__ import annotations

import pytest

from followup_mail.drafts.material import proof_for, told_by
from followup_mail.facts.application import Application, Person

HEAD = Person(name="Ann Low", discussed=("she wants someone who can talk to sales, not just to SQL",))


def application(*fit: str) -> Application:
    return Application(slug="a", company="Northwind", role="Analyst", fit=fit)


def test_the_deed_is_chosen_that_answers_what_the_mail_can_say() -> None:
    """What they want goes before a skill that they named in passing."""
    facts = application("5 yrs SQL", "sat w/ sales every week for 2 yrs, wrote the forecast")
    proof = proof_for(facts, [HEAD], HEAD, "")
    assert proof is not None
    assert proof.sentence == "I sat with sales every week for two years and wrote the forecast."
    assert proof.answers == "You want someone who can talk to sales, not just to SQL."


def test_whom_they_look_for_can_be_what_was_liked() -> None:
    """Where nothing else convinced, the people they want say something of them."""
    assert "you want people who call early" in str(
        told_by(Person(name="A", discussed=("he wants ppl who call early",)))["you_did"]
    )


@pytest.mark.parametrize("note", ["rework 9 wks, wants 5", "wants payback in 4 yrs"])
def test_a_target_is_a_problem_and_not_liked(note: str) -> None:
    """Nobody likes it that a queue is long."""
    assert not told_by(Person(name="A", discussed=(note,)))["you_did"]


@pytest.mark.parametrize("note", ["fume hood broken since oct", "stock orders - his headache, expired goods"])
def test_what_went_wrong_is_no_topic_of_a_thank_you(note: str) -> None:
    """Nobody is thanked for a talk about the fume hood that is broken."""
    told = told_by(Person(name="A", discussed=(note,)))
    assert told["topic"] == told["topic_in_subject"] == ""
