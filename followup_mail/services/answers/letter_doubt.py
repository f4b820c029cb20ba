"""One reason to ask before a letter is recorded."""

from __future__ import annotations

from msgspec import Struct

from followup_mail.facts.terms import Status


class Doubt(Struct, frozen=True):
    """Why a letter may not be what the user takes it for."""

    sentence: str
    meant: str = ""
    """The short name of the application that it fits better."""
    better: Status | None = None
    """What to record instead; None where nothing is, or where the letter is another's."""
    names_day: bool = False
    """Whether they are likely to have named another day for their decision."""
