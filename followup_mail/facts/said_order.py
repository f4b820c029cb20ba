"""Whether "12/3" is in March or in December: the country of who writes it tells, where nothing else does."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Final, NamedTuple, TypeVar

from followup_mail.facts.said_readings import AmbiguousError, read_rows
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.regex import regex

_SLASHED: Final = regex(r"(?<![\d/])(?P<first>\d{1,2})/(?P<last>\d{1,2})(?:/(?P<year>20\d\d|\d\d))?(?![\d/])")
Said = TypeVar("Said", bound=date)
_FAR: Final = 62
"""Days. A date without its year that lies farther off is asked about all the same."""


def read_in_order(read: Callable[[str], Said], text: str, countries: Collection[str], today: date) -> Said:
    """Return what ``read`` makes of a text; of a date with slashes the one reading that the countries write.

    ``countries`` are those of the user and of the employer, empty where they are not known: both must agree. Raises
    what ``read`` raises, also where the date would lie far off.
    """
    try:
        return read(text)
    except AmbiguousError as error:
        settled = _settle(text, countries)
        if settled is None:
            raise
        try:
            said = read(settled.text)
        except UnfitError:
            raise error from None
        if settled.year or abs((date(said.year, said.month, said.day) - today).days) <= _FAR:
            return said
        raise


class _Settled(NamedTuple):
    text: str
    year: str


def _settle(text: str, countries: Collection[str]) -> _Settled | None:
    """Return a text with the month of its one date with slashes in letters, where the countries agree on the order."""
    found = _SLASHED.search(text)
    orders = {_order(country) for country in countries if country}
    if found is None or len(orders) != 1 or "" in orders:
        return None
    day, month = found["last"], found["first"]
    if orders == {"day"}:
        day, month = month, day
    if not 1 <= int(month) <= 12:
        return None
    name = list(read_rows("months"))[int(month) - 1]
    year = f" 20{found['year'][-2:]}" if found["year"] else ""
    return _Settled(f"{text[: found.start()]}{day} {name}{year}{text[found.end() :]}", year)


def _order(country: str) -> str:
    """Return what comes first in a date of a country; nothing where people write both, or the year."""
    return next((first for first, codes in read_rows("date_orders").items() if country in codes.split()), "")
