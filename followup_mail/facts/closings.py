"""How a letter ends: the closing above a name, and what a telephone puts below it. The phrases are in the TOML file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from followup_mail.facts.word_lists import read_phrases
from followup_mail.regex import regex

_PHRASES: Final = read_phrases(Path(__file__).with_suffix(".toml"))
CLOSINGS: Final = _PHRASES["closings"]
_ALSO_NAMES: Final = frozenset(("best", "bests", "br", "kr", "lg", "vg"))
_AND: Final = regex(r",? (?:and|&|und|et|y) |, ?")
_SENT_FROM: Final = tuple(_PHRASES["sent_from"])


def is_closing(line: str) -> bool:
    """Return whether a line is nothing but a closing: "Best regards,"."""
    words = " ".join(line.casefold().rstrip(" ,.!-\u2013\u2014:").split())
    return words in CLOSINGS or all(part in CLOSINGS for part in _AND.split(words))


def without_closing(line: str) -> str:
    """Return "Tom Okafor" of "Regards, Tom Okafor"; "Best, George" may have a family name and stays."""
    closing, comma, rest = line.partition(",")
    is_sure = is_closing(closing) and closing.strip().casefold() not in _ALSO_NAMES
    return rest.strip() if comma and rest.strip() and is_sure else line


def is_sent_from(line: str) -> bool:
    """Return whether a line is what a mail program of a telephone puts below a letter: "Sent from my iPhone"."""
    return line.strip().casefold().startswith(_SENT_FROM)
