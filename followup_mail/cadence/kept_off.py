"""The words for a day to which a mail was moved for one about another application, and how its reason shows them."""

from __future__ import annotations

from typing import Final

ALONE: Final = "hears from you about nothing else"


def was_kept_off(reason: str) -> bool:
    """Return whether a step has its day because of a mail about another application."""
    return ALONE in reason
