"""Ask once whether a mail may leave days before the plan has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import typer

from followup_mail.cli.terminal import screen
from followup_mail.errors import ExitCode
from followup_mail.services.writing.early import CHOSEN, EarlyError

Made = TypeVar("Made")


def or_early(make: Callable[[str], Made], early: str, question: str, json: bool) -> Made:
    """Call ``make`` with the reason to be early, if there is one; on a terminal ask when it needs one.

    Raises ``EarlyError`` when there is nobody to ask.
    """
    try:
        return make(early)
    except EarlyError as error:
        if json or not screen.is_interactive():
            raise
        screen.note(screen.doubtful(error.sentence))
        if not screen.confirm(question):
            screen.note("Nothing was changed.")
            raise typer.Exit(ExitCode.REFUSED) from None
        return make(CHOSEN)
