"""What a dialogue asks the terminal for, whether a line at a time or live: a choice, or a line that grows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol


class Move(Enum):
    """What somebody does instead of answering."""

    BACK = auto()
    SKIP = auto()


@dataclass(frozen=True, slots=True)
class Look:
    """How a line looks while it is typed."""

    sentence: str
    remark: str = ""
    better: str = ""
    """What could stand in the line instead."""


@dataclass(frozen=True, slots=True)
class ListPrompt:
    """A list to choose from."""

    heading: Sequence[str]
    options: Sequence[str]


@dataclass(frozen=True, slots=True)
class LinePrompt:
    """A line to type, with the words before it."""

    heading: Sequence[str]
    before: str
    hint: str
    look: Callable[[str, bool], Look]
    """Returns how it looks; True when the line is finished."""
    initial: str = ""
    suggestions: Sequence[str] = ()
    """Words that Tab puts into an empty line, one after the other."""
    is_optional: bool = False
    """Whether an empty line leaves only this part out, not the whole question."""
    nudge: str = ""
    """What to say, once, before this part is left out."""


class Prompter(Protocol):
    """Somebody who asks. Raises ``EOFError`` and ``KeyboardInterrupt`` when asked to end."""

    def choose(self, prompt: ListPrompt) -> int | Move:
        """Return the number of the option, counted from 0."""
        ...

    def type_line(self, prompt: LinePrompt) -> str | Move:
        """Return what was typed; an empty line of an optional part is an answer, else it skips."""
        ...
