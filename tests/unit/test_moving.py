"""Two applications become one: rounds in order of time, and no step that two entries hold."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from changing import replace
from hypothesis import given
from hypothesis import strategies as st
from outbox_samples import NOW, make_entry

from followup_mail.cadence.step import Kind, StepId, Touch
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.change_view import pick_name
from followup_mail.facts.channels import Channel
from followup_mail.outbox.entry import TAKES_STEP, Entry, State
from followup_mail.outbox.moving import Moving, move_steps
from followup_mail.services.applications.merge_facts import Clash, FactsMerger
from followup_mail.services.applications.merge_rounds import number_rounds
from followup_mail.services.changing.facts_draft import FactsDraft

_STEPS = st.builds(
    StepId,
    st.sampled_from(["one", "two"]),
    st.sampled_from([Kind.THANK_YOU, Kind.STATUS_INQUIRY]),
    st.integers(1, 3),
    st.sampled_from(["ann-lee", "dr-ann-lee", "bo-ruiz"]),
)
_ROUNDS = {("one", 2): 3, ("one", 3): 4, ("two", 2): 2, ("two", 1): 2}
_MOVING = Moving("one", ("one", "two"), _ROUNDS, {("two", "dr-ann-lee"): "ann-lee"})
_STATES = st.sampled_from([state for state in State if state is not State.SENDING])


def _entry(number: int, step: StepId, state: State) -> Entry:
    return replace(make_entry(state), id=number, step=step)


@given(st.lists(st.tuples(_STEPS, _STATES), max_size=10), st.lists(_STEPS, unique=True, max_size=5))
def test_no_step_is_held_twice(given_: list[tuple[StepId, State]], touched: list[StepId]) -> None:
    """Afterwards each step has one entry at most that takes it, sent ones all stay, and every touch counts."""
    taken: set[StepId] = set()
    entries: list[Entry] = []
    for step, state in given_:
        if state not in TAKES_STEP or step not in taken:
            taken |= {step} if state in TAKES_STEP else set()
            entries.append(_entry(len(entries) + 1, step, state))
    touches = [Touch(step, Channel.PHONE, NOW) for step in touched]
    moved = move_steps(_MOVING, entries, touches)
    new = {entry.id: step for entry, step in moved.entries}
    gone = {entry.id for entry, _ in moved.cancelled}
    after = {entry.id: new.get(entry.id, entry.step) for entry in entries}
    holding = [after[entry.id] for entry in entries if entry.state in TAKES_STEP and entry.id not in gone]
    assert len(holding) == len(set(holding))
    assert all(step.application == "one" for step in after.values())
    assert not any(entry.state in {State.SENT, State.UNCLEAR} for entry, _ in moved.cancelled)
    now = {entry.id: entry.step for entry in entries if entry.state in TAKES_STEP and entry.id not in gone}
    for entry, step in moved.entries:
        if entry.id in now:
            now[entry.id] = step
            assert len(now) == len(set(now.values()))
    translated = dict(moved.touches)
    steps = [translated.get(step, step) for step in touched]
    assert len(steps) == len(set(steps))


_INTERVIEWS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 60), st.integers(1, 3)), max_size=8)


@given(_INTERVIEWS)
def test_rounds_never_go_down(found: list[tuple[int, int, int]]) -> None:
    """A round keeps its number or gets a higher one, and two rounds of one application stay two."""
    first = datetime(2026, 11, 2, 9)  # noqa: DTZ001  # wall time, as in the file
    interviews = [
        (which, {"start": (first + timedelta(days=day)).isoformat(" ", "minutes"), "round": number})
        for which, day, number in found
    ]
    numbers = number_rounds(interviews)
    assert all(new >= former for (_, former), new in numbers.items())
    for which in (0, 1):
        mine = [new for (whose, _), new in numbers.items() if whose == which]
        assert len(mine) == len(set(mine))


def test_a_second_conversation_is_the_next_round() -> None:
    """Round 1 of the other application, a week later, becomes round 2; on the same day it stays round 1."""

    def start(day: int) -> dict[str, str]:
        return {"start": f"2026-11-{day:02} 09:00"}

    assert number_rounds([(0, start(10)), (1, start(17))]) == {(0, 1): 1, (1, 1): 2}
    assert number_rounds([(0, start(10)), (1, start(10))]) == {(0, 1): 1, (1, 1): 1}
    assert number_rounds([(0, start(17)), (1, start(10))]) == {(1, 1): 1, (0, 1): 2}


def _draft(length: str) -> FactsDraft:
    return FactsDraft(f"[[interviews]]\nstart = 2026-11-18 14:00:00\n{length}\n")


@pytest.mark.parametrize(
    ("ours", "theirs", "holds", "merged"),
    [
        ('duration = "45 min"', "end = 2026-11-18 15:00:00", True, "45 min"),
        ('duration = "45 min"', "end = 2026-11-18 15:00:00", False, "1 h"),
        ("end = 2026-11-18 15:00:00", 'duration = "45 min"', True, "1 h"),
        ("end = 2026-11-18 15:00:00", 'duration = "45 min"', False, "45 min"),
        ("end = 2026-11-18 15:00:00", 'end = 2026-11-18 15:10:00\nduration = "70 min"', False, "70 min"),
    ],
)
def test_a_length_and_an_end_that_differ_are_asked_about(ours: str, theirs: str, holds: bool, merged: str) -> None:
    """One file has how long an interview took, the other when it ended: the one that is preferred holds, alone."""
    asked: list[str] = []

    def settle(clash: Clash) -> bool:
        asked.append(clash.fact)
        return holds

    [interview] = FactsMerger(_draft(ours), _draft(theirs), settle).merge()["interviews"]
    assert [fact.rpartition(" ")[2] for fact in asked] == ["duration"]
    assert (interview["duration"], "end" in interview) == (merged, False)


@pytest.mark.parametrize("theirs", ["end = 2026-11-18 15:00:00", 'duration = "60 min"', 'duration = "1 hour"'])
def test_one_length_in_two_ways_is_no_difference(theirs: str) -> None:
    """What says the same in other words is neither asked about nor changed."""
    merger = FactsMerger(_draft('duration = "1 h"'), _draft(theirs), lambda _: None)
    [interview] = merger.merge()["interviews"]
    assert not merger.clashes
    assert (interview["duration"], "end" in interview) == ("1 h", False)


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [("interviewer", "hiring manager", "hiring manager"), ("recruiter", "interviewer", "recruiter")],
)
def test_a_part_that_nobody_said_is_no_difference(ours: str, theirs: str, merged: str) -> None:
    """The usual part gives way to one that was told, and nothing is asked."""

    def draft(role: str) -> FactsDraft:
        person = f'[[interviews.people]]\nname = "Ann Hill"\nrole = "{role}"\n'
        return FactsDraft(f'[[interviews]]\nstart = 2026-11-18 14:00:00\nduration = "1 h"\n{person}')

    merger = FactsMerger(draft(ours), draft(theirs), lambda _: None)
    [interview] = merger.merge()["interviews"]
    assert interview["people"][0]["role"] == merged
    assert merger.clashes == []


def test_a_number_that_is_not_offered_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rubbish settles nothing: the question comes again, and only Enter leaves it."""
    typed, told = iter(["who knows", "9", "2"]), []
    monkeypatch.setattr(screen, "is_interactive", lambda: True)
    monkeypatch.setattr(screen, "ask", lambda _: next(typed))
    monkeypatch.setattr(screen, "note", lambda text, *_: told.append(text))
    assert pick_name("'tom'", ["Tom Okafor", "Tom Hill"]) == "Tom Hill"
    assert [line for line in told if "none of the numbers" in line] == [
        "'who knows' is none of the numbers. Type one from 1 to 2, or only press Enter.",
        "'9' is none of the numbers. Type one from 1 to 2, or only press Enter.",
    ]
