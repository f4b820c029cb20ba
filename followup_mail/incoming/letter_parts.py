"""The words around a letter that somebody copies: what a mail page shows, greetings, months and days.

The phrases are in ``letter_parts.toml``.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

from followup_mail.facts.word_lists import read_phrases

_FILE: Final = Path(__file__).with_suffix(".toml")
_PHRASES: Final = read_phrases(_FILE)
_LINES: Final = tomllib.loads(_FILE.read_text("utf-8"))


def _numbered(name: str, first: int) -> dict[str, int]:
    """Return the words of each line with the number of the line."""
    lines = _LINES[name].strip().split("\n")
    return {word: number for number, line in enumerate(lines, first) for word in line.split(", ")}


MONTHS: Final = _numbered("months", 1)
WEEKDAYS: Final = _numbered("weekdays", 0)
TODAY: Final = _PHRASES["today"]
YESTERDAY: Final = _PHRASES["yesterday"]
HOURS_AGO: Final = _PHRASES["hours_ago"]
DAYS_AGO: Final = _PHRASES["days_ago"]
WEEKS_AGO: Final = _PHRASES["weeks_ago"]
SHOWN: Final = _PHRASES["shown"]
TO_ME: Final = _PHRASES["to_me"]
GREETINGS: Final = _PHRASES["greetings"]
NO_PERSON: Final = _PHRASES["no_person"]


def is_greeting(line: str) -> bool:
    """Return whether a line greets: "Hi Jordan,", "Sehr geehrter Herr Beispiel," or "Hi Jordan, thank you for ..."."""
    words = re.findall(r"[^\W\d_]+", line.casefold())[:2]
    is_known = any(" ".join(words[:count]) in GREETINGS for count in (1, 2))
    return is_known and bool(re.match(r"[^.?]{0,60}(?:[,!:\uff0c\u2013\u2014-]|\Z)", line))
