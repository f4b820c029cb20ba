"""What the history does to a plan: done, queued, unclear, failed, and people who are gone from the facts."""

from __future__ import annotations

import pytest
from plan_samples import RITA, SAM, apply, at, meet, of_kind, only, past, plan, touch, waits, when

from followup_mail.cadence.step import Kind, Plan, Step, StepState
from followup_mail.facts.application import Channel
from followup_mail.services.as_json.json_views import plan_json

DETAIL, STATUS = Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY


def test_done() -> None:
    """What was done is done, says when, and keeps its planned date beside that."""
    step = only(plan(apply(), history=past(touch(DETAIL, "2026-11-25 15:04"))), DETAIL)
    assert (step.state, step.at, when(step)) == (StepState.DONE, at("2026-11-25 15:04"), "Wed 25 Nov 15:00")
    assert step.moment == step.at


def test_done_in_vain() -> None:
    """A call that reached nobody is done, and says so."""
    call = touch(STATUS, "2026-11-25 15:00", channel=Channel.PHONE, reached=False)
    first, *_ = of_kind(plan(apply(), "weekly-calls", history=past(call)), STATUS)
    assert (first.state, first.note) == (StepState.DONE, "it reached nobody")


def test_done_by_another_channel() -> None:
    """A planned mail that the user made a call instead is done."""
    call = past(touch(DETAIL, "2026-11-25 15:04", channel=Channel.PHONE))
    assert only(plan(apply(), history=call), DETAIL).state is StepState.DONE


@pytest.mark.parametrize("state", ["queued", "sending"])
def test_queued(state: str) -> None:
    """What is queued is queued, with the moment at which it goes."""
    step = only(plan(apply(), history=past(waiting=(waits(DETAIL, "2026-11-26 09:00", state=state),))), DETAIL)
    assert (step.state, step.moment, step.note) == (StepState.QUEUED, at("2026-11-26 09:00"), "")


def test_unclear() -> None:
    """What may have been sent is not open again, and says that nobody knows."""
    step = only(plan(apply(), history=past(waiting=(waits(DETAIL, "2026-11-26 09:00", state="unclear"),))), DETAIL)
    assert step.state is StepState.QUEUED
    assert step.note.startswith("it may or may not have been sent")


@pytest.mark.parametrize(
    ("state", "words"), [("draft", "approval"), ("failed", "failed"), ("missed", "missed its time")]
)
def test_entries_that_do_not_go(state: str, words: str) -> None:
    """An entry that does not go by itself leaves the step open, with a note on what waits in the outbox."""
    history = past(waiting=(waits(DETAIL, "2026-11-26 09:00", state=state),))
    step = only(plan(apply(), now=at("2026-11-26 09:00"), history=history), DETAIL)
    assert step.state is StepState.DUE
    assert words in step.note


def test_queued_before_a_day_named_since() -> None:
    """A queued mail that would go before a day they named since says so, apart from what rules it out."""
    history = past(waiting=(waits(DETAIL, "2026-11-25 15:00"),))
    step = only(plan(apply(said={"not_before": "2026-12-07"}), history=history), DETAIL)
    assert (step.state, step.too_early, step.objection) == (
        StepState.QUEUED,
        "not before Mon 7 Dec, as they asked",
        "",
    )


def test_gone_from_the_facts() -> None:
    """What was done for somebody who is not in the facts any more stays in the plan."""
    step = of_kind(plan(apply(), history=past(touch(Kind.THANK_YOU, "2026-11-19 09:00", "gone"))), Kind.THANK_YOU)[-1]
    assert (step.state, step.person, step.id.person) == (StepState.DONE, None, "gone")
    assert step.reason == "you did this"


def test_queued_for_somebody_gone() -> None:
    """A mail queued for somebody who is not in the facts any more is objected to."""
    history = past(waiting=(waits(Kind.THANK_YOU, "2026-11-19 09:00", "gone"),))
    step = next(one for one in plan(apply(), history=history).steps if one.id.person == "gone")
    assert (step.state, step.objection) == (StepState.QUEUED, "the facts file has nobody called 'gone'")


def test_queued_for_an_earlier_round() -> None:
    """A follow-up queued for a round that another one has overtaken is objected to."""
    facts = apply(interviews=[meet(), meet("2026-11-24 14:00", RITA, round=2)])
    history = past(waiting=(waits(DETAIL, "2026-11-26 09:00"),))
    steps = plan(facts, now=at("2026-11-25 09:00"), history=history).steps
    step = next(one for one in steps if (one.id.round, one.kind) == (1, DETAIL))
    assert step.objection == "round 2 on Tue 24 Nov comes after what it asks about"


def test_queued_fourth_contact() -> None:
    """A mail in the queue is objected to when three contacts have happened in the meantime."""
    history = past(
        *(touch(STATUS, f"2026-11-{day} 09:00", nth=day) for day in (19, 20, 23)),
        waiting=(waits(DETAIL, "2026-11-25 15:00"),),
    )
    assert only(plan(apply(), history=history), DETAIL).objection.startswith("three contacts are the limit")


def test_voicemail_adds_an_attempt() -> None:
    """weekly-calls: an attempt that reached nobody adds one, up to five; a reached call does not."""
    states = []
    for reached in ([], [False], [True], [False] * 3, [False] * 5, [True, True, True]):
        calls = [
            touch(STATUS, f"2026-12-{n:02} 10:00", channel=Channel.PHONE, nth=n, reached=one)
            for n, one in enumerate(reached, start=1)
        ]
        found = of_kind(plan(apply(), "weekly-calls", history=past(*calls)), STATUS)
        states.append(sum(one.state is StepState.UPCOMING for one in found))
    assert states == [3, 3, 2, 2, 0, 0]


def test_skipped_call_of_a_series() -> None:
    """A call that was left out while a later one was made is not asked for any more."""
    calls = past(touch(STATUS, "2026-12-03 10:00", channel=Channel.PHONE, nth=2))
    first, *_ = of_kind(plan(apply(), "weekly-calls", at("2026-11-26 09:00"), calls), STATUS)
    assert (first.state, first.note) == (StepState.SKIPPED, "another call of the series was made instead")


def test_early_pulls_nothing_in() -> None:
    """A step done earlier than an interval after the last contact does not bring the next one forward."""
    extra = touch(STATUS, "2026-11-24 10:00", "dana-lee", nth=2)
    planned = only_open(plan(apply(), history=past(extra)), STATUS)
    insisted = plan(apply(), history=past(extra, touch(DETAIL, "2026-11-25 10:00")))
    assert when(planned) == when(only_open(insisted, STATUS)) == "Tue 22 Dec 10:00"


def only_open(found: Plan, kind: Kind) -> Step:
    (step,) = [one for one in of_kind(found, kind) if one.state is StepState.UPCOMING]
    return step


def test_queued_third_contact() -> None:
    """A mail in the queue does not count against itself: the third contact may go."""
    history = past(
        touch(STATUS, "2026-11-19 09:00", nth=2),
        touch(STATUS, "2026-11-20 09:00", nth=3),
        waiting=(waits(DETAIL, "2026-12-07 09:00"),),
    )
    assert only(plan(apply(), history=history), DETAIL).objection == ""


def test_contacts_since_the_round_count() -> None:
    """A contact since the latest round counts, also when it was recorded for an earlier one."""
    facts = apply(interviews=[meet("2026-11-09 14:00"), meet("2026-11-18 14:00", SAM, round=2)])
    late = past(*(touch(Kind.THANK_YOU, f"2026-11-{day} 09:00", nth=day) for day in (19, 20, 23)))
    detail = next(one for one in plan(facts, history=late).steps if (one.kind, one.id.round) == (DETAIL, 2))
    assert detail.note.startswith("three contacts are the limit")
    early = past(*(touch(Kind.THANK_YOU, f"2026-11-{day} 09:00", nth=day) for day in (10, 11, 12)))
    detail = next(one for one in plan(facts, history=early).steps if (one.kind, one.id.round) == (DETAIL, 2))
    assert detail.state is StepState.UPCOMING


def test_out_of_order() -> None:
    """The second follow-up done first leaves the first one open, an interval later and with time to do it."""
    history = past(touch(STATUS, "2026-12-02 10:00"))
    detail = only(plan(apply(), now=at("2026-12-16 10:00"), history=history), DETAIL)
    assert (detail.state, when(detail)) == (StepState.DUE, "Wed 16 Dec 10:00")
    assert detail.last_at == at("2026-12-30 16:30")


def test_what_is_done_has_no_planned_moment_in_json() -> None:
    """What the plan would have it due by now is not what it was due at then."""
    found = plan_json(plan(apply(), history=past(touch(DETAIL, "2026-11-25 15:04"))))
    step = next(step for step in found["steps"] if step["kind"] == DETAIL)
    assert (step["at"], step["due_at"], step["last_at"]) == (at("2026-11-25 15:04"), None, None)
