"""Ask for one line at a time, with the answer so far; several lines that are pasted are one answer.

On a terminal that can show it, what is understood is seen while it is typed, and the question goes away afterwards. On
any other, and in a pipe, question and answer are one line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from msgspec import Struct

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.prompting import LinePrompt, Look, Move

_BACK: Final = frozenset({"<", "back"})
NEEDED: Final = "No mail can be written without it."
_NEEDED: Final = "no mail can be written without it"
_SKIPS: Final = "Enter skips"
_TAKES: Final = "Enter takes what is named above"
_OF_SUBJECT: Final = ("is ", "contains ")
_PATIENCE: Final = 0.05
"""Seconds. What is pasted is there at once; nobody types a line so fast."""


class ShortQuestion(Struct, frozen=True):
    """One question."""

    ask: str
    hint: str
    so_far: str
    """The answer that was given before; Enter keeps it."""
    look: Callable[[str], str]
    """Returns what is understood of a text; empty when that is not known yet."""
    typed: str = ""
    """What was typed and could not be understood, to be corrected."""
    is_needed: bool = False
    has_default: bool = False
    """Whether the hint says what Enter takes."""


class ShortPrompter(Protocol):
    """Somebody who asks. Raises ``EOFError`` and ``KeyboardInterrupt`` when asked to end."""

    echoes: bool
    """Whether what was typed is gone from the screen, so that the answer is to be shown."""

    def ask(self, question: ShortQuestion) -> str | Move:
        """Return what was typed, perhaps in several lines; empty for Enter alone."""
        ...


class PlainShortPrompter:
    """Question and answer on one line."""

    echoes = False

    def ask(self, question: ShortQuestion) -> str | Move:
        """Ask. Enter keeps the answer so far, a dash takes it away."""
        hint = f"so far: {question.so_far}; Enter keeps it, - takes it away" if question.so_far else question.hint
        text = screen.ask(f"{question.ask} ({hint}) " if hint else f"{question.ask} ").strip()
        if goes_back(text):
            return Move.BACK
        if question.so_far and text in {"", "-"}:
            return question.so_far if not text else ""
        return "\n".join([text, *_pasted_lines()])


class LiveShortPrompter:
    """A line that shows what is understood while it is typed. A paste is one answer, whatever is in it."""

    echoes = True

    def ask(self, question: ShortQuestion) -> str | Move:
        """Ask. The answer so far stands in the line, to be changed."""
        from followup_mail.cli.terminal.live_prompts import LivePrompter

        def look(text: str, _is_finished: bool) -> Look:
            return Look(question.look(text))

        heading = [f"{question.ask} ({question.hint})" if question.hint else question.ask]
        on_enter = _TAKES if question.has_default else _NEEDED if question.is_needed else _SKIPS
        initial = question.typed or question.so_far
        can_be_left = on_enter == _SKIPS
        typed = LivePrompter().type_line(
            LinePrompt(heading, "", "", look, initial, is_optional=True, on_enter=on_enter, can_be_left=can_be_left)
        )
        return Move.BACK if isinstance(typed, str) and goes_back(typed) else typed


def goes_back(text: str) -> bool:
    """Return whether an answer asks for the question before; ``<`` behind the answer that stood in the line does."""
    return text.strip().lower() in _BACK or text.rstrip().endswith("<")


def choose_short_prompter() -> ShortPrompter:
    """Return live prompts where the terminal can show them, else plain lines."""
    return LiveShortPrompter() if screen.is_interactive() and screen.can_be_live() else PlainShortPrompter()


def say_refused(subject: str, error: ValueError) -> str:
    """Return why an answer is refused, as a sentence; what says only "is empty" is said of ``subject``."""
    text = str(error)
    if text.startswith("is not "):  # what was typed is too long to be repeated, and is no length at all
        return f"This {text.rstrip('.')}."
    said = f"{subject.rstrip('?')} {text}" if text.startswith(_OF_SUBJECT) else text[:1].upper() + text[1:]
    return said if said.endswith(("?", ".")) else f"{said}."


def _pasted_lines() -> Iterator[str]:
    """Yield the lines that were pasted together with the one just read: they must not answer the next questions."""
    if not _is_more_there():
        return
    while _is_more_there():
        yield screen.ask("").strip()
    # The last line of a paste may still stand in the line that is being typed.
    while line := screen.ask("  (pasted; Enter when that was all) ").strip():
        yield line


def _is_more_there() -> bool:
    """Return whether a terminal has more lines ready. In a pipe each line is an answer of its own."""
    if os.name == "nt" or not sys.stdin.isatty():
        return False
    import select

    return bool(select.select([sys.stdin], [], [], _PATIENCE)[0])
