"""Every rule of the five published guides is carried by its preset. G0 to G4 name the guides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from plan_samples import DANA, OPEN, PRESETS, RITA, SAM, apply, at, meet, of_kind, only, past, plan, touch, when

from followup_mail.cadence.cadence_files import find_cadence
from followup_mail.cadence.method import Cadence, Need
from followup_mail.cadence.step import Kind, StepState
from followup_mail.facts.application import Channel

BEFORE_ANY = apply(interviews=[])


def said(cadence: Cadence, kind: Kind) -> str:
    """What a cadence wants said in its messages of one kind."""
    return " ".join(step.say for step in cadence.steps_of(kind)).lower()


def never(name: str) -> str:
    return " ".join(find_cadence(name).never).lower()


def ask(name: str) -> str:
    return " ".join(find_cadence(name).ask).lower()


# G0, polite-persistence


def test_g0_application_check() -> None:
    """G0: the day after applying, a short e-mail asks whether the application arrived."""
    check, _ = of_kind(plan(BEFORE_ANY, "polite-persistence", at("2026-11-03 09:00")), Kind.APPLICATION_CHECK)
    assert (when(check), check.channel, check.state) == ("Tue 03 Nov 08:30", Channel.EMAIL, StepState.DUE)
    assert "arrive" in said(find_cadence("polite-persistence"), Kind.APPLICATION_CHECK)


@pytest.mark.parametrize("word", [{"calls": False}, {}, {"channel": "email"}])
def test_g0_never_call_unasked(word: dict[str, object]) -> None:
    """G0: many employers ask not to be called; without a yes, nobody is called."""
    found = plan(apply(interviews=[], said=word), "polite-persistence", at("2026-11-03 09:00"))
    _, call = of_kind(found, Kind.APPLICATION_CHECK)
    assert call.state is StepState.SKIPPED
    assert "call where they ask not to be called" in never("polite-persistence")


def test_g0_one_brief_call() -> None:
    """G0: where calls are accepted, one call, between one day and one week after applying."""
    found = plan(apply(interviews=[], said={"calls": True}), "polite-persistence", at("2026-11-03 09:00"))
    (call,) = [one for one in of_kind(found, Kind.APPLICATION_CHECK) if one.channel is Channel.PHONE]
    assert call.due_at is not None
    assert call.last_at is not None
    assert at("2026-11-03 00:00") <= call.due_at <= call.last_at <= at("2026-11-09 23:59")
    words = said(find_cadence("polite-persistence"), Kind.APPLICATION_CHECK)
    assert "being considered" in words
    assert "come in" in words


@pytest.mark.parametrize("name", PRESETS)
def test_g0_thank_everyone(name: str) -> None:
    """G0: everyone met is thanked, nobody left out; every cadence does."""
    panel = [{"name": f"Person {letter}", "email": f"{letter}@acme.example"} for letter in "abcdefg"]
    found = plan(apply(interviews=[meet("2026-11-18 14:00", *panel)]), name)
    assert {one.id.person for one in of_kind(found, Kind.THANK_YOU)} == {f"person-{letter}" for letter in "abcdefg"}
    assert "leave out anybody" in never("polite-persistence")


def test_g0_name_what_convinced() -> None:
    """G0: the thank-you names what convinced the candidate; without it, it is blocked and says so."""
    dull = {key: value for key, value in DANA.items() if key != "convinced"}
    thanks = only(plan(apply(interviews=[meet("2026-11-18 14:00", dull)]), "polite-persistence"), Kind.THANK_YOU)
    assert thanks.state is StepState.BLOCKED
    assert thanks.needs == ("what convinced you when you spoke with Dana Lee",)


def test_g0_sincere() -> None:
    """G0: thanks for time and consideration, sincere, not overdone: exaggerated praise reads as flattery."""
    words = said(find_cadence("polite-persistence"), Kind.THANK_YOU)
    assert all(word in words for word in ("time and consideration", "sincerely", "overdoing", "listened"))
    assert "flattery" in never("polite-persistence")


def test_g0_follow_up_again() -> None:
    """G0: no answer, follow up again: assertive and polite."""
    inquiries = of_kind(plan(apply(), "polite-persistence"), Kind.STATUS_INQUIRY)
    assert [when(one) for one in inquiries] == ["Wed 25 Nov 15:00", "Wed 09 Dec 15:00"]
    assert "assertive and polite" in said(find_cadence("polite-persistence"), Kind.STATUS_INQUIRY)


@pytest.mark.parametrize("name", PRESETS)
def test_g0_thank_for_a_rejection(name: str) -> None:
    """G0: rejected, thank them for their time all the same: the next working morning, in every cadence."""
    no = apply(outcome={"status": "rejected", "on": "2026-11-25", "by": "rita@acme.example"})
    thanks = only(plan(no, name, at("2026-11-25 18:00")), Kind.REJECTION_THANKS)
    assert (when(thanks), thanks.state, thanks.id.person) == ("Fri 27 Nov 08:30", StepState.UPCOMING, "rita-recruit")
    assert "thank them for their time" in said(find_cadence(name), Kind.REJECTION_THANKS)


# G1, timeline


def test_g1_ask_for_the_date() -> None:
    """G1: before leaving, ask for the next steps, and how and when one will hear."""
    assert "next steps, and how and when you will hear" in ask("timeline")


def test_g1_nothing_before_the_date() -> None:
    """G1: nothing before the promised date has passed; once it has, reach out."""
    found = plan(apply(said={"decision_by": "2026-12-04"}), "timeline")
    first, second = of_kind(found, Kind.STATUS_INQUIRY)
    assert when(first) == "Mon 07 Dec 08:30"
    assert first.reason == "they decide by Fri 4 Dec, plus one working day"
    assert second.due_at is not None
    assert "before the day they named has passed" in never("timeline")


def test_g1_what_it_asks() -> None:
    """G1: it asks politely for an update and the timing of the decision, and restates interest."""
    words = said(find_cadence("timeline"), Kind.STATUS_INQUIRY)
    assert all(
        part in words for part in ("politely", "status update", "timing of the decision", "restate your interest")
    )


def test_g1_two_weeks_apart() -> None:
    """G1: about two weeks between messages, and two weeks after the interview without a date."""
    first, second = of_kind(plan(apply(), "timeline"), Kind.STATUS_INQUIRY)
    assert (when(first), when(second)) == ("Wed 02 Dec 15:00", "Wed 16 Dec 15:00")


def test_g1_interval_they_named() -> None:
    """G1: better than two weeks is the interval that the recruiter named."""
    first, second = of_kind(plan(apply(said={"interval": "10 days"}), "timeline"), Kind.STATUS_INQUIRY)
    assert (when(first), when(second)) == ("Mon 30 Nov 08:30", "Thu 10 Dec 08:30")
    assert "ten days after" in first.reason
    assert "the interval they named" in first.reason
    assert "how often a follow-up is welcome" in ask("timeline")


def test_g1_second_may_be_a_call() -> None:
    """G1: the first follow-up is a mail, the second a call, in words for a busy person; a mail where calls are not."""
    first, second = of_kind(plan(apply(), "timeline"), Kind.STATUS_INQUIRY)
    assert (first.channel, second.channel) == (Channel.EMAIL, Channel.PHONE)
    _, moved = of_kind(plan(apply(said={"calls": False}), "timeline"), Kind.STATUS_INQUIRY)
    assert (moved.channel, moved.state) == (Channel.EMAIL, StepState.UPCOMING)
    words = said(find_cadence("timeline"), Kind.STATUS_INQUIRY)
    assert all(part in words for part in ("they are busy", "you are keen", "still considered"))


def test_g1_respectful() -> None:
    """G1: wait an appropriate time, stay respectful at all times."""
    assert "respect" in never("timeline")


# G2, next-day


@pytest.mark.parametrize("name", PRESETS)
def test_g2_their_channel_and_timeline_override(name: str) -> None:
    """G2: what they prefer overrides everything: channel and date hold in every cadence."""
    found = plan(apply(said={"channel": "phone", "not_before": "2027-01-11"}), name)
    follow_ups = [*of_kind(found, Kind.STATUS_INQUIRY), *of_kind(found, Kind.ADDITIONAL_DETAIL)]
    assert follow_ups
    assert all(one.channel is Channel.PHONE for one in follow_ups)
    assert all(one.due_at and one.due_at >= at("2027-01-11 00:00") for one in follow_ups)
    assert "how to follow up: the channel and the timeline" in ask("next-day")


def test_g2_business_cards() -> None:
    """G2: a card from every interviewer: direct contact details, not only HR's."""
    assert "card from every interviewer" in ask("next-day")
    assert "direct contact details" in ask("next-day")


def test_g2_next_day_thank_you() -> None:
    """G2: the next day, a thank-you e-mail of a couple of sentences."""
    thanks = only(plan(apply(), "next-day"), Kind.THANK_YOU)
    assert (when(thanks), thanks.channel) == ("Thu 19 Nov 08:30", Channel.EMAIL)
    words = said(find_cadence("next-day"), Kind.THANK_YOU)
    assert all(part in words for part in ("couple of sentences", "attention", "good candidate", "interest"))


def test_g2_call_in_a_week() -> None:
    """G2: five to seven days after the interview, a phone call, if their instructions allow it."""
    call = only(plan(apply(), "next-day"), Kind.STATUS_INQUIRY)
    assert (when(call), call.channel) == ("Mon 23 Nov 15:00", Channel.PHONE)
    assert call.reason == "five to seven days after your interview on Wed 18 Nov"
    refused = only(
        plan(apply(said={"calls": False, "quote": "Please don't call us."}), "next-day"), Kind.STATUS_INQUIRY
    )
    assert refused.state is StepState.SKIPPED
    assert refused.note == 'they said no calls: "Please don\'t call us."'
    words = said(find_cadence("next-day"), Kind.STATUS_INQUIRY)
    assert "under consideration" in words
    assert "more information" in words


def test_g2_never() -> None:
    """G2: never desperate, no other offers, no pestering, no handwritten note, always polite and professional."""
    words = never("next-day")
    assert all(
        part in words for part in ("desperate", "other offers", "pester", "handwritten", "polite and professional")
    )
    assert all(step.channel is not Channel.POST for step in find_cadence("next-day").steps)


# G3, rule-of-three


def test_g3_plan_from_the_answer() -> None:
    """G3: a process that takes three months gets no weekly mails: the date they named holds everything back."""
    found = plan(apply(said={"decision_by": "2027-02-19"}), "rule-of-three")
    ahead = [one for one in found.steps if one.kind is not Kind.THANK_YOU and one.state in OPEN]
    assert ahead
    assert all(one.due_at and one.due_at > at("2027-02-20 00:00") for one in ahead)
    assert "no weekly mails" in ask("rule-of-three")


@pytest.mark.parametrize("hour", ["09:00", "14:00", "18:00"])
def test_g3_within_48_hours(hour: str) -> None:
    """G3: within 48 hours a brief thank-you to each person, by e-mail, not by post."""
    found = plan(apply(interviews=[meet(f"2026-11-17 {hour}", DANA, SAM)]), "rule-of-three", at("2026-11-17 20:00"))
    for thanks in of_kind(found, Kind.THANK_YOU):
        assert thanks.due_at is not None
        assert thanks.due_at - at(f"2026-11-17 {hour}") < timedelta(hours=48)
        assert thanks.channel is Channel.EMAIL
    assert "by post" in never("rule-of-three")


def test_g3_second_note() -> None:
    """G3: one to three weeks after the thank-you, a second note with one pertinent point that was not discussed."""
    sent = past(touch(Kind.THANK_YOU, "2026-11-20 10:00"))
    note = only(
        plan(apply(contacts=[], interviews=[meet("2026-11-18 14:00", RITA)]), "rule-of-three", history=sent),
        Kind.ADDITIONAL_DETAIL,
    )
    assert note.due_at is not None
    assert timedelta(weeks=1) - timedelta(hours=10) <= note.due_at - at("2026-11-20 10:00") <= timedelta(weeks=3)
    assert "one week after your thank-you of Fri 20 Nov" in note.reason
    nothing_left = only(plan(apply(not_mentioned=[]), "rule-of-three"), Kind.ADDITIONAL_DETAIL)
    assert nothing_left.needs == ("one point you did not get to mention",)
    words = said(find_cadence("rule-of-three"), Kind.ADDITIONAL_DETAIL)
    assert all(part in words for part in ("skills", "mission", "rapport", "was not discussed"))


def test_g3_every_message_shows_a_match() -> None:
    """G3: every single message names something that genuinely shows a good match."""
    steps = [one for one in find_cadence("rule-of-three").steps if one.kind is not Kind.REJECTION_THANKS]
    assert all(Need.FIT in step.needs for step in steps)
    unfit = plan(apply(fit=[], interviews=[meet("2026-11-18 14:00", {**DANA, "convinced": ""})]), "rule-of-three")
    assert all("one reason why you fit" in one.needs for one in unfit.steps)
    assert "names no good match" in never("rule-of-three")


def test_g3_third_asks_for_the_status() -> None:
    """G3: the third and last message asks for the status and offers to answer questions."""
    found = plan(apply(), "rule-of-three")
    last = found.steps[-1]
    assert last.kind is Kind.STATUS_INQUIRY
    words = said(find_cadence("rule-of-three"), Kind.STATUS_INQUIRY)
    assert all(part in words for part in ("third and last", "status", "answer questions", "call"))


def test_g3_three_is_the_limit() -> None:
    """G3: three is the limit; no answer after the third: move on."""
    three = past(
        touch(Kind.THANK_YOU, "2026-11-19 09:00"),
        touch(Kind.ADDITIONAL_DETAIL, "2026-11-30 09:00"),
        touch(Kind.STATUS_INQUIRY, "2026-12-14 09:00"),
    )
    facts = apply(contacts=[], interviews=[meet("2026-11-18 14:00", RITA)])
    found = plan(facts, "rule-of-three", at("2027-01-20 09:00"), three)
    assert {one.state for one in found.steps} == {StepState.DONE}
    assert found.notes == ("You have done what this cadence asks with Rita Recruit: time to move on.",)
    assert "go on after the third" in never("rule-of-three")


# G4, weekly-calls


def test_g4_cards() -> None:
    """G4: a card from each person; without one, name, title and at least one way to reach them."""
    assert "card from each person" in ask("weekly-calls")
    assert "name, title and at least one way to reach them" in ask("weekly-calls")


def test_g4_letters_at_once() -> None:
    """G4: immediately after, a personal, signed letter to each person, which announces a follow-up in one week."""
    found = plan(apply(interviews=[meet("2026-11-18 14:00", DANA, SAM)]), "weekly-calls")
    letters = of_kind(found, Kind.THANK_YOU)
    assert [(when(one), one.channel) for one in letters] == [("Wed 18 Nov 15:00", Channel.POST)] * 2
    words = said(find_cadence("weekly-calls"), Kind.THANK_YOU)
    assert all(part in words for part in ("personal and signed", "typed", "follow up in one week"))


def test_g4_first_call_after_a_full_week() -> None:
    """G4: one full week after the interview, phone calls with a script."""
    first, *_ = of_kind(plan(apply(), "weekly-calls"), Kind.STATUS_INQUIRY)
    assert (when(first), first.channel) == ("Wed 25 Nov 15:00", Channel.PHONE)
    words = said(find_cadence("weekly-calls"), Kind.STATUS_INQUIRY)
    parts = (
        "who you are",
        "day and time",
        "where the process stands",
        "credentials compare",
        "references",
        "voicemail",
    )
    assert all(part in words for part in parts)
    assert "phone number" in words


def test_g4_voicemail_only() -> None:
    """G4: voicemail only, one more week, then at least two more attempts, a week between any two."""
    calls = past(
        touch(Kind.STATUS_INQUIRY, "2026-11-25 15:00", channel=Channel.PHONE, reached=False),
        touch(Kind.STATUS_INQUIRY, "2026-12-02 15:30", channel=Channel.PHONE, reached=False, nth=2),
    )
    found = of_kind(plan(apply(), "weekly-calls", at("2026-12-03 09:00"), calls), Kind.STATUS_INQUIRY)
    assert [when(one) for one in found if one.state is StepState.UPCOMING] == [
        "Wed 09 Dec 15:30",
        "Wed 16 Dec 15:30",
        "Wed 23 Dec 15:30",
    ]


def test_g4_stop_after_three() -> None:
    """G4: no movement after the third call that reached somebody: no further contact."""
    calls = past(
        *(
            touch(Kind.STATUS_INQUIRY, f"2026-{day} 10:00", channel=Channel.PHONE, nth=n)
            for n, day in enumerate(("11-25", "12-02", "12-09"), start=1)
        )
    )
    found = plan(apply(), "weekly-calls", at("2026-12-20 09:00"), calls)
    assert {one.state for one in of_kind(found, Kind.STATUS_INQUIRY)} == {StepState.DONE}
    assert "after the third call" in never("weekly-calls")


# The table at the end: where they disagree.


@pytest.mark.parametrize(
    ("name", "kind", "channel", "moment"),
    [
        ("polite-persistence", Kind.STATUS_INQUIRY, Channel.EMAIL, "Wed 25 Nov 15:00"),
        ("timeline", Kind.STATUS_INQUIRY, Channel.EMAIL, "Wed 02 Dec 15:00"),
        ("next-day", Kind.STATUS_INQUIRY, Channel.PHONE, "Mon 23 Nov 15:00"),
        ("rule-of-three", Kind.ADDITIONAL_DETAIL, Channel.EMAIL, "Wed 25 Nov 15:00"),
        ("weekly-calls", Kind.STATUS_INQUIRY, Channel.PHONE, "Wed 25 Nov 15:00"),
        ("balanced", Kind.ADDITIONAL_DETAIL, Channel.EMAIL, "Wed 25 Nov 15:00"),
    ],
)
def test_first_follow_up(name: str, kind: Kind, channel: Channel, moment: str) -> None:
    """The guides disagree on the first follow-up; each preset does as its guide says."""
    found = plan(apply(), name)
    first = next(one for one in found.steps if one.kind is not Kind.THANK_YOU)
    assert (first.kind, first.channel, when(first)) == (kind, channel, moment)


@pytest.mark.parametrize(
    ("name", "contacts"), [(name, 3) for name in PRESETS if name != "weekly-calls"] + [("weekly-calls", None)]
)
def test_limits(name: str, contacts: int | None) -> None:
    """Three contacts are the limit everywhere; only weekly-calls counts calls instead."""
    limit = find_cadence(name).limit
    assert (limit.contacts, limit.calls_reached, limit.calls_tried) == (contacts, 3, 5)
