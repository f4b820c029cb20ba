"""Follow-ups: to whom, when, how far apart, and what they said about it."""

from __future__ import annotations

from typing import Any

import pytest
from plan_samples import DANA, RITA, SAM, apply, at, meet, of_kind, only, past, plan, touch, waits, when

from followup_mail.cadence.step import Kind, Plan, Step, StepState
from followup_mail.facts.application import Channel

DETAIL, STATUS = Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY


def follow_ups(found: Plan) -> list[Step]:
    return [one for one in found.steps if one.kind in {DETAIL, STATUS}]


def dates(found: Plan) -> list[tuple[Kind, str]]:
    return [(one.kind, when(one)) for one in follow_ups(found)]


def test_balanced_with_a_date() -> None:
    """With a promised date: the inquiry two working days after it, two weeks later the detail, then nothing."""
    found = plan(apply(said={"decision_by": "2026-12-04"}))
    assert dates(found) == [(STATUS, "Tue 08 Dec 08:30"), (DETAIL, "Tue 22 Dec 08:30")]
    assert [one.reason for one in follow_ups(found)] == [
        "they decide by Fri 4 Dec, plus two working days",
        "two weeks after the status inquiry",
    ]


def test_balanced_without_a_date() -> None:
    """Without a date: the detail after a week, two weeks later the inquiry, then nothing."""
    found = plan(apply())
    assert dates(found) == [(DETAIL, "Wed 25 Nov 15:00"), (STATUS, "Wed 09 Dec 15:00")]
    assert [one.reason for one in follow_ups(found)] == [
        "one week after your interview on Wed 18 Nov",
        "two weeks after the second note",
    ]


@pytest.mark.parametrize(
    ("said", "cadence", "first", "words"),
    [
        ({"not_before": "2026-12-07"}, "balanced", "Mon 07 Dec 08:30", "not before Mon 7 Dec, as they asked"),
        ({"not_before": "2026-11-20"}, "balanced", "Wed 25 Nov 15:00", "one week after your interview"),
        ({"not_before": "2026-11-26"}, "balanced", "Fri 27 Nov 08:30", "as they asked, past Thanksgiving Day"),
        ({"not_before": "2026-12-12"}, "balanced", "Mon 14 Dec 08:30", "as they asked, past the weekend"),
        ({"not_before": "2027-01-11"}, "balanced", "Mon 11 Jan 08:30", "not before Mon 11 Jan 2027, as they asked"),
        ({"decision_by": "2026-12-04", "not_before": "2026-12-10"}, "balanced", "Thu 10 Dec 08:30", "not before"),
        ({"decision_by": "2026-11-25"}, "balanced", "Mon 30 Nov 08:30", "they decide by Wed 25 Nov, plus two working"),
        ({"decision_by": "2026-12-31"}, "balanced", "Tue 05 Jan 08:30", "they decide by Thu 31 Dec, plus two working"),
        ({"decision_by": "2026-12-04"}, "next-day", "Mon 07 Dec 08:30", "they decide by Fri 4 Dec, plus one working"),
        ({"decision_by": "2026-12-04"}, "weekly-calls", "Mon 07 Dec 08:30", "they decide by Fri 4 Dec"),
        ({"decision_by": "2026-11-19"}, "weekly-calls", "Wed 25 Nov 15:00", "one week after your interview"),
        ({"interval": "3 days"}, "balanced", "Mon 23 Nov 08:30", "three days after your interview on Wed 18 Nov"),
        ({"interval": "5 weeks"}, "balanced", "Wed 23 Dec 15:00", "the interval they named"),
        ({"interval": "5 weeks", "decision_by": "2026-12-04"}, "next-day", "Mon 07 Dec 08:30", "they decide by"),
        ({"interval": "5 weeks", "decision_by": "2026-12-04"}, "balanced", "Tue 08 Dec 08:30", "they decide by"),
    ],
)
def test_their_word_goes_first(said: dict[str, Any], cadence: str, first: str, words: str) -> None:
    """Dates and intervals that they named override the cadence, and the reason says so."""
    step = follow_ups(plan(apply(said=said), cadence))[0]
    assert when(step) == first
    assert words in step.reason


def test_their_interval_holds_between_too() -> None:
    """The interval they named is also the one between two follow-ups."""
    found = plan(apply(said={"interval": "1 week"}))
    assert dates(found) == [(DETAIL, "Wed 25 Nov 15:00"), (STATUS, "Wed 02 Dec 15:00")]
    assert follow_ups(found)[1].reason == "one week after the second note, the interval they named"


def test_their_word_spares_the_thank_you() -> None:
    """Not before and channel bind follow-ups, not thank-yous nor the answer to a rejection."""
    said = {"not_before": "2027-01-11", "channel": "phone", "decision_by": "2027-01-05"}
    thanks = only(plan(apply(said=said)), Kind.THANK_YOU)
    assert (when(thanks), thanks.channel) == ("Thu 19 Nov 08:30", Channel.EMAIL)
    rejected = apply(said=said, outcome={"status": "rejected", "on": "2026-11-24"})
    answer = only(plan(rejected), Kind.REJECTION_THANKS)
    assert (when(answer), answer.channel) == ("Wed 25 Nov 08:30", Channel.EMAIL)


def test_no_contact() -> None:
    """No contact binds everything, and the words that say so are shown."""
    said = {"contact": False, "quote": "We'll get in touch; please don't write."}
    found = plan(apply(said=said))
    assert {one.state for one in found.steps} == {StepState.SKIPPED}
    assert {one.note for one in found.steps} == {"they ask for no contact: \"We'll get in touch; please don't write.\""}


def test_stale_decision_date() -> None:
    """A decision date older than the latest round is about something else: dropped, with a note."""
    facts = apply(said={"decision_by": "2026-11-20"}, interviews=[meet(), meet("2026-12-01 14:00", SAM, round=2)])
    found = plan(facts, now=at("2026-12-01 15:30"))
    assert dates(found) == [(DETAIL, "Tue 08 Dec 15:00"), (STATUS, "Tue 22 Dec 15:00")]
    assert found.notes == ("The decision date Fri 20 Nov is older than round 2 on Tue 1 Dec, so it no longer counts.",)


def test_decision_on_the_day_of_the_interview() -> None:
    """A decision date on the very day of the round still counts."""
    assert dates(plan(apply(said={"decision_by": "2026-11-18"})))[0] == (STATUS, "Fri 20 Nov 08:30")


def test_channel_they_asked_for() -> None:
    """Follow-ups take the channel they asked for, and say why."""
    step = follow_ups(plan(apply(said={"channel": "phone"})))[0]
    assert step.channel is Channel.PHONE
    assert step.reason == "one week after your interview on Wed 18 Nov; by phone, as they asked"


def test_phone_and_no_calls() -> None:
    """Asked for the phone and for no calls, the plan makes no calls and says so."""
    found = plan(apply(said={"channel": "phone", "calls": False}))
    assert all(one.channel is Channel.EMAIL for one in follow_ups(found))
    assert "They asked for the phone and for no calls; this plan makes no calls." in found.notes


def test_no_number() -> None:
    """A call without a number is blocked, names it, and doesn't hold up the next step."""
    facts = apply(contacts=[{**RITA, "phone": None}])
    first, second, third = of_kind(plan(facts, "weekly-calls", at("2026-12-02 15:10")), STATUS)
    assert first.state is StepState.MISSED
    assert second.needs == third.needs == ("a phone number for Rita Recruit",)
    assert (second.state, third.state) == (StepState.BLOCKED, StepState.BLOCKED)
    assert (when(second), when(third)) == ("Wed 02 Dec 15:00", "Wed 09 Dec 15:00")


@pytest.mark.parametrize(
    ("contacts", "met", "person"),
    [
        ([RITA], [DANA], "rita-recruit"),
        ([], [DANA, {**SAM, "role": "hiring manager"}], "dr-sam-roe"),
        ([{**RITA, "role": "coordinator"}], [DANA], "rita-recruit"),
        ([{**RITA, "role": "coordinator"}], [DANA, {**SAM, "role": "recruiter"}], "dr-sam-roe"),
        ([{**RITA, "role": "coordinator"}], [DANA, {**SAM, "role": "hiring manager"}], "dr-sam-roe"),
        ([], [DANA, SAM], "dana-lee"),
    ],
)
def test_one_person(contacts: list[dict[str, Any]], met: list[dict[str, Any]], person: str) -> None:
    """Follow-ups go to one person: recruiter, else hiring manager, else coordinator, else the first interviewer."""
    found = plan(apply(contacts=contacts, interviews=[meet("2026-11-18 14:00", *met)]))
    assert {one.id.person for one in follow_ups(found)} == {person}


def test_who_told_the_next_steps_is_asked() -> None:
    """Of two interviewers, whoever said when they decide is asked; a hiring manager is, whoever said it."""
    panel = [meet("2026-11-18 14:00", DANA, SAM)]
    said = {"decision_by": "2026-12-03", "by": "Dr. Sam Roe"}
    found = plan(apply(contacts=[], interviews=panel, said=said))
    assert {one.id.person for one in follow_ups(found)} == {"dr-sam-roe"}
    led = [meet("2026-11-18 14:00", {**DANA, "role": "hiring manager"}, SAM)]
    found = plan(apply(contacts=[], interviews=led, said=said))
    assert {one.id.person for one in follow_ups(found)} == {"dana-lee"}
    out_of_reach = [meet("2026-11-18 14:00", DANA, {**SAM, "email": None, "phone": None})]
    found = plan(apply(contacts=[], interviews=out_of_reach, said=said))
    assert {one.id.person for one in follow_ups(found)} == {"dana-lee"}


def test_another_person() -> None:
    """The user may choose another person, by their working time."""
    away = {**DANA, "time_zone": "Asia/Jerusalem", "country": "IL"}
    facts = apply(said={"decision_by": "2026-12-03"}, interviews=[meet("2026-11-18 14:00", away)])
    found = plan(facts, to="dana-lee")
    assert {one.id.person for one in follow_ups(found)} == {"dana-lee"}
    assert dates(found)[0] == (STATUS, "Mon 07 Dec 08:30")


def test_later_than_planned() -> None:
    """A follow-up sent later than planned pushes the next one on; one sent early pulls nothing in."""
    late = plan(apply(), now=at("2026-12-03 09:00"), history=past(touch(DETAIL, "2026-12-02 10:00")))
    assert dates(late)[-1] == (STATUS, "Wed 16 Dec 10:00")
    assert follow_ups(late)[1].reason == "two weeks after your second note of Wed 2 Dec"
    early = plan(apply(), now=at("2026-11-24 09:00"), history=past(touch(DETAIL, "2026-11-20 10:00")))
    assert dates(early)[-1] == (STATUS, "Wed 09 Dec 15:00")


def test_contact_outside_the_plan() -> None:
    """A message outside the plan, to anybody of theirs, keeps the next follow-up away for an interval."""
    extra = past(touch(STATUS, "2026-11-24 10:00", "dana-lee", nth=2))
    done, detail, status = follow_ups(plan(apply(), history=extra))
    assert (done.state, done.id.person, done.at) == (StepState.DONE, "dana-lee", at("2026-11-24 10:00"))
    assert (when(detail), when(status)) == ("Tue 08 Dec 10:00", "Tue 22 Dec 10:00")
    assert detail.reason == "two weeks after your status inquiry of Tue 24 Nov"


def test_queued_keeps_away_too() -> None:
    """A mail that is queued for later keeps the next one away as if it were sent then."""
    found = plan(apply(), history=past(waiting=(waits(DETAIL, "2026-12-07 09:00"),)))
    detail, status = follow_ups(found)
    assert (detail.state, detail.at, when(detail)) == (StepState.QUEUED, at("2026-12-07 09:00"), "Wed 25 Nov 15:00")
    assert when(status) == "Mon 21 Dec 09:00"
    assert status.reason == "two weeks after your second note queued for Mon 7 Dec"


def test_missed_when_the_next_one_comes() -> None:
    """A follow-up is missed when the date of the next has come, the last one after two weeks."""
    detail, status = follow_ups(plan(apply(), now=at("2026-12-09 14:59")))
    assert (detail.state, status.state) == (StepState.DUE, StepState.UPCOMING)
    detail, status = follow_ups(plan(apply(), now=at("2026-12-09 15:00")))
    assert (detail.state, status.state) == (StepState.MISSED, StepState.DUE)
    detail, status = follow_ups(plan(apply(), now=at("2026-12-23 16:31")))
    assert (detail.state, status.state) == (StepState.MISSED, StepState.MISSED)


def test_three_contacts_per_person() -> None:
    """Three contacts with a person since the round, the thank-you included; the fourth is ruled out by the limit."""
    facts = apply(contacts=[], interviews=[meet()])
    calls = past(
        touch(Kind.THANK_YOU, "2026-11-19 09:00", "dana-lee"),
        touch(STATUS, "2026-11-20 09:00", "dana-lee", nth=2, channel=Channel.PHONE),
    )
    detail, status = [one for one in follow_ups(plan(facts, history=calls)) if one.state is not StepState.DONE]
    assert detail.state is StepState.UPCOMING
    assert (status.state, status.note) == (StepState.SKIPPED, "three contacts are the limit: time to let it rest")


def test_what_does_not_count() -> None:
    """Application checks and answers to a rejection don't count; contacts before the latest round don't either."""
    history = past(
        touch(Kind.APPLICATION_CHECK, "2026-11-03 09:00", round_number=0),
        touch(Kind.THANK_YOU, "2026-11-10 09:00", round_number=1),
        touch(STATUS, "2026-11-12 09:00", round_number=1),
        touch(DETAIL, "2026-11-16 09:00", round_number=1),
    )
    facts = apply(interviews=[meet("2026-11-09 14:00"), meet("2026-11-18 14:00", SAM, round=2)])
    second = [one for one in follow_ups(plan(facts, history=history)) if one.id.round == 2]
    assert [one.state for one in second] == [StepState.UPCOMING, StepState.UPCOMING]


def test_passed_on_counts_for_whom_it_is_meant() -> None:
    """A mail passed on by the recruiter counts for the person that it is meant for, not for the recruiter."""
    history = past(*(touch(Kind.THANK_YOU, "2026-11-19 09:00", f"person-{n}") for n in range(5)))
    assert {one.state for one in follow_ups(plan(apply(), history=history))} == {StepState.UPCOMING}


def test_further_round_suspends() -> None:
    """A further round in the calendar suspends follow-ups: they have answered; they restart from that round."""
    facts = apply(interviews=[meet(), meet("2026-12-01 14:00", SAM, round=2)])
    found = plan(facts, now=at("2026-11-26 09:00"))
    first = [one for one in follow_ups(found) if one.id.round == 1]
    second = [one for one in follow_ups(found) if one.id.round == 2]
    assert {(one.state, one.note) for one in first} == {
        (StepState.SKIPPED, "they have answered: round 2 is on Tue 1 Dec")
    }
    assert [(one.state, when(one)) for one in second] == [
        (StepState.UPCOMING, "Tue 08 Dec 15:00"),
        (StepState.UPCOMING, "Tue 22 Dec 15:00"),
    ]
    assert "Round 2 is on Tue 1 Dec: follow-ups start again from there." in found.notes
    assert only_thanks(found, 1).state is StepState.MISSED


def only_thanks(found: Plan, number: int) -> Step:
    (step,) = of_kind(found, Kind.THANK_YOU, number)
    return step


def test_somebody_new_does_not_reopen() -> None:
    """A follow-up done stays done when a recruiter is added to the facts later."""
    sent = past(touch(DETAIL, "2026-11-25 15:00", "dana-lee"))
    detail, status = follow_ups(plan(apply(), now=at("2026-11-26 09:00"), history=sent))
    assert (detail.state, detail.id.person) == (StepState.DONE, "dana-lee")
    assert (status.state, status.id.person) == (StepState.UPCOMING, "rita-recruit")


def test_point_already_made() -> None:
    """A point that an earlier message to this person made is not one that did not come up."""
    told = past(
        touch(Kind.THANK_YOU, "2026-11-19 09:00", text="Hi Rita,\n\nBy the way,  i also write the\non-call HANDBOOK.")
    )
    detail = only(plan(apply(), history=told), DETAIL)
    assert (detail.state, detail.needs) == (StepState.BLOCKED, ("one more point you did not get to mention",))


def test_end_of_the_road() -> None:
    """When everything is done and nobody answered, the plan says that it is time to move on."""
    done = past(
        touch(DETAIL, "2026-11-25 15:00"),
        touch(STATUS, "2026-12-09 15:00"),
        touch(Kind.THANK_YOU, "2026-11-19 09:00", "dana-lee"),
    )
    found = plan(apply(), now=at("2026-12-10 09:00"), history=done)
    assert found.notes == ("You have done what this cadence asks with Dana Lee and Rita Recruit: time to move on.",)


def test_not_the_end_of_the_road() -> None:
    """A thank-you alone is not all that the cadence asks: what was missed is said to have passed."""
    thanked = past(touch(Kind.THANK_YOU, "2026-11-19 09:00", "dana-lee"))
    found = plan(apply(), now=at("2027-02-01 09:00"), history=thanked)
    assert [note.split(";")[0] for note in found.notes] == ["Every date in this plan has passed"]


def test_calls_move_to_mail_where_the_guide_says_may() -> None:
    """A call that the guide leaves open becomes a mail when they take no calls, and says why."""
    _, second = of_kind(plan(apply(said={"calls": False}), "timeline"), STATUS)
    assert second.channel is Channel.EMAIL
    assert second.reason.endswith("; by e-mail, as they take no calls")


def test_holidays_are_not_counted() -> None:
    """Where working days are counted over a holiday, the reason names it, so that whoever counts along agrees."""
    first = follow_ups(plan(apply(said={"decision_by": "2027-01-15"})))[0]
    assert when(first) == "Wed 20 Jan 08:30"
    assert first.reason == (
        "they decide by Fri 15 Jan 2027, plus two working days, Martin Luther King Jr. Day not counted"
    )


@pytest.mark.parametrize(
    ("said", "first", "words"),
    [
        ({}, "Tue 08 Dec 08:30", "two weeks after their reply of Tue 24 Nov"),
        ({"interval": "1 week"}, "Tue 01 Dec 08:30", "one week after their reply of Tue 24 Nov"),
        ({"decision_by": "2026-11-20"}, "Tue 08 Dec 08:30", "two weeks after their reply of Tue 24 Nov"),
        ({"decision_by": "2026-11-30"}, "Wed 02 Dec 08:30", "they decide by Mon 30 Nov, plus two working days"),
        ({"not_before": "2026-12-01"}, "Tue 01 Dec 08:30", "not before Tue 1 Dec, as they asked"),
    ],
)
def test_taken_up_after_a_reply(said: dict[str, Any], first: str, words: str) -> None:
    """Taken up again after a reply, follow-ups leave an interval after it, unless the reply named a day."""
    facts = apply(said=said, outcome={"status": "waiting", "on": "2026-11-24"})
    step = follow_ups(plan(facts, now=at("2026-11-24 12:00")))[0]
    assert (when(step), step.reason) == (first, words)


def test_every_date_passed() -> None:
    """When everything is missed, the plan says so."""
    found = plan(apply(), now=at("2027-02-01 09:00"))
    assert {one.state for one in found.steps} == {StepState.MISSED}
    assert found.notes == ("Every date in this plan has passed; whatever you still want to send, ask for it by name.",)


def test_a_reason_says_which_holidays_were_not_counted() -> None:
    """Whoever counts the working days along gets the same day, also after an interview and after another contact."""
    met = apply(interviews=[meet("2026-11-25 14:00")])
    found = plan(met, "next-day", now=at("2026-11-25 15:30"))
    reasons = {step.reason for step in found.steps if step.reason.startswith("one working day after your interview")}
    assert reasons == {"one working day after your interview on Wed 25 Nov, Thanksgiving Day not counted"}


def test_whoever_was_met_comes_before_one_without_an_address() -> None:
    """Recruiter and hiring manager cannot be reached, an interviewer can: the mails go there."""
    panel = [meet("2026-11-18 14:00", {**DANA, "role": "hiring manager", "email": None}, SAM)]
    found = plan(apply(contacts=[{**RITA, "email": None}], interviews=panel))
    assert {one.id.person for one in follow_ups(found)} == {"dr-sam-roe"}


def test_a_missing_region_is_set_by_the_command_in_full() -> None:
    """What the plan says to type about a region names the application, so that it can be copied."""
    notes = plan(apply(country="GB", time_zone="Europe/London")).notes
    assert any(note.endswith("Set it: `followup-mail change acme --region ENG`.") for note in notes)
