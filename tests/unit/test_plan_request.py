"""Finding the step that somebody asks for, and making one that the plan does not have."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from plan_samples import CHICAGO, DANA, SAM, apply, at, meet, past, plan, touch, waits, when

from followup_mail.cadence.cadence_files import find_cadence
from followup_mail.cadence.planning_context import make_context
from followup_mail.cadence.requested_step import Wish, find_step, find_steps, make_step
from followup_mail.cadence.step import History, Kind, Step, StepState
from followup_mail.cadence.worktime import Place, is_permitted
from followup_mail.errors import NotFoundError
from followup_mail.facts.application import Application, Channel

NOON = at("2026-11-19 12:00")


def make(wish: Wish, application: Application | None = None, history: History | None = None) -> Step:
    scene = make_context(application or apply(), find_cadence("balanced"), history or History(), NOON, Place(CHICAGO))
    return make_step(scene, wish)


def test_next_of_a_kind() -> None:
    """The step of a kind that comes next is found, for one person or for anybody."""
    found = plan(apply(), "timeline")
    step = find_step(found, Kind.STATUS_INQUIRY)
    assert step is not None
    assert when(step) == "Wed 02 Dec 15:00"
    assert find_step(found, Kind.STATUS_INQUIRY, "rita-recruit") == step
    assert find_step(found, Kind.STATUS_INQUIRY, "dana-lee") is None
    assert find_step(found, Kind.ADDITIONAL_DETAIL) is None


def test_open_goes_before_done() -> None:
    """An open step goes before one that is done; one that is done is still found when nothing else is."""
    found = plan(apply(), "timeline", history=past(touch(Kind.STATUS_INQUIRY, "2026-12-02 15:00")))
    step = find_step(found, Kind.STATUS_INQUIRY)
    assert step is not None
    assert step.id.nth == 2
    done = find_step(
        plan(apply(), history=past(touch(Kind.ADDITIONAL_DETAIL, "2026-11-25 15:00"))), Kind.ADDITIONAL_DETAIL
    )
    assert done is not None
    assert done.state is StepState.DONE


def test_one_each() -> None:
    """For a kind, everybody concerned is found once; of two rounds, the one that still has any to write."""
    panel = apply(interviews=[meet("2026-11-10 14:00", DANA), meet("2026-11-18 14:00", DANA, SAM, round=2)])
    steps = find_steps(plan(panel), Kind.THANK_YOU)
    assert [(one.id.round, one.id.person) for one in steps] == [(2, "dana-lee"), (2, "dr-sam-roe")]
    assert len(find_steps(plan(apply(), "weekly-calls"), Kind.STATUS_INQUIRY)) == 1


def test_those_left_to_thank() -> None:
    """When part of a panel is thanked, the others are found."""
    panel = apply(interviews=[meet("2026-11-18 14:00", DANA, SAM)])
    found = plan(panel, history=past(touch(Kind.THANK_YOU, "2026-11-19 08:30", "dana-lee")))
    assert [one.id.person for one in find_steps(found, Kind.THANK_YOU)] == ["dr-sam-roe"]


def test_thanks_that_are_still_to_write_go_first() -> None:
    """Thanks queued for an earlier round, or an earlier rejection, do not hide those that are still to be written."""
    rounds = [meet("2026-11-17 10:00", DANA), meet("2026-11-18 14:00", SAM, DANA, round=2)]
    queued = past(waiting=(waits(Kind.THANK_YOU, "2026-11-18 09:00", "dana-lee"),))
    steps = find_steps(plan(apply(interviews=rounds), history=queued), Kind.THANK_YOU)
    assert [(one.id.round, one.id.person) for one in steps] == [(2, "dr-sam-roe"), (2, "dana-lee")]
    no = apply(interviews=rounds, outcome={"status": "rejected", "on": "2026-12-10"})
    answered = past(waiting=(waits(Kind.REJECTION_THANKS, "2026-11-20 09:00", state="in folder"),))
    (answer,) = find_steps(plan(no, now=at("2026-12-10 12:00"), history=answered), Kind.REJECTION_THANKS)
    assert (answer.id.round, answer.state) == (2, StepState.UPCOMING)


def test_unplanned_step() -> None:
    """A step that the plan does not have is made: as soon as working time permits, because the user asked for it."""
    step = make(Wish(Kind.STATUS_INQUIRY, "dana-lee"))
    assert (step.id.person, step.id.round, step.id.nth, step.state) == ("dana-lee", 1, 1, StepState.UPCOMING)
    assert step.due_at == NOON + timedelta(minutes=1)
    assert step.reason == "you asked for it"
    assert step.last_at == at("2026-12-03 16:30")


def test_unplanned_step_is_never_too_early() -> None:
    """Also a step that the user asks for keeps the days they named and the interval since the last one."""
    named = make(Wish(Kind.STATUS_INQUIRY), apply(said={"decision_by": "2026-12-04"}))
    assert (when(named), named.reason) == (
        "Tue 08 Dec 08:30",
        "you asked for it; they decide by Fri 4 Dec, plus two working days",
    )
    again = make(Wish(Kind.STATUS_INQUIRY), history=past(touch(Kind.STATUS_INQUIRY, "2026-11-19 09:00")))
    assert (when(again), again.id.nth) == ("Thu 03 Dec 09:00", 2)
    assert again.reason == "you asked for it; two weeks after your status inquiry of Thu 19 Nov"


def test_unplanned_thank_you_waits_for_the_end() -> None:
    """A thank-you asked for before the interview waits until it is over."""
    step = make(Wish(Kind.THANK_YOU, "dana-lee"), apply(interviews=[meet("2026-11-24 09:00")]))
    assert (when(step), step.reason) == ("Tue 24 Nov 12:00", "you asked for it; after your interview")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"contact": False}, "they ask for no contact"),
        ({"calls": False}, "they said no calls"),
        ({"channel": "email"}, "they asked to be reached by e-mail"),
    ],
)
def test_what_speaks_against_it(said: dict[str, object], words: str) -> None:
    """What speaks against a step that the user asks for is said."""
    step = make(Wish(Kind.STATUS_INQUIRY, channel=Channel.PHONE), apply(said=said))
    assert (step.state, step.objection) == (StepState.SKIPPED, words)


def test_limit_speaks_against_it() -> None:
    """A fourth contact is objected to, also when the user asks for it."""
    history = past(*(touch(Kind.STATUS_INQUIRY, f"2026-11-{day} 09:00", nth=day) for day in (19, 20, 23)))
    assert make(Wish(Kind.STATUS_INQUIRY), history=history).objection.startswith("three contacts are the limit")


def test_unplanned_step_misses_facts() -> None:
    """What is missing for a step that the user asks for is named."""
    assert make(Wish(Kind.STATUS_INQUIRY, "dana-lee", Channel.LINKEDIN)).needs == ("the LinkedIn profile of Dana Lee",)
    assert make(Wish(Kind.ADDITIONAL_DETAIL), apply(not_mentioned=[])).needs == (
        "one point you did not get to mention",
    )


def test_asked_for_nobody() -> None:
    """A person that the facts do not know is refused."""
    with pytest.raises(NotFoundError, match="'gone' is not a person"):
        make(Wish(Kind.STATUS_INQUIRY, "gone"))


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("facts", [{}, {"interviews": []}, {"interviews": [], "contacts": []}, {"country": None}])
def test_every_kind_can_be_asked_for(kind: Kind, facts: dict[str, object]) -> None:
    """Any kind can be asked for at any time; its moment is working time, from now on."""
    step = make(Wish(kind), apply(**facts))
    assert step.due_at is not None
    assert is_permitted(step.due_at, step.place)
    assert step.due_at.astimezone(UTC) >= NOON
    assert step.reason.startswith("you asked for it")


@pytest.mark.parametrize("state", ["failed", "missed"])
def test_one_asked_for_anew_takes_the_place_of_one_that_gave_way(state: str) -> None:
    """A mail that was missed is written anew as the same step, so that not both can be sent."""
    waiting = past(waiting=(waits(Kind.THANK_YOU, "2026-11-18 16:00", person="dana-lee", state=state),))
    assert make(Wish(Kind.THANK_YOU, "dana-lee"), history=waiting).id.nth == 1


def test_one_asked_for_beside_a_draft_is_another() -> None:
    """A draft keeps its step."""
    waiting = past(waiting=(waits(Kind.THANK_YOU, "2026-11-18 16:00", person="dana-lee", state="draft"),))
    assert make(Wish(Kind.THANK_YOU, "dana-lee"), history=waiting).id.nth == 2


def test_thanks_are_for_the_round_in_which_they_were_met() -> None:
    """Somebody of round one only is thanked for round one, also after a round with others."""
    rounds = [meet("2026-11-10 14:00", round=1), meet("2026-11-18 14:00", SAM, round=2)]
    step = make(Wish(Kind.THANK_YOU, "dana-lee"), apply(interviews=rounds))
    assert step.id.round == 1
    assert make(Wish(Kind.STATUS_INQUIRY, "dana-lee"), apply(interviews=rounds)).id.round == 2
    assert make(Wish(Kind.THANK_YOU, "rita-recruit", round=1), apply(interviews=rounds)).id.round == 1
