"""The kinds of question that ``setup`` asks: a text, a yes or no, one of a few words. ``<`` goes back from each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.prompting import Move
from followup_mail.cli.terminal.short_prompts import ShortPrompter, ShortQuestion
from followup_mail.delivery.smtp_account import Security
from followup_mail.settings.mail_accounts import usual_port
from followup_mail.settings.providers import Server
from followup_mail.settings.value_readers import read_host

_T = TypeVar("_T")
HOST_HINT: Final = "like smtp.example.com, or smtp.example.com:465 tls"
_YES = frozenset({"y", "yes"})
_NO = frozenset({"n", "no"})


@dataclass(frozen=True, slots=True)
class Questions:
    """Asks, through a prompter. Raises ``EOFError`` and ``KeyboardInterrupt`` when asked to end."""

    prompter: ShortPrompter

    def text(self, ask: str, read: Callable[[str], _T], hint: str = "", so_far: str = "") -> _T | Move:
        """Return what ``read`` makes of an answer; one that it refuses (``ValueError``) is asked for again."""
        typed = ""
        while True:
            question = ShortQuestion(ask, hint, so_far, lambda text: text, typed, is_needed=not hint)
            answer = self.prompter.ask(question)
            if isinstance(answer, Move):
                return Move.BACK
            try:
                value = read(answer.strip())
            except ValueError as error:
                screen.note(f"  {error}.", "  ")
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


def read_server(kind: str) -> Callable[[str], Server]:
    """Return a reader for ``host``, ``host:port`` or ``host:port tls``."""

    def read(text: str) -> Server:
        parts = re.fullmatch(r"(\S+?)(?::(\d{1,5}))?(?:\s+(\w+))?", text)
        if not parts:
            raise ValueError(f"'{text}' is not a server; write it {HOST_HINT}")
        port = int(parts[2]) if parts[2] else 0
        by_port = {465: "tls", 993: "tls", 143: "starttls"}.get(port, "starttls" if kind == "smtp" else "tls")
        security = (parts[3] or by_port).lower()
        if security not in [str(one) for one in Security]:
            raise ValueError(f"'{security}' is not one of: {', '.join(Security)}")
        return Server(read_host(parts[1]), port or usual_port(kind, Security(security)), Security(security))

    return read


def read_file(text: str) -> Path:
    """Read the path of a file that is there."""
    path = Path(text).expanduser().absolute()
    if not path.is_file():
        raise ValueError(f"There is no file {path}")
    return path
