"""Somebody whom a mail names with their title in a line with an hour: "1 PM with Amy Wu, Head of Talent"."""

from __future__ import annotations

from typing import Final

from followup_mail.facts.looks_like import is_job_title
from followup_mail.incoming.named_moments import has_hour
from followup_mail.regex import regex

_WORD: Final = r"[A-Z\u00c0-\u00de](?=[\w'\u2019-]*[a-z\u00df-\u00ff])[\w'\u2019-]*"
_TITLED: Final = regex(rf"(?<![\w.])(?P<name>{_WORD}(?: {_WORD}){{1,3}})(?:,| \() ?(?P<title>[A-Z][^,.;()|\n]{{2,60}})")
_LIMIT: Final = 5


def find_titled(text: str) -> tuple[str, ...]:
    """Return who is named with a title in a line with an hour, each once, as an option takes them: "Amy Wu; CTO"."""
    lines = [line for line in text.split("\n") if has_hour(line)]
    found = [match for line in lines for match in _TITLED.finditer(line) if is_job_title(match["title"].strip())]
    return tuple(dict.fromkeys(f"{match['name']}; {match['title'].strip()}" for match in found))[:_LIMIT]
