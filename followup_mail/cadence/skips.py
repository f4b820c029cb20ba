"""Steps that the user took off the plan, as ``skipped`` in the facts names them.

    status_inquiry                                          every one of this kind
    thank_you to dr-priya-raman in round 1                  one step
    status_inquiry to dr-priya-raman in round 1, number 2   the second call of a series

What is left out fits everything, so that somebody who writes into the file need not know the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId
from followup_mail.facts.names import slugify
from followup_mail.regex import regex

_SHAPE: Final = regex(
    r"(?P<kind>.+?)(?: to (?P<person>.+?))?(?: in round (?P<round>\d{1,2}))?(?:,? number (?P<nth>\d{1,2}))?"
)
_LONGEST: Final = 400
"""Letters that are looked at; a name and all the words around it are shorter."""


class Skip(Struct, frozen=True):
    """What one line of ``skipped`` takes off the plan."""

    kind: Kind
    person: str = ""
    """The handle; empty for everybody."""
    round: int | None = None
    nth: int | None = None

    def covers(self, step: StepId) -> bool:
        """Return whether it takes a step off the plan."""
        return (
            self.kind is step.kind
            and self.person in {"", step.person}
            and self.round in {None, step.round}
            and self.nth in {None, step.nth}
        )


def read_skip(text: str) -> Skip | None:
    """Return what a line means; None when it names no kind of follow-up."""
    found = _SHAPE.fullmatch(" ".join(text[:_LONGEST].split()))
    word = slugify(found["kind"]).replace("-", "_") if found else ""
    if found is None or word not in frozenset(Kind):
        return None
    round_, nth = (int(found[part]) if found[part] else None for part in ("round", "nth"))
    return Skip(Kind(word), slugify(found["person"] or ""), round_, nth)


def write_skip(step: StepId, *, is_of_series: bool = False) -> str:
    """Return the line that takes this step off the plan; of a series of calls, this one alone."""
    to = f" to {step.person}" if step.person else ""
    number = f", number {step.nth}" if is_of_series or step.nth > 1 else ""
    return f"{step.kind}{to} in round {step.round}{number}"


def rename_in_skip(text: str, people: Mapping[str, str], rounds: Mapping[int, int] = MappingProxyType({})) -> str:
    """Return the line with another handle and another round, where a person or a round has got one."""
    skip = read_skip(text)
    if skip is None:
        return text
    person = people.get(skip.person, skip.person)
    round_ = None if skip.round is None else rounds.get(skip.round, skip.round)
    if (person, round_) == (skip.person, skip.round):
        return text
    to, in_round = f" to {person}" if person else "", "" if round_ is None else f" in round {round_}"
    return f"{skip.kind}{to}{in_round}{'' if skip.nth is None else f', number {skip.nth}'}"


def find_skips(skipped: Iterable[str], step: StepId) -> tuple[str, ...]:
    """Return the lines that take a step off the plan."""
    return tuple(text for text in skipped if (skip := read_skip(text)) and skip.covers(step))


def say_skipped(step: StepId) -> str:
    """Return why a step is not in the plan, and how it comes back."""
    to = f" --to {step.person}" if step.person else ""
    return f"by you; to bring it back: followup-mail skip {step.application} {step.kind}{to} --undo"
