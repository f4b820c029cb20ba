"""What was typed since a step, and what the step goes back to, in one file: both, or neither."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from followup_mail.services.undo.undo_merge import merge_back

KEYS = [f"fact{number}" for number in range(6)]
FACTS = st.fixed_dictionaries({}, optional={key: st.integers(0, 2) for key in KEYS})


def _write(facts: dict[str, int]) -> bytes:
    return "".join(f"{key} = {facts[key]}\n" for key in KEYS if key in facts).encode()


def test_different_facts_on_neighbouring_lines_are_both_had() -> None:
    """The step changed one line, the hand the next one."""
    assert merge_back(b"a = 1\nb = 1\n", b"a = 1\nb = 2\n", b"a = 0\nb = 1\n") == b"a = 0\nb = 2\n"


def test_one_list_over_two_lines_is_one_fact() -> None:
    """What step and hand did to one list is for the user to sort out, although the lines differ."""
    left, now, goal = b"a = [\n1,\n2,\n3,\n]\n", b"a = [\n1,\n2,\n4,\n]\n", b"a = [\n0,\n2,\n3,\n]\n"
    assert merge_back(left, now, goal) is None


def test_what_is_no_facts_file_any_more_is_left_alone() -> None:
    """A file that was broken by hand is not made worse."""
    assert merge_back(b"a = 1\nb = 1\n", b"a = 1\nb = \n", b"a = 0\nb = 1\n") is None


@given(FACTS, FACTS, FACTS)
def test_each_change_is_kept(left: dict[str, int], now: dict[str, int], goal: dict[str, int]) -> None:
    """What comes of it has every fact as the step's way back has it where that changes it, else as it was typed."""
    merged = merge_back(_write(left), _write(now), _write(goal))
    if merged is None:
        return
    by_step = {key for key in KEYS if left.get(key) != goal.get(key)}
    wanted = {key: (goal if key in by_step else now).get(key) for key in KEYS}
    assert tomllib.loads(merged.decode()) == {key: value for key, value in wanted.items() if value is not None}
    assert all(left.get(key) == now.get(key) for key in by_step)
