"""Three versions of a facts file: what a step left, what was typed since, and what the step goes back to.

Where step and hand touched different facts, on different lines, both can be had. What comes of it is proved fact by
fact; anything else is for the user to sort out.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

_Hunk: TypeAlias = tuple[int, int, Sequence[bytes]]
"""From and to which line something is replaced, and by what."""


def merge_back(left: bytes, now: bytes, goal: bytes) -> bytes | None:
    """Return ``now`` with what leads from ``left`` to ``goal``; None where the two touch the same facts or lines."""
    lines = left.splitlines(keepends=True)
    hunks = sorted([*_hunks(lines, now), *_hunks(lines, goal)], key=lambda hunk: hunk[:2])
    if any(_meet(first, second) for first, second in pairwise(hunks)):
        return None
    for begin, end, others in reversed(hunks):
        lines[begin:end] = others
    merged = b"".join(lines)
    return merged if _is_proved(left, now, goal, merged) else None


def flat_facts(content: bytes) -> dict[str, object]:
    """Return each single fact by where it stands: ``interviews 1, people 2, email``. Nothing for what is no facts."""
    try:
        return dict(_flat(tomllib.loads(content.decode("utf-8-sig"))))
    except ValueError:
        return {}


def _hunks(lines: Sequence[bytes], other: bytes) -> Iterator[_Hunk]:
    changed = other.splitlines(keepends=True)
    for tag, begin, end, first, last in difflib.SequenceMatcher(None, lines, changed, autojunk=False).get_opcodes():
        if tag != "equal":
            yield begin, end, changed[first:last]


def _meet(first: _Hunk, second: _Hunk) -> bool:
    """Return whether two hunks, in order, share a line, or both put lines into the same place."""
    return second[0] < first[1] or first[:2] == second[:2]


def _is_proved(left: bytes, now: bytes, goal: bytes, merged: bytes) -> bool:
    """Return whether the facts are those of now but for what the step changed, and the hand changed none of those."""
    old, typed, back = map(flat_facts, (left, now, goal))
    of_step = {key for key in {*old, *back} if old.get(key) != back.get(key)}
    if not old or not typed or any(old.get(key) != typed.get(key) for key in of_step):
        return False
    expected = {key: value for key, value in typed.items() if key not in of_step}
    expected |= {key: back[key] for key in of_step if key in back}
    return flat_facts(merged) == expected


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list) and any(isinstance(inner, Mapping) for inner in value):
        for number, inner in enumerate(value, 1):
            yield from _flat(inner, f"{name} {number}")
    else:
        yield name, value
