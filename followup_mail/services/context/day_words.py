"""Whether two texts say the same, but for how they name the day of a meeting: that goes by the moment of the mail."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.cadence.wording import WEEKDAYS
from followup_mail.regex import regex

_DAY: Final = regex(
    rf"\b(?:today|yesterday|this (?:morning|afternoon)|(?:on |last |this )?(?:{'|'.join(WEEKDAYS)})(?: last week)?)\b",
    re.IGNORECASE,
)


def differ_by_day_only(one: str, other: str) -> bool:
    """Return whether texts are the same, or differ in words such as "yesterday" and "on Sunday" alone."""
    return _DAY.sub("that day", one) == _DAY.sub("that day", other)
