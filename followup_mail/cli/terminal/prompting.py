"""What a dialogue asks the terminal for, whether a line at a time or live: a choice, or a line that grows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import Protocol

from msgspec import Struct


class Move(Enum):
    """What somebody does instead of answering."""

    BACK = auto()
    SKIP = auto()


class Look(Struct, frozen=True):
    """How a line looks while it is typed."""

    sentence: str
    remark: str = ""
    better: str = ""
    """What could stand in the line instead."""
    more: int = 0
    """How many remarks there are besides."""
    holds: bool = False
    """Whether the mail waits while it stays like this."""

    @property
    def said(self) -> str:
        """The remark, with how many more there are."""
        return f"{self.remark} · and {self.more} more" if self.remark and self.more else self.remark


class ListPrompt(Struct, frozen=True):
    """A list to choose from."""

    heading: Sequence[str]
    options: Sequence[str]
    marked: int = 0
    """The number of the option that Enter takes at once, counted from 0."""


class LinePrompt(Struct, frozen=True):
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
    """What to ask, once, before this part is left out."""
    is_settled_next: bool = False
    """Whether what does not fit is asked about once the line is finished, so that Enter need not be pressed twice."""
    on_enter: str = ""
    """What Enter does on an empty line, where that is not to leave the part out."""
    can_be_left: bool = True
    """Whether Esc is named as what leaves an optional part out: not where an answer is needed, or another one taken."""

    @property
    def on_leaving(self) -> str:
        """How an optional part is left out, with what it asks for; empty for a part that has to be filled."""
        if not self.is_optional or self.on_enter:
            return self.on_enter
        return f"{self.nudge} · Enter twice leaves it out" if self.nudge else "Enter leaves this out"

    @property
    def on_empty(self) -> str:
        """What to say, once, to Enter on an empty line; empty when it may be left out at once."""
        if not self.is_optional:
            return "Enter again skips this question"
        return f"{self.nudge} · Enter again leaves it out" if self.nudge else ""


def typed_so_far(end: BaseException) -> str:
    """Return what stood in the line when somebody ended there, with Ctrl-D or Ctrl-C."""
    return str(end.args[0]) if end.args else ""


class Prompter(Protocol):
    """Somebody who asks. Asked to end, it raises ``EOFError`` or ``KeyboardInterrupt`` with what stands in the line."""

    def choose(self, prompt: ListPrompt) -> int | Move:
        """Return the number of the option, counted from 0."""
        ...

    def type_line(self, prompt: LinePrompt) -> str | Move:
        """Return what was typed; an empty line of an optional part is an answer, else it skips."""
        ...
