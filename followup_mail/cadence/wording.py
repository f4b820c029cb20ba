"""How the plan puts days, numbers and lists into words: short, and the same on every machine, whatever its locale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTHS: Final = tuple(name[:3] for name in MONTH_NAMES)
_NUMBERS: Final = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


@lru_cache(maxsize=4096)
def say_day(day: date, year: int) -> str:
    """Return ``Fri 4 Dec``, with the year when it is not ``year``: ``Mon 4 Jan 2027``."""
    said = f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1]}"
    return said if day.year == year else f"{said} {day.year}"


def say_number(count: int) -> str:
    """Return a small number as a word, a larger one in digits."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def say_list(items: Sequence[str], word: str = "and") -> str:
    """Return ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def say_some(items: Sequence[str], most: int) -> str:
    """Return ``a, b and c``; of more than ``most`` items ``a, b and 3 more``."""
    more = len(items) - most
    return say_list([*items[:most], f"{more} more"] if more > 0 else items)
