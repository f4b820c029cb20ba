"""What the user decided about an application, as the facts say it: skipped steps, pauses, archives."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.cadence.set_aside import is_held_aside, mark_of_hold, say_set_aside, say_way_back
from followup_mail.cadence.skips import Skip, find_skips, read_skip, write_skip
from followup_mail.cadence.step import Kind, StepId
from followup_mail.facts.application import Application
from followup_mail.facts.names import slugify

FRIDAY = date(2026, 12, 4)
NAMES = st.text(min_size=1, max_size=40).map(slugify)
STEPS = st.builds(StepId, st.just("lumen"), st.sampled_from(Kind), st.integers(0, 20), NAMES, st.integers(1, 20))


def _application(**facts: object) -> Application:
    return Application.read({"slug": "lumen", "company": "Lumen", "role": "Clerk", **facts})


@given(step=STEPS, other=STEPS)
def test_a_written_skip_means_that_step_alone(step: StepId, other: StepId) -> None:
    """What `skip` writes is read back as the same step, whatever the names, and as no other one."""
    text = write_skip(step, is_of_series=True)
    assert find_skips([text], step) == (text,)
    skip = read_skip(text)
    assert skip is not None
    named = bool(step.person)  # without a name it means everybody
    assert not named or skip.covers(other) == (other == step)
    assert find_skips([write_skip(step)], step)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("status_inquiry", Skip(Kind.STATUS_INQUIRY)),
        ("Status Inquiry", Skip(Kind.STATUS_INQUIRY)),
        ("thank-you to Dr. Priya Raman", Skip(Kind.THANK_YOU, "dr-priya-raman")),
        ("thank_you to tom in round 2", Skip(Kind.THANK_YOU, "tom", 2)),
        ("status_inquiry number 3", Skip(Kind.STATUS_INQUIRY, nth=3)),
        ("everything", None),
        ("", None),
        ("to tom", None),
        ("thank_you " * 500, None),
    ],
)
def test_skips_are_read_as_people_write_them(text: str, meant: Skip | None) -> None:
    """What is left out fits everything; what names no kind means nothing."""
    assert read_skip(text) == meant


def test_a_skip_without_details_covers_all_of_its_kind() -> None:
    """`skipped = ["thank_you"]` means every thank-you of every round."""
    everyone = [StepId("lumen", Kind.THANK_YOU, number, person) for number in (1, 2) for person in ("tom", "elena")]
    assert all(find_skips(["thank_you"], step) for step in everyone)
    assert not find_skips(["thank_you"], StepId("lumen", Kind.STATUS_INQUIRY, 1, "tom"))


@pytest.mark.parametrize(
    ("facts", "day", "said"),
    [
        ({}, FRIDAY, ""),
        ({"paused": True}, FRIDAY, "paused"),
        ({"paused_until": FRIDAY}, FRIDAY - timedelta(days=1), "paused until Fri 4 Dec"),
        ({"paused_until": FRIDAY}, FRIDAY, ""),
        ({"paused": True, "paused_until": FRIDAY}, FRIDAY, "paused"),
        ({"paused": True, "archived": True}, FRIDAY, "archived"),
    ],
)
def test_an_application_is_set_aside_as_its_facts_say(facts: dict[str, object], day: date, said: str) -> None:
    """A day ends the pause by itself; an archive goes before a pause."""
    application = _application(**facts)
    assert say_set_aside(application, day) == said
    assert is_held_aside(mark_of_hold(application))


def test_what_is_archived_comes_back_another_way() -> None:
    """`resume` is for pauses, `archive --undo` for the archive."""
    assert say_way_back(_application(paused=True)) == "resume lumen"
    assert say_way_back(_application(archived=True)) == "archive lumen --undo"


@pytest.mark.parametrize("held", ["they replied", "open in an editor", ""])
def test_other_holds_are_none_of_a_pause(held: str) -> None:
    """The end of a pause frees nothing that something else holds."""
    assert not is_held_aside(held)
