"""Ask which of several readings was meant, and put it into the command in place of what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.choices import pick
from followup_mail.errors import WhenError
from followup_mail.facts.said_readings import AmbiguousError


def settle_reading(error: BaseException, arguments: Sequence[str]) -> list[str] | None:
    """Return the arguments with one reading chosen; None where there is nothing to choose, or nobody to ask."""
    if not isinstance(error, WhenError) or not error.readings or not screen.is_interactive():
        return None
    at = _find(_tidy(error.said), [_tidy(argument) for argument in arguments])
    if at is None:
        return None
    screen.note(f"What is meant by '{error.said}'?")
    chosen = pick((spelt for spelt, _ in error.readings), "Number (Enter stops here): ")
    if chosen is None:
        return None
    settled = list(arguments)
    settled[at] = _tidy(settled[at]).replace(_tidy(error.said), error.readings[chosen][1])
    if settled[at].startswith("--"):
        settled[at] = f"{arguments[at].partition('=')[0]}={settled[at].partition('=')[2]}"
    return settled


def choose_reading(error: AmbiguousError) -> str:
    """Ask which reading is meant, and return how it is written; empty when it is none of them."""
    readings = error.readings
    chosen = pick((reading.said for reading in readings), "  Which one? (a number; Enter: none of them) ")
    return "" if chosen is None else readings[chosen].written


def _find(said: str, arguments: Sequence[str]) -> int | None:
    """Return which argument it was: the one that says just that, else the only one in which it stands."""
    whole = [at for at, argument in enumerate(arguments) if argument == said or argument.endswith(f"={said}")]
    within = [
        at for at, argument in enumerate(arguments) if f" {said} " in f" {argument.partition('=')[2] or argument} "
    ]
    for found in (whole, within):
        if len(found) == 1:
            return found[0]
    return None


def _tidy(text: str) -> str:
    return " ".join(text.casefold().replace(",", " ").split())
