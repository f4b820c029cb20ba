"""Let somebody choose from a list by typing a number."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.cli.terminal import screen

_MOST_DIGITS = 4


def pick(options: Iterable[str], prompt: str) -> int | None:
    """Show the options, each with its number, and ask until one is typed; None for Enter alone.

    Raises ``EOFError`` when the input ends.
    """
    count = show_options(options)
    while typed := screen.ask(prompt).strip():
        if (chosen := read_choice(typed, count)) is not None:
            return chosen
        screen.note(f"  Type a number from 1 to {count}, or Enter alone.")
    return None


def show_options(options: Iterable[str]) -> int:
    """Print the options, each with its number; return how many there are."""
    number = 0
    for number, option in enumerate(options, start=1):
        screen.note(f"  {number}  {option}", "     ")
    return number


def read_choice(typed: str, count: int) -> int | None:
    """Return which of so many was typed, counted from 0: as ``2``, ``2.`` or ``2)``; None where it is none of them."""
    bare = typed.strip().rstrip(".)").lstrip("0")
    is_number = bare.isascii() and bare.isdigit() and len(bare) <= _MOST_DIGITS
    return int(bare) - 1 if is_number and 1 <= int(bare) <= count else None
