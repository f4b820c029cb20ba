"""Applications that get another short name or become one: which step each entry and each touch belongs to then.

A step is never done twice: where two applications have done the same one, both count, and where one of them has only
queued it, that entry is cancelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from followup_mail.cadence.step import StepId, Touch
from followup_mail.outbox.entry import TAKES_STEP, Entry, State

_DONE: Final = frozenset({State.SENT, State.UNCLEAR})


class Moving(Struct, frozen=True):
    """How the steps of applications change."""

    into: str
    """The short name that all of them have afterwards."""
    applications: tuple[str, ...]
    """Those whose steps change; what was done in the first ones keeps its number."""
    rounds: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """The new number of a round, by application and number; what is not here stays."""
    people: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The new handle of a person, by application and handle; who is not here stays."""

    def step(self, step: StepId) -> StepId:
        """Return what becomes of a step."""
        return replace(
            step,
            application=self.into,
            round=self.rounds.get((step.application, step.round), step.round),
            person=self.people.get((step.application, step.person), step.person),
        )


class Moved(Struct, frozen=True):
    """What a store has to write, in this order: so no step is ever held by two, not even in between."""

    touches: tuple[tuple[StepId, StepId], ...]
    cancelled: tuple[tuple[Entry, str], ...]
    entries: tuple[tuple[Entry, StepId], ...]


def move_steps(moving: Moving, entries: Iterable[Entry], touches: Iterable[Touch]) -> Moved:
    """Return the new step of everything that gets another one, and what is cancelled since it is done elsewhere."""
    order = {name: at for at, name in enumerate(moving.applications)}
    found = sorted(entries, key=lambda entry: (entry.state not in _DONE, order[entry.step.application], entry.id))
    steps = dict.fromkeys(sorted({touch.step for touch in touches}, key=lambda step: order[step.application]))
    taken: dict[StepId, str] = {}
    touched = [(step, _take(moving.step(step), taken, "what you logged")) for step in steps]
    moved, cancelled = [], []
    for entry in found:
        step = moving.step(entry.step)
        if entry.state in TAKES_STEP - _DONE and step in taken:
            cancelled.append((entry, f"merged: {taken[step]} is the same step"))
        elif entry.state in TAKES_STEP:
            step = _take(step, taken, entry.label)
        moved.append((entry, step))

    def place(step: StepId) -> tuple[int, int, int]:
        return step.round, -order[step.application], step.nth

    touched.sort(key=lambda pair: place(pair[0]), reverse=True)
    moved.sort(key=lambda pair: place(pair[0].step), reverse=True)
    return Moved(
        tuple((before, after) for before, after in touched if before != after),
        tuple(cancelled),
        tuple((entry, after) for entry, after in moved if after != entry.step),
    )


def _take(step: StepId, taken: dict[StepId, str], by: str) -> StepId:
    """Return the step with the next number that nobody has."""
    while step in taken:
        step = replace(step, nth=step.nth + 1)
    taken[step] = by
    return step
