"""Application checks, answers to a rejection, and what an outcome does to everything else."""

from __future__ import annotations

from typing import Any

import pytest
from plan_samples import DANA, OPEN, RITA, apply, at, meet, of_kind, only, past, plan, touch, waits, when

from followup_mail.cadence.step import Kind, StepId, StepState, Waiting

CHECK, THANKS = Kind.APPLICATION_CHECK, Kind.REJECTION_THANKS


def test_check_the_working_day_after() -> None:
    """balanced checks the working day after applying; a week later it is missed."""
    facts = apply(interviews=[], applied="2026-11-25")
    check = only(plan(facts, now=at("2026-11-27 09:00")), CHECK)
    assert (when(check), check.state, check.id.person) == ("Fri 27 Nov 08:30", StepState.DUE, "rita-recruit")
    assert check.reason == "you applied on Wed 25 Nov, plus one working day"
    assert only(plan(facts, now=at("2026-12-04 16:30")), CHECK).state is StepState.DUE
    assert only(plan(facts, now=at("2026-12-04 16:31")), CHECK).state is StepState.MISSED


@pytest.mark.parametrize("name", ["timeline", "next-day", "rule-of-three", "weekly-calls"])
def test_others_do_not_check(name: str) -> None:
    """Guides that say nothing about applications check nothing; the plan says what it waits for."""
    found = plan(apply(interviews=[]), name)
    assert not found.steps
    assert found.notes[0].startswith("No interview is on record yet")


def test_interview_answers_the_check() -> None:
    """Once there is an interview, nobody asks whether the application arrived; a check in the queue is objected to."""
    assert not of_kind(plan(apply(), "polite-persistence"), CHECK)
    queued = past(waiting=(Waiting(StepId("acme", CHECK, 0, "rita-recruit"), "7", at("2026-11-19 09:00"), "queued"),))
    check = only(plan(apply(), history=queued), CHECK)
    assert (check.state, check.objection) == (
        StepState.QUEUED,
        "they have answered: an interview on Wed 18 Nov is on record",
    )


def test_check_needs() -> None:
    """Without the day of the application or anybody to write to, the check is blocked and names both."""
    check = only(plan(apply(interviews=[], applied=None, contacts=[])), CHECK)
    assert (check.state, check.due_at) == (StepState.BLOCKED, None)
    assert check.needs == ("the day you applied", "somebody of theirs to write to, with an e-mail address")


def test_check_waits_for_the_day_they_named() -> None:
    """The check too waits for the first day that is welcome."""
    check = only(plan(apply(interviews=[], said={"not_before": "2026-11-16"}), now=at("2026-11-03 09:00")), CHECK)
    assert (when(check), check.reason) == ("Mon 16 Nov 08:30", "not before Mon 16 Nov, as they asked")


def test_decision_before_the_application() -> None:
    """A decision date before the application is dropped with a note."""
    found = plan(apply(interviews=[], said={"decision_by": "2026-10-30"}), now=at("2026-11-03 09:00"))
    assert when(only(found, CHECK)) == "Tue 03 Nov 08:30"
    assert "The decision date Fri 30 Oct is older than your application, so it does not count." in found.notes


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-11-24", "Wed 25 Nov 08:30"),
        ("2026-11-25", "Fri 27 Nov 08:30"),
        ("2026-11-27", "Mon 30 Nov 08:30"),
        ("2026-11-28", "Mon 30 Nov 08:30"),
        ("2026-12-31", "Mon 04 Jan 08:30"),
    ],
)
def test_rejection_next_working_morning(day: str, due: str) -> None:
    """A rejection is thanked for the next working morning, and missed after a week."""
    facts = apply(outcome={"status": "rejected", "on": day, "by": "rita@acme.example"})
    answer = only(plan(facts, now=at(f"{day} 12:00")), THANKS)
    assert (when(answer), answer.state) == (due, StepState.UPCOMING)
    assert "thanks follow the next working morning" in answer.reason


@pytest.mark.parametrize(
    ("by", "person", "name"),
    [
        ("rita@acme.example", "rita-recruit", "Rita Recruit"),
        ("DANA@acme.example", "dana-lee", "Dana Lee"),
        ("jobs@acme.example", "hiring-team", "Hiring team"),
        ("no-reply@ats.example", "rita-recruit", "Rita Recruit"),
        ("do_not_reply@ats.example", "rita-recruit", "Rita Recruit"),
        ("notifications@ats.example", "rita-recruit", "Rita Recruit"),
        ("acme@myworkday.com", "rita-recruit", "Rita Recruit"),
        (None, "rita-recruit", "Rita Recruit"),
    ],
)
def test_rejection_answers_whoever_wrote(by: str | None, person: str, name: str) -> None:
    """The answer goes to whoever wrote; from an address that nobody reads, to whom follow-ups go."""
    facts = apply(outcome={"status": "rejected", "on": "2026-11-24", "by": by})
    answer = only(plan(facts), THANKS)
    assert answer.person is not None
    assert (answer.id.person, answer.person.name) == (person, name)
    if person == "hiring-team":
        assert (answer.person.greeting_name, answer.person.email) == ("hiring team", by)


def test_rejection_day_unknown() -> None:
    """Without the day of the rejection, thanks are due at the next office hour."""
    facts = apply(outcome={"status": "rejected"})
    answer = only(plan(facts, now=at("2026-11-21 12:00")), THANKS)
    assert (when(answer), answer.reason) == ("Mon 23 Nov 08:30", "they said no; thanks are due once offices are open")


def test_rejection_answered_once() -> None:
    """One rejection is answered once, also when the facts name another sender or a round later."""
    done = past(touch(THANKS, "2026-11-25 09:00", "dana-lee"))
    facts = apply(
        interviews=[meet(), meet("2026-12-08 14:00", DANA, round=2)],
        outcome={"status": "rejected", "on": "2026-11-24", "by": "rita@acme.example"},
    )
    answer = only(plan(facts, now=at("2026-12-09 09:00"), history=done), THANKS)
    assert (answer.state, answer.id) == (StepState.DONE, StepId("acme", THANKS, 1, "dana-lee"))


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ({"status": "rejected", "on": "2026-11-24"}, "they said no on Tue 24 Nov"),
        ({"status": "replied", "on": "2026-11-24"}, "they replied on Tue 24 Nov: answer that first"),
        ({"status": "offer", "on": "2026-11-24"}, "you have had an offer since Tue 24 Nov"),
        ({"status": "withdrawn"}, "you withdrew"),
    ],
)
def test_outcomes(outcome: dict[str, Any], words: str) -> None:
    """A reply holds, the other outcomes end what is open, in words; what is queued is objected to."""
    queued = past(waiting=(waits(Kind.ADDITIONAL_DETAIL, "2026-11-25 15:00"),))
    found = plan(apply(outcome=outcome), history=queued, now=at("2026-11-24 15:00"))
    others = [one for one in found.steps if one.kind is not THANKS]
    assert {one.objection for one in others} == {words}
    assert {one.state for one in others} == {StepState.SKIPPED, StepState.QUEUED}


def test_reply_is_noted() -> None:
    """A reply that holds everything is said at the top of the plan."""
    found = plan(apply(outcome={"status": "replied", "on": "2026-11-24"}))
    assert found.notes[0].startswith("They replied, so everything still open is held until you resume it")


def test_rejection_taken_back() -> None:
    """An answer to a rejection that is queued is objected to when no rejection is on record any more."""
    queued = past(waiting=(Waiting(StepId("acme", THANKS, 1, "rita-recruit"), "7", at("2026-11-25 09:00"), "queued"),))
    assert only(plan(apply(), history=queued), THANKS).objection == "no rejection is on record"


def test_rejected_before_any_interview() -> None:
    """An application rejected without an interview gets its thanks too."""
    facts = apply(interviews=[], contacts=[RITA], outcome={"status": "rejected", "on": "2026-11-24"})
    found = plan(facts, now=at("2026-11-25 09:00"))
    assert (only(found, THANKS).state, only(found, THANKS).id.round) == (StepState.DUE, 0)
    assert [one for one in found.steps if one.state in OPEN] == [only(found, THANKS)]


def test_a_reason_after_a_reply_tells_no_day_that_was_not_planned() -> None:
    """A note made before the reply was not planned for two weeks after it: the next reason counts from that day."""
    facts = apply(interviews=[meet("2026-11-02 10:00")], outcome={"status": "waiting", "on": "2026-11-12"})
    done = past(touch(Kind.ADDITIONAL_DETAIL, "2026-11-09 11:30"))
    inquiry = only(plan(facts, now=at("2026-11-12 12:31"), history=done), Kind.STATUS_INQUIRY)
    # Thursday 26 November is Thanksgiving.
    assert inquiry.reason.startswith("two weeks after Fri 27 Nov, which is two weeks after their reply of Thu 12 Nov")
