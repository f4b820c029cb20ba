"""One row of the tables of refusals, and which replies it fits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from followup_mail.delivery.replies import Reply


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row: which refusals it is about, and what to do."""

    code: str
    """Regular expression for the whole reply code."""
    fix: str
    enhanced: str = ""
    """Regular expression for the whole enhanced code; empty matches any, also none."""
    words: str = ""
    """Regular expression searched for in the text, whatever the case."""
    pauses: bool = False
    """True when no other mail of this account would fare better."""
    later: bool = False
    """True where the server says "never" and means "not today"."""

    def fits(self, reply: Reply) -> bool:
        """Tell whether this row is about that reply."""
        return (
            re.fullmatch(self.code, str(reply.code)) is not None
            and (not self.enhanced or re.fullmatch(self.enhanced, reply.enhanced) is not None)
            and (not self.words or re.search(self.words, reply.text, re.IGNORECASE) is not None)
        )


def any_of(*patterns: str) -> str:
    """Return one regular expression for all of these."""
    return "|".join(patterns)
