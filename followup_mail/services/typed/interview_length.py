"""How long an interview took: as it was said, as its end tells, else what is usual, and then that is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from followup_mail.facts.moments import write_span
from followup_mail.facts.said_ranges import read_length_within
from followup_mail.facts.unfit_values import UnfitError

USUAL_LENGTH: Final = timedelta(minutes=45)
ASSUMED: Final = f"The length of the interview was not said: {write_span(USUAL_LENGTH)} is assumed; you can change it."


def length_of_new(start: str, told: timedelta | None, tell: Callable[[str], object]) -> timedelta:
    """Return the length of an interview that is new; one that is assumed is told. Raises as ``length_told`` does."""
    if length := length_told(start, told):
        return length
    tell(ASSUMED)
    return USUAL_LENGTH


def length_told(start: str, told: timedelta | None) -> timedelta | None:
    """Return the length that was said, or that "10:00 - 10:45" tells. Raises ``UnfitError`` where the two differ."""
    within = read_length_within(start)
    if told and within and told != within:
        raise UnfitError(
            f"From the beginning to the end it is {write_span(within)}, and --duration says {write_span(told)}",
            "leave one of them out",
        )
    return told or within
