"""What steps and interviews look like in a calendar: when, where they stand, and what can be read in them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_samples import CHICAGO, DANA, RITA, SAM, apply, at, meet, only, past, plan, touch, waits

from followup_mail.cadence.step import Kind, Plan, Step, StepState
from followup_mail.calendar.event import OFF, Event, EventStatus, as_title
from followup_mail.calendar.interview_events import make_interview_events
from followup_mail.calendar.step_events import Words, make_step_event
from followup_mail.drafts.write_script import Part
from followup_mail.facts.application import Application, Channel

QUIET = Words()
REJECTED = {"outcome": {"status": "rejected", "on": date(2026, 11, 23)}}


def shown(application: Application, step: Step, words: Words = QUIET) -> Event:
    """The event of a step that has a date."""
    event = make_step_event(application, step, words)
    assert event is not None
    return event


def all_shown(application: Application, found: Plan) -> list[Event]:
    """The events of a whole plan."""
    return [one for step in found.steps if (one := make_step_event(application, step, QUIET))]


def test_a_mail_is_short_and_takes_no_time_of_the_users() -> None:
    """A thank-you stands in the calendar at its planned moment, with the reason, the person and what to type."""
    application = apply()
    event = shown(application, only(plan(application), Kind.THANK_YOU))
    assert event.title == "Mail to Dana Lee (Acme): thank-you"
    assert event.start_at == at("2026-11-19 08:30")
    assert (event.end_at - event.start_at, event.busy) == (timedelta(minutes=15), False)
    assert event.alarm_before == timedelta(0)
    assert "Why then: two hours after your interview" in event.description
    assert "Their time: Thu 19 Nov 2026, 08:30 in Chicago" in event.description
    assert "To: Dana Lee\nE-mail: dana@acme.example\nPhone: +1 312 555 0101" in event.description
    assert "followup-mail send acme thank_you --to dana-lee" in event.description


def test_a_call_brings_number_and_script_ten_minutes_ahead() -> None:
    """A call blocks the time, reminds early, and holds the number and every part of the script."""
    application = apply()
    (call, *_) = [one for one in plan(application, "weekly-calls").steps if one.channel is Channel.PHONE]
    parts = (Part("If somebody else answers", "Could you put me through?"), Part("On voicemail", "Call me back."))
    event = shown(application, call, Words(parts))
    assert event.title == "Call Rita Recruit (Acme): status inquiry"
    assert (event.alarm_before, event.busy, event.categories[-1]) == (timedelta(minutes=10), True, "Call")
    assert "Phone: +1 312 555 0100" in event.description
    assert event.description.endswith(
        "If somebody else answers:\nCould you put me through?\n\nOn voicemail:\nCall me back."
    )


def test_a_script_that_cannot_be_written_says_what_is_missing() -> None:
    """The event is there all the same, and says which fact to add."""
    application = apply()
    (call, *_) = [one for one in plan(application, "weekly-calls").steps if one.channel is Channel.PHONE]
    event = shown(application, call, Words(missing="It needs your phone number. Set FOLLOWUP_PHONE."))
    assert event.description.endswith(
        "What to say cannot be written yet. It needs your phone number. Set FOLLOWUP_PHONE."
    )


def test_a_letter_brings_the_postal_address() -> None:
    """What is written on the envelope is in the event."""
    application = apply()
    event = shown(application, only(plan(application, "weekly-calls"), Kind.THANK_YOU))
    assert event.title.startswith("Letter to Dana Lee")
    assert "Address: Dana Lee, Acme, 1 Main St, Chicago" in event.description


def test_a_mail_that_is_passed_on_says_through_whom() -> None:
    """The address in the event is the one that the mail really goes to."""
    application = apply(interviews=[meet("2026-11-18 14:00", {**DANA, "email": None})])
    event = shown(application, only(plan(application), Kind.THANK_YOU))
    assert "Passed on by: Rita Recruit\nE-mail: rita@acme.example" in event.description


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (StepState.UPCOMING, EventStatus.TENTATIVE),
        (StepState.BLOCKED, EventStatus.TENTATIVE),
        (StepState.DUE, EventStatus.CONFIRMED),
        (StepState.QUEUED, EventStatus.CONFIRMED),
        (StepState.DONE, EventStatus.DONE),
        (StepState.SKIPPED, EventStatus.CALLED_OFF),
        (StepState.MISSED, EventStatus.MISSED),
    ],
)
def test_every_state_of_a_step_has_its_standing(state: StepState, status: EventStatus) -> None:
    """Found in real plans: one step in each state, and reminders only for what is still to be done."""
    step = next(one for application, found in _plans() for one in found.steps if one.state is state and one.moment)
    event = shown(apply(), step)
    assert event.status is status
    assert (event.alarm_before is not None) == (status in {EventStatus.TENTATIVE, EventStatus.CONFIRMED})


def _plans() -> list[tuple[Application, Plan]]:
    usual, poor, rejected = apply(), apply(not_mentioned=[]), apply(**REJECTED)
    done = past(touch(Kind.THANK_YOU, "2026-11-19 08:30", "dana-lee"))
    queued = past(waiting=(waits(Kind.THANK_YOU, "2026-11-19 08:30", "dana-lee"),))
    return [
        (usual, plan(usual)),
        (usual, plan(usual, now=at("2026-11-19 09:00"))),
        (usual, plan(usual, now=at("2026-12-24 09:00"))),
        (usual, plan(usual, history=done, now=at("2026-11-20 09:00"))),
        (usual, plan(usual, history=queued)),
        (poor, plan(poor)),
        (rejected, plan(rejected, now=at("2026-11-24 09:00"))),
    ]


def test_a_queued_mail_that_will_not_go_is_called_off() -> None:
    """A rejection in the facts rules it out before anybody cancels the entry."""
    application = apply(**REJECTED)
    history = past(waiting=(waits(Kind.STATUS_INQUIRY, "2026-12-09 08:30"),))
    step = only(plan(application, history=history, now=at("2026-11-24 09:00")), Kind.STATUS_INQUIRY)
    assert step.state is StepState.QUEUED
    event = shown(application, step)
    assert event.status is EventStatus.CALLED_OFF
    assert "they said no on Mon 23 Nov" in event.description


def test_a_mail_that_waits_for_a_decision_is_not_to_be_written_again() -> None:
    """With a draft in the outbox the event leads there, not to a second mail."""
    application = apply()
    history = past(waiting=(waits(Kind.THANK_YOU, "2026-11-19 08:30", "dana-lee", state="draft"),))
    event = shown(application, only(plan(application, history=history), Kind.THANK_YOU))
    assert "a draft of it waits in the outbox" in event.description
    assert event.description.endswith("Decide about it first: followup-mail outbox list")
    assert "followup-mail send" not in event.description


def test_what_is_done_stands_where_it_was_done() -> None:
    """A step done late is shown at that moment, without a script or a command."""
    application = apply()
    history = past(touch(Kind.THANK_YOU, "2026-11-20 11:11", "dana-lee"))
    step = only(plan(application, history=history, now=at("2026-11-21 09:00")), Kind.THANK_YOU)
    event = shown(application, step, Words((Part("Never", "shown"),)))
    assert event.start_at == at("2026-11-20 11:11")
    assert "shown" not in event.description
    assert "followup-mail " not in event.description


def test_a_step_without_a_date_is_left_out() -> None:
    """Nothing is put on an invented day."""
    application = apply()
    step = only(plan(application), Kind.THANK_YOU)
    undated = type(step)(step.id, step.kind, step.channel, None, None, StepState.BLOCKED, None, None, "nobody known")
    assert make_step_event(application, undated, QUIET) is None


def test_the_event_stays_the_same_while_nothing_happens() -> None:
    """Looking again an hour, a day or a week later changes an event only by where it stands."""
    application = apply()
    first = {one.uid: one for one in all_shown(application, plan(application))}
    for now in ("2026-11-18 18:00", "2026-11-19 08:00", "2026-11-19 12:00", "2026-11-23 09:00"):
        for one in all_shown(application, plan(application, now=at(now))):
            known = first[one.uid]
            assert one.status in OFF or (one.title, one.start_at, one.description) == (
                known.title,
                known.start_at,
                known.description,
            )


def test_every_step_of_a_plan_has_a_uid_of_its_own() -> None:
    """Neither two steps nor a step and an interview share one, and none tells a name."""
    application = apply(interviews=[meet("2026-11-18 14:00", DANA, SAM), meet("2026-11-20 10:00", DANA, round=2)])
    events = [*make_interview_events(application, ()), *all_shown(application, plan(application))]
    uids = [one.uid for one in events]
    assert len(set(uids)) == len(uids) > 4
    assert all(uid.endswith("@followup-mail.invalid") and "acme" not in uid and "dana" not in uid for uid in uids)


def test_uids_are_those_of_earlier_releases() -> None:
    """A UID that changes would leave the old event in every calendar: these two are fixed for good."""
    application = apply()
    step = only(plan(application), Kind.THANK_YOU)
    assert str(step.id) == "acme/thank_you/r1/dana-lee/1"
    assert shown(application, step).uid == "7f8d929e-04d1-5b3c-bd09-37ba50bea755@followup-mail.invalid"
    assert make_interview_events(application, ())[0].uid == "9cd2e1f3-7927-50ee-a3b2-f96c52eb1aaa@followup-mail.invalid"


def test_an_interview_stands_in_the_calendar_with_its_people() -> None:
    """Its whole length is taken, the reminder comes an hour ahead, and it says whom to ask what."""
    application = apply(interviews=[meet("2026-11-18 14:00", DANA, SAM, format="phone")])
    (event,) = make_interview_events(application, ("Ask how and when you will hear.",))
    assert event.title == "Interview (round 1): Data engineer at Acme"
    assert (event.start_at, event.end_at) == (at("2026-11-18 14:00"), at("2026-11-18 15:00"))
    assert (event.status, event.alarm_before, event.busy) == (EventStatus.CONFIRMED, timedelta(hours=1), True)
    assert "round 1, by phone" in event.description
    assert "- Dana Lee, +1 312 555 0101\n- Dr. Sam Roe, +1 312 555 0102" in event.description
    assert "Before you leave:\n- Ask how and when you will hear." in event.description


def test_an_interview_that_moves_keeps_its_uid() -> None:
    """Within its round it is known by its place, so a new date updates it; other rounds are other events."""
    first, moved = (apply(interviews=[meet(start)]) for start in ("2026-11-18 14:00", "2026-11-20 09:00"))
    assert make_interview_events(first, ())[0].uid == make_interview_events(moved, ())[0].uid
    both = apply(interviews=[meet("2026-11-20 09:00", round=2), meet("2026-11-18 14:00"), meet("2026-11-18 16:00")])
    events = make_interview_events(both, ())
    assert events[0].uid == make_interview_events(first, ())[0].uid
    assert len({one.uid for one in events}) == 3


def test_an_interview_after_the_end_is_called_off() -> None:
    """One that lies after a rejection will not take place; one before it did, and an offer ends no conversation."""
    interviews = [meet("2026-11-18 14:00"), meet("2026-11-30 14:00", round=2)]
    rejected = make_interview_events(apply(interviews=interviews, **REJECTED), ())
    offered = make_interview_events(
        apply(interviews=interviews, outcome={"status": "offer", "on": date(2026, 11, 23)}), ()
    )
    assert [one.status for one in rejected] == [EventStatus.CONFIRMED, EventStatus.CALLED_OFF]
    assert [one.status for one in offered] == [EventStatus.CONFIRMED, EventStatus.CONFIRMED]


@pytest.mark.parametrize(
    ("zone", "start", "starts", "lasts"),
    [
        (CHICAGO, "2026-11-01 01:30-05:00", "2026-11-01 06:30", 1),
        (CHICAGO, "2026-11-01 01:30-06:00", "2026-11-01 07:30", 1),
        (CHICAGO, "2026-03-08 01:30", "2026-03-08 07:30", 1),
        ("Asia/Kathmandu", "2026-11-18 10:00", "2026-11-18 04:15", 1),
        ("Pacific/Kiritimati", "2026-11-18 10:00", "2026-11-17 20:00", 1),
        ("Pacific/Apia", "2028-02-29 23:30", "2028-02-29 10:30", 1),
    ],
)
def test_times_are_right_where_clocks_change(zone: str, start: str, starts: str, lasts: int) -> None:
    """Both passes of a doubled hour, the edge of a skipped one, odd zones: the instant and the length are right."""
    application = apply(time_zone=zone, interviews=[meet(start)])
    (event,) = make_interview_events(application, ())
    assert event.start_at == datetime.fromisoformat(starts).replace(tzinfo=UTC)
    assert event.end_at - event.start_at == timedelta(hours=lasts)
    assert event.start_at.tzinfo is UTC


def test_long_names_and_long_scripts_are_cut() -> None:
    """A title stays readable and a description below what Google Calendar keeps; what is cut shows it."""
    application = apply(company="C" * 200, role="R" * 200, contacts=[{**RITA, "name": "N" * 200}])
    call = next(one for one in plan(application, "weekly-calls").steps if one.channel is Channel.PHONE)
    event = shown(application, call, Words((Part("On voicemail", "blah " * 50_000),)))
    assert len(event.title) <= 160
    assert "…" in event.title
    assert len(event.description) == 8_000
    assert event.description.endswith("…")


@given(st.text())
def test_a_title_is_one_line(text: str) -> None:
    """Whatever a name holds, a title is a single line of bounded length."""
    title = as_title(text)
    assert len(title) <= 160
    assert title == " ".join(title.split())
