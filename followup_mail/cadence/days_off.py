"""Which days are no working days in a country: its weekend (not Saturday and Sunday everywhere) and its holidays.

Everything comes from the ``holidays`` package, which is slow to import and to ask. What it has answered is kept in a
file, if a place for one was named (``keep_answers_in``): then it is imported only for what nobody has asked before.
Country and region unknown to it fall back, never fail: ``holiday_gap`` says so in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from followup_mail.cadence.kept_days_off import KeptDaysOff

WEEKEND: Final = "the weekend"
_kept = KeptDaysOff(None)


def keep_answers_in(path: Path) -> None:
    """Keep answers in that file from now on. Raises nothing: where it cannot be read or written, they are not kept.

    It must be a file that only the user's own programs write: a day off that is missing there is a working day here.
    """
    global _kept  # noqa: PLW0603  # one file for the process, like the package itself: what it says depends on nothing
    if _kept.path != path:
        _kept = KeptDaysOff(path)


@lru_cache(maxsize=512)
def days_off(country: str, region: str, year: int) -> Mapping[date, str]:
    """Return the days of ``year`` on which offices are closed, each with its name, e.g. ``Thanksgiving Day``.

    A weekend day is called ``WEEKEND``, also when a holiday falls on it. A Saturday that a country makes a working
    day (China, in exchange for a long holiday) is not among them.
    """
    found = _kept.days(country, region, year)
    if found is None:
        from followup_mail.cadence.fresh_days_off import work_out_days_off

        found = work_out_days_off(country, region, year)
        _kept.keep_days((country, region, year), found)
    return MappingProxyType(found)


@lru_cache(maxsize=512)
def holiday_gap(country: str, region: str, year: int) -> str:
    """Return a sentence on what is not known about the holidays of a place in ``year``; empty when all is known."""
    if not country:
        return "No country is on record, so only Saturdays and Sundays count as days off: add `country` to the facts"

    def work_out() -> str:
        from followup_mail.cadence.fresh_days_off import work_out_holiday_gap

        return work_out_holiday_gap(country, region, year)

    return _sentence("gap", (country, region, year), work_out)


@lru_cache(maxsize=512)
def region_gap(country: str, region: str, year: int) -> str:
    """Return a sentence on what a region would add: where none is given and it matters, or where it is not known."""
    if not country:
        return ""

    def work_out() -> str:
        from followup_mail.cadence.fresh_days_off import work_out_region_gap

        return work_out_region_gap(country, region, year)

    return _sentence("region", (country, region, year), work_out)


def name_application(gap: str, slug: str) -> str:
    """Return such a sentence with the application that it is about in its command."""
    return gap.replace(" APP ", f" {slug} ")


def _sentence(about: str, place_year: tuple[str, str, int], work_out: Callable[[], str]) -> str:
    found = _kept.sentence(about, place_year)
    if found is None:
        found = work_out()
        _kept.keep_sentence(about, place_year, found)
    return found
