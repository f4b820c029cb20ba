"""The rules about refusals, from ``refusals.toml``: which replies each matches, and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from followup_mail.delivery.replies import Reply
from followup_mail.regex import regex

_FILE: Final = tomllib.loads(Path(__file__).with_name("refusals.toml").read_text("utf-8"))
_NAME: Final = regex(r"<(\w+)>")
ADVICE: Final[Mapping[str, str]] = _FILE["advice"]


class ReplyRule(Struct, frozen=True):
    """Which refusals a rule matches, and what the user should do about them."""

    code: str
    """Regular expression for the whole reply code."""
    fix: str
    enhanced: str = ""
    """Regular expression for the whole enhanced code; empty matches any, also none."""
    words: str = ""
    """Regular expression searched for in the text, ignoring case."""
    pauses: bool = False
    """True when every other mail of this account would be refused too."""
    later: bool = False
    """True where the server says "never" and means "not today"."""

    def matches(self, reply: Reply) -> bool:
        """Return whether this rule is about that reply."""
        return (
            re.fullmatch(self.code, str(reply.code)) is not None
            and (not self.enhanced or re.fullmatch(self.enhanced, reply.enhanced) is not None)
            and (not self.words or re.search(self.words, reply.text, re.IGNORECASE) is not None)
        )


def expand(pattern: str) -> str:
    """Return a pattern with each ``<name>`` replaced by the pattern of that name. Raises ``KeyError``."""
    return _NAME.sub(lambda found: _pattern(found[1]), pattern)


def _pattern(name: str) -> str:
    named: str | list[str] = _FILE["patterns"][name]
    return expand(named if isinstance(named, str) else f"(?:{'|'.join(named)})")


def _rule(row: Mapping[str, Any]) -> ReplyRule:
    return ReplyRule(**{**row, "fix": ADVICE[row["fix"]], "words": expand(row.get("words", ""))})


RULES: Final = {name: tuple(map(_rule, rows)) for name, rows in _FILE["rules"].items()}
"""The rules by what they are about, each from the specific to the general."""
