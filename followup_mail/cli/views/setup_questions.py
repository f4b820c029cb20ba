"""The kinds of question that ``setup`` asks: a text, a yes or no, one of a few words. ``<`` goes back from each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.prompting import Move
from followup_mail.cli.terminal.short_prompts import NEEDED, ShortPrompter, ShortQuestion, say_refused

_T = TypeVar("_T")
_YES = frozenset({"y", "yes"})
_NO = frozenset({"n", "no"})


class Questions(Struct, frozen=True):
    """Asks, through a prompter. Raises ``EOFError`` and ``KeyboardInterrupt`` when asked to end."""

    prompter: ShortPrompter

    def text(self, ask: str, read: Callable[[str], _T], hint: str = "", so_far: str = "") -> _T | Move:
        """Return what ``read`` makes of an answer; one that it refuses (``ValueError``) is asked for again."""
        typed = ""
        while True:
            takes = hint.startswith("Enter: ")
            question = ShortQuestion(ask, hint, so_far, lambda text: text, typed, is_needed=not hint, has_default=takes)
            answer = self.prompter.ask(question)
            if isinstance(answer, Move):
                return Move.BACK
            try:
                value = read(answer.strip())
            except ValueError as error:
                refused = say_refused(ask, error) if answer.strip() or hint else NEEDED
                screen.note(f"  {refused}", "  ")
                typed = answer
                continue
            self._echo(ask, answer if not isinstance(value, bool) else "yes" if value else "no")
            return value

    def yes(self, ask: str, *, default: bool) -> bool | Move:
        """Return whether somebody agrees; Enter means ``default``."""

        def read(text: str) -> bool:
            if text.lower() not in _YES | _NO | {""}:
                raise ValueError("Type y or n")
            return text.lower() in _YES if text else default

        return self.text(f"{ask} y or n", read, f"Enter: {'yes' if default else 'no'}")

    def word(self, ask: str, words: tuple[str, ...], default: str) -> str | Move:
        """Return one of a few words, which may be shortened; Enter means ``default``."""

        def read(text: str) -> str:
            fitting = [word for word in words if text and word.startswith(text.lower())]
            if text and not fitting:
                raise ValueError(f"Type one of: {', '.join(words)}")
            return fitting[0] if fitting else default

        offered = ", ".join(words)
        return self.text(f"{ask} {offered}", read, f"Enter: {default or 'nothing'}")

    def _echo(self, ask: str, answer: str) -> None:
        if self.prompter.echoes:
            screen.note(f"{ask}  {answer}")
