"""What a mail to one person is made of: the deed that answers them, and only what they are glad to read."""

from __future__ import annotations

import pytest

from followup_mail.drafts.material import told_by
from followup_mail.drafts.own_deeds import proof_for
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


def test_what_was_done_goes_before_for_how_long() -> None:
    """A club that was started answers somebody who looks for one better than the years of another subject."""
    head = Person(
        name="Ann Low", discussed=("science fail rate 31%, wants under 20", "he wants someone who'd run a club")
    )
    proof = proof_for(application("6 yrs physical science", "started chess club, 4 -> 26 kids"), [head], head, "")
    assert proof is not None
    assert proof.sentence == "I started a chess club that grew from 4 to 26 kids."


def test_a_figure_is_of_where_it_was() -> None:
    """Where the note says so, the figure is of that place, and not only of the candidate's own work."""
    head = Person(name="Ann Low", discussed=("repairs at 7%, target is 3",))
    proof = proof_for(application("repairs from 6 to 2% at old store, all measure twice"), [head], head, "")
    assert proof is not None
    assert proof.sentence == "At my old store, repairs went from 6% to 2%."


def test_a_figure_has_the_unit_of_theirs() -> None:
    """Who jots "1.4 -> 0.4" of what the other side named in per cent means per cent."""
    head = Person(name="Ann Low", discussed=("mispicks 1.8%, wants under .5 by xmas",))
    proof = proof_for(application("mispicks 1.4 -> 0.4 in 5 mths, scan at bin"), [head], head, "")
    assert proof is not None
    assert proof.sentence == "In my own work, mispicks went from 1.4% to 0.4% in five months, with a scan at the bin."
    other = Person(name="Ben Low", discussed=("mispicks again",))
    assert proof_for(application("mispicks 1.4 -> 0.4 in 5 mths"), [other], other, "") is None


def test_where_nothing_else_is_known_they_are_thanked_for_what_they_want() -> None:
    """A mail about a target is better than one that could have been written before the interview."""
    told = told_by(Person(name="Ann Low", discussed=("mispicks 1.8%, wants under .5 by xmas",)))
    assert "telling me that you want to bring mispicks down from 1.8% to under 0.5% by Christmas" in str(
        told["thanks_for"]
    )
    known = ("wants one editor per client",)
    warmer = told_by(Person(name="Ann Low", discussed=known, convinced="knows every client by name"))
    assert not warmer["thanks_for"]
