"""Where a career adviser would object to a plan: too close together, to the wrong person, about what has passed."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from plan_samples import DANA, RITA, SAM, apply, at, meet, of_kind, only, past, plan, touch, when

from followup_mail.cadence.cadence_files import find_cadence
from followup_mail.cadence.step import Kind, Plan, Step, StepState
from followup_mail.facts.application import Channel

DETAIL, STATUS, THANKS = Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY, Kind.THANK_YOU
ANNA = {**DANA, "name": "Anna Boss", "role": "hiring manager", "email": "anna@acme.example"}
CHINA = {"country": "CN", "time_zone": "Asia/Shanghai"}


def follow_ups(found: Plan) -> list[Step]:
    return [step for step in found.steps if step.kind in {DETAIL, STATUS}]


def ahead(found: Plan) -> list[Step]:
    return [step for step in follow_ups(found) if step.state in {StepState.DUE, StepState.UPCOMING}]


# Three working days between two contacts with one person


@pytest.mark.parametrize(
    ("start", "facts", "thanks", "first"),
    [
        # Golden week: offices are closed from 1 to 7 October, and open on Saturday 10 October to make up for it.
        ("2026-09-30 16:00", CHINA, "Thu 08 Oct 08:30", "Mon 12 Oct 08:30"),
        # Easter: Good Friday to Easter Monday.
        ("2027-03-25 15:00", {"country": "DE", "time_zone": "Europe/Berlin"}, "Tue 30 Mar 08:30", "Fri 02 Apr 08:30"),
        ("2026-11-18 14:00", {"said": {"decision_by": "2026-11-18"}}, "Thu 19 Nov 08:30", "Tue 24 Nov 08:30"),
    ],
)
def test_away_from_a_thank_you(start: str, facts: dict[str, Any], thanks: str, first: str) -> None:
    """A follow-up keeps three working days away from the thank-you to the same person, whatever moved that."""
    found = plan(apply(contacts=[], interviews=[meet(start, ANNA)], **facts), now=at(start))
    assert when(only(found, THANKS)) == thanks
    assert when(follow_ups(found)[0]) == first
    assert "three working days after the thank-you of" in follow_ups(found)[0].reason


def test_away_from_a_thank_you_sent_late() -> None:
    """A thank-you that was sent late holds the follow-up back by three working days too."""
    facts = apply(contacts=[], interviews=[meet("2026-11-18 14:00", ANNA)])
    found = plan(facts, now=at("2026-11-24 10:00"), history=past(touch(THANKS, "2026-11-24 09:00", "anna-boss")))
    first = follow_ups(found)[0]
    assert (when(first), first.reason) == (
        "Mon 30 Nov 08:30",
        "three working days after your thank-you of Tue 24 Nov, Thanksgiving Day not counted",
    )


def test_thanks_go_first() -> None:
    """While the thank-you may still be sent, a follow-up to the same person is not due beside it."""
    facts = apply(contacts=[], interviews=[meet("2026-11-19 14:00", ANNA)], said={"decision_by": "2026-11-20"})
    thanks, inquiry, _ = plan(facts, now=at("2026-11-25 09:00")).steps
    assert (thanks.state, inquiry.state, inquiry.note) == (
        StepState.DUE,
        StepState.UPCOMING,
        "your thank-you goes first",
    )
    assert plan(facts, now=at("2026-11-25 16:31")).steps[1].state is StepState.DUE


def test_away_from_thanks_passed_on() -> None:
    """Whoever passes a thank-you on has been written to as well."""
    nobody = {**DANA, "email": None}
    said = {"decision_by": "2026-11-18"}
    found = plan(apply(interviews=[meet("2026-11-18 14:00", nobody)], said=said))
    assert follow_ups(found)[0].id.person == "rita-recruit"
    assert when(follow_ups(found)[0]) == "Tue 24 Nov 08:30"


def test_a_short_interval_of_an_own_method() -> None:
    """However short the method's interval is, three working days lie between two follow-ups."""
    found = plan(apply(said={"interval": "1 week"}, interviews=[meet("2026-12-24 09:00")]))
    assert when(follow_ups(found)[0]) == "Thu 31 Dec 10:00"


def test_two_application_checks() -> None:
    """The call after the mail that asks whether an application arrived leaves them three working days as well."""
    facts = apply(interviews=[], said={"calls": True})
    mail, call = of_kind(plan(facts, "polite-persistence", at("2026-11-03 08:00")), Kind.APPLICATION_CHECK)
    assert (when(mail), when(call)) == ("Tue 03 Nov 08:30", "Fri 06 Nov 08:30")
    assert call.last_at == at("2026-11-09 16:30")


# A new date after the question was asked


@pytest.mark.parametrize("cadence", ["balanced", "timeline", "rule-of-three", "next-day", "polite-persistence"])
def test_a_new_date_after_the_question(cadence: str) -> None:
    """A date that they name after the questions were asked is followed by a question, not by a second note."""
    asked = past(touch(STATUS, "2026-12-08 09:00"), touch(STATUS, "2026-12-09 09:00", nth=2, channel=Channel.PHONE))
    facts = apply(said={"decision_by": "2026-12-18"}, outcome={"status": "waiting", "on": "2026-12-10"})
    first = ahead(plan(facts, cadence, at("2026-12-10 12:00"), asked))[0]
    assert (first.kind, first.id.nth) == (STATUS, 3)
    assert when(first) in {"Mon 21 Dec 08:30", "Tue 22 Dec 08:30"}
    assert first.reason.startswith("they decide by Fri 18 Dec, plus")


@pytest.mark.parametrize("said", [{"decision_by": "2026-12-11"}, {"not_before": "2026-12-14"}])
@pytest.mark.parametrize("cadence", ["timeline", "polite-persistence"])
def test_a_new_day_between_two_questions(cadence: str, said: dict[str, Any]) -> None:
    """The question about a day that they named comes when that has passed, not an interval later."""
    done = past(touch(STATUS, "2026-12-02 15:00"))
    facts = apply(said=said, outcome={"status": "waiting", "on": "2026-12-04"})
    first, second = ahead(plan(facts, cadence, at("2026-12-04 12:00"), done))
    assert (when(first), when(second)) == ("Mon 14 Dec 08:30", "Mon 28 Dec 08:30")
    assert (first.id.nth, second.id.nth) == (3, 2)
    asked = past(touch(STATUS, "2026-12-02 15:00"), touch(STATUS, "2026-12-14 09:00", nth=2))
    assert ahead(plan(facts, cadence, at("2026-12-14 12:00"), asked)) == []


def test_their_new_date_goes_before_the_interval() -> None:
    """A day named in a reply goes before the interval after what was written before the reply."""
    asked = past(touch(STATUS, "2026-12-08 09:00"))
    facts = apply(said={"decision_by": "2026-12-11"}, outcome={"status": "waiting", "on": "2026-12-09"})
    first, second = ahead(plan(facts, now=at("2026-12-09 12:00"), history=asked))
    assert (first.kind, when(first)) == (STATUS, "Tue 15 Dec 08:30")
    assert second.kind is DETAIL


def test_a_new_date_after_three_contacts() -> None:
    """They have answered and named a day: asking about it is no fourth contact without an answer."""
    contacts = [(THANKS, "2026-11-18 17:00"), (DETAIL, "2026-11-25 15:00"), (STATUS, "2026-12-09 15:00")]
    done = past(*(touch(kind, moment, "anna-boss") for kind, moment in contacts))
    facts = apply(
        contacts=[],
        interviews=[meet("2026-11-18 14:00", ANNA)],
        said={"decision_by": "2026-12-18"},
        outcome={"status": "waiting", "on": "2026-12-10"},
    )
    (question,) = ahead(plan(facts, now=at("2026-12-10 12:00"), history=done))
    assert (question.kind, when(question)) == (STATUS, "Tue 22 Dec 08:30")
    silent = apply(contacts=[], interviews=[meet("2026-11-18 14:00", ANNA)], said={"decision_by": "2026-12-18"})
    assert ahead(plan(silent, now=at("2026-12-10 12:00"), history=done)) == []


def test_not_after_the_day_on_which_it_did_not_go() -> None:
    """A date that counts from the planned day of a note that went earlier says so."""
    early = plan(apply(), now=at("2026-11-24 09:00"), history=past(touch(DETAIL, "2026-11-20 10:00")))
    assert follow_ups(early)[1].reason == "two weeks after the day planned for the second note"


def test_done_keeps_its_reason() -> None:
    """What was done keeps the reason it was done for, whatever the facts say by now."""
    why = "they decide by Fri 4 Dec, plus two working days"
    facts = apply(said={"decision_by": "2026-12-18"})
    done = follow_ups(plan(facts, now=at("2026-12-10 12:00"), history=past(touch(STATUS, "2026-12-08 09:00", why=why))))
    assert done[0].reason == why


def test_done_without_a_reason() -> None:
    """Where the reason was not kept, none is made up."""
    done = past(touch(STATUS, "2026-12-08 09:00"), touch(STATUS, "2026-12-09 09:00", nth=2, channel=Channel.PHONE))
    found = plan(apply(said={"decision_by": "2026-12-18"}), now=at("2026-12-10 12:00"), history=done)
    assert [step.reason for step in follow_ups(found)][:2] == ["you did this", "you did this"]


# Rounds and people


def test_the_limit_counts_since_the_latest_round() -> None:
    """A thank-you of the first round that was never sent takes nothing from the contacts of the second."""
    facts = apply(contacts=[], interviews=[meet("2026-11-18 14:00", ANNA), meet("2026-11-19 14:00", ANNA, round=2)])
    found = plan(facts, now=at("2026-11-20 09:00"))
    assert [step.state for step in follow_ups(found)] == [StepState.UPCOMING, StepState.UPCOMING]
    first = of_kind(found, THANKS, 1)[0]
    assert (first.state, first.note) == (
        StepState.SKIPPED,
        "you met again on Thu 19 Nov: one thank-you is for both",
    )


def test_person_of_the_latest_round() -> None:
    """Follow-ups go to somebody of the latest round, although an earlier one had the hiring manager."""
    facts = apply(contacts=[], interviews=[meet("2026-11-10 14:00", ANNA), meet("2026-11-18 14:00", SAM, round=2)])
    assert {step.id.person for step in follow_ups(plan(facts)) if step.id.round == 2} == {"dr-sam-roe"}


def test_recruiter_without_an_address() -> None:
    """A recruiter without an address does not block what the hiring manager can get."""
    facts = apply(contacts=[{**RITA, "email": None}], interviews=[meet("2026-11-18 14:00", ANNA)])
    assert [(step.id.person, step.state) for step in follow_ups(plan(facts))] == [
        ("anna-boss", StepState.UPCOMING),
        ("anna-boss", StepState.UPCOMING),
    ]


# Panels


@pytest.mark.parametrize(
    ("count", "start", "moments"),
    [
        (3, "2026-11-20 13:25", ["Fri 20 Nov 16:25", "Fri 20 Nov 16:27", "Fri 20 Nov 16:29"]),
        (2, "2026-11-20 13:25", ["Fri 20 Nov 16:25", "Fri 20 Nov 16:29"]),
        (3, "2026-11-20 13:30", ["Fri 20 Nov 16:28", "Fri 20 Nov 16:29", "Fri 20 Nov 16:30"]),
    ],
)
def test_a_panel_is_thanked_whole(count: int, start: str, moments: list[str]) -> None:
    """The minutes between the mails to a panel shrink before any of them has to wait for another day."""
    panel = [{**DANA, "name": f"Person {letter}", "email": f"{letter}@acme.example"} for letter in "abc"[:count]]
    assert [when(step) for step in of_kind(plan(apply(interviews=[meet(start, *panel)])), THANKS)] == moments


def test_a_large_panel_before_the_weekend() -> None:
    """Twelve people met late on a Friday are all thanked that Friday, a minute apart."""
    panel = [{**DANA, "name": f"Person {letter}", "email": f"{letter}@acme.example"} for letter in "abcdefghijkl"]
    thanks = of_kind(plan(apply(interviews=[meet("2026-11-20 13:25", *panel)])), THANKS)
    assert (when(thanks[0]), when(thanks[-1])) == ("Fri 20 Nov 16:19", "Fri 20 Nov 16:30")


def test_48_hours() -> None:
    """rule-of-three thanks within 48 hours of the interview where offices are open, and not later."""
    thanks = find_cadence("rule-of-three").steps_of(THANKS)[0]
    assert thanks.timing == "two hours after the interview, within 48 hours"
    friday = only(plan(apply(interviews=[meet("2026-11-20 14:00")]), "rule-of-three"), THANKS)
    assert (when(friday), friday.last_at) == ("Fri 20 Nov 16:30", at("2026-11-22 15:00"))
    wednesday = only(plan(apply(interviews=[meet("2026-11-18 14:00")]), "rule-of-three"), THANKS)
    assert (when(wednesday), wednesday.last_at) == ("Thu 19 Nov 08:30", at("2026-11-20 15:00"))
    evening = only(plan(apply(interviews=[meet("2026-11-20 16:00")]), "rule-of-three"), THANKS)
    assert (when(evening), evening.last_at) == ("Mon 23 Nov 08:30", at("2026-11-23 16:30"))


# Calls


def test_one_call_a_week() -> None:
    """However short the interval is that they named, a week lies between two calls."""
    facts = apply(said={"interval": "3 days", "channel": "phone"})
    for name in ("weekly-calls", "balanced", "timeline", "polite-persistence"):
        calls = [step.due_at for step in follow_ups(plan(facts, name)) if step.channel is Channel.PHONE]
        assert all(later and earlier and later - earlier >= timedelta(days=7) for earlier, later in pairwise(calls))


def test_each_of_a_panel_is_called() -> None:
    """weekly-calls calls everybody of a panel in turn; whoever was not reached is called again the week after."""
    facts = apply(interviews=[meet("2026-11-18 14:00", DANA, SAM)])
    assert [step.id.person for step in follow_ups(plan(facts, "weekly-calls"))] == [
        "dana-lee",
        "dr-sam-roe",
        "rita-recruit",
    ]
    tried = past(touch(STATUS, "2026-11-25 15:00", "dana-lee", channel=Channel.PHONE, reached=False))
    found = plan(facts, "weekly-calls", at("2026-11-26 09:00"), tried)
    assert [step.id.person for step in ahead(found)] == ["dana-lee", "dr-sam-roe", "rita-recruit"]


def test_late_thanks_hold_back_calls_to_that_person_only() -> None:
    """A thank-you that went to one of a panel late moves the call to them, not the earlier call to another one."""
    facts = apply(interviews=[meet("2026-11-18 14:00", DANA, SAM)])
    calls = {step.id.person: when(step) for step in follow_ups(plan(facts, "weekly-calls"))}
    late = past(touch(Kind.THANK_YOU, "2026-11-24 09:00", "dr-sam-roe"))
    found = plan(facts, "weekly-calls", at("2026-11-24 10:00"), late)
    assert {step.id.person: when(step) for step in follow_ups(found)} == calls
    late = past(touch(Kind.THANK_YOU, "2026-11-24 09:00", "dana-lee"))
    found = plan(facts, "weekly-calls", at("2026-11-24 10:00"), late)
    first, *_ = follow_ups(found)
    assert (first.id.person, when(first)) == ("dana-lee", "Mon 30 Nov 08:30")


# What has lost its point


def test_a_second_rejection() -> None:
    """A rejection after another round is thanked for as well, although an earlier one was."""
    done = past(touch(Kind.REJECTION_THANKS, "2026-11-20 09:00"))
    facts = apply(
        interviews=[meet("2026-11-10 14:00"), meet("2026-12-08 14:00", DANA, round=2)],
        outcome={"status": "rejected", "on": "2026-12-15", "by": "rita@acme.example"},
    )
    answers = of_kind(plan(facts, now=at("2026-12-16 09:00"), history=done), Kind.REJECTION_THANKS)
    assert [(step.state, step.id.round, step.id.nth) for step in answers] == [
        (StepState.DONE, 1, 1),
        (StepState.DUE, 2, 1),
    ]


def test_a_second_rejection_without_another_round() -> None:
    """The same holds where they had only reopened the application: the second answer is a step of its own."""
    done = past(touch(Kind.REJECTION_THANKS, "2026-11-20 09:00"))
    facts = apply(outcome={"status": "rejected", "on": "2026-12-15", "by": "rita@acme.example"})
    answers = of_kind(plan(facts, now=at("2026-12-16 09:00"), history=done), Kind.REJECTION_THANKS)
    assert [(step.state, step.id.nth) for step in answers] == [(StepState.DONE, 1), (StepState.DUE, 2)]


def test_no_check_after_the_decision() -> None:
    """Nobody asks whether an application arrived once they have named the day by which they decide."""
    facts = apply(interviews=[], said={"decision_by": "2026-11-20"})
    check = only(plan(facts, now=at("2026-11-03 09:00")), Kind.APPLICATION_CHECK)
    assert (check.state, check.note) == (
        StepState.SKIPPED,
        "they decide by Fri 20 Nov: whether it arrived is no question then",
    )


def test_met_again_in_the_same_round() -> None:
    """Somebody met again two weeks later in the same round is asked about: it may have been a second round."""
    facts = apply(interviews=[meet("2026-11-04 14:00"), meet("2026-11-18 14:00")])
    assert (
        "You met Dana Lee on Wed 4 Nov and again two weeks later, both in round 1: was that a second round? Then write "
        "round = 2 for the later one (`followup-mail edit acme`)." in plan(facts).notes
    )
    near = apply(interviews=[meet("2026-11-17 14:00"), meet("2026-11-18 14:00")])
    assert not any("second round" in note for note in plan(near).notes)


def test_not_after_what_never_went() -> None:
    """A date is not said to lie after a follow-up that never went."""
    facts = apply(said={"decision_by": "2026-11-20"})
    inquiry, detail = follow_ups(plan(facts, now=at("2026-12-09 12:00")))
    assert inquiry.state is StepState.MISSED
    assert detail.reason == "two weeks after the day planned for the status inquiry"
