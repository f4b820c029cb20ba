"""Let somebody choose from a list by typing a number, or words that only one line of it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from followup_mail.cli.terminal import screen

_MOST_DIGITS = 4


def pick(options: Iterable[str], prompt: str) -> int | None:
    """Show the options, each with its number, and ask until one is chosen; None for Enter alone.

    Raises ``EOFError`` when the input ends.
    """
    offered = list(options)
    count = show_options(offered)
    while typed := screen.ask(prompt).strip():
        chosen = read_choice(typed, count)
        if chosen is None:
            chosen = read_words(typed, offered)
        if chosen is not None:
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


def read_words(typed: str, options: Sequence[str]) -> int | None:
    """Return which option was typed, in whole or by words that it alone has, counted from 0; None for no such one."""
    words = set(re.findall(r"\w+", typed.casefold()))
    if not any(map(str.isalpha, typed)):
        return None
    having = [at for at, option in enumerate(options) if words <= set(re.findall(r"\w+", option.casefold()))]
    same = [at for at in having if options[at].casefold() == typed.strip().casefold()]
    found = same or having
    return found[0] if len(found) == 1 else None
