"""Somebody whom a mail names as one to meet: "1 PM with Amy Wu, Head of Talent", "you will meet Amy Wu and Jo Hill"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.facts.looks_like import WORDS, is_job_title
from followup_mail.facts.said_readings import read_table
from followup_mail.incoming.named_moments import has_hour
from followup_mail.regex import regex

_WORD: Final = r"[A-Z\u00c0-\u00de](?=[\w'\u2019-]*[a-z\u00df-\u00ff])[\w'\u2019-]*"
_NAME: Final = rf"{_WORD}\.?(?: (?:de |da |van |von )?{_WORD}){{1,3}}"
_TITLED: Final = regex(rf"(?<![\w.])(?P<name>{_NAME})(?:,| \() ?(?P<title>[A-Z][^,.;()|\n]{{2,60}})")
_TO_MEET: Final = regex(
    r"\b(?:(?:will|to|can|are|be|you.ll) (?:also )?(?:meet|meeting)(?: with)?"
    r"|(?:speak|speaking|talk|talking|sit down) (?:with|to)|interviewed by|your interviewers? (?:will be|are|is))\s+"
)
_SURE: Final = regex(r"\b(?:will|you.ll|are|be)\b|\bby\b|interviewer")
"""What leaves no doubt that a person follows, so that a first name alone is one."""
_POST: Final = r"(?:(?:our|the|their) (?P<post>[a-z][a-z -]{2,40}?),? )?"
_NAMES: Final = regex(
    rf"{_POST}(?P<name>{_NAME}|{_WORD}(?= (?:and|from|who|in|at|on)\b|[.,;(]| \(|\s*\Z))"
    rf"(?P<remark> \([^()\n]{{1,60}}\)|, (?:the |our )?[A-Z][^,.;()|\n]{{2,60}}(?=[,.;]))?"
)
_JOINED: Final = regex(r"(?:,|;|\s)*(?:and |& )?(?:also |then )?")
_LIMIT: Final = 5


def find_named(text: str) -> tuple[str, ...]:
    """Return who is named with a title beside an hour, or as one to meet, as an option takes them: "Amy Wu; CTO"."""
    lines = [line for line in text.split("\n") if has_hour(line)]
    titled = [match for line in lines for match in _TITLED.finditer(line) if is_job_title(match["title"].strip())]
    found = {match["name"]: match["title"].strip() for match in reversed(titled)}
    for paragraph in re.split(r"\n\s*\n", text):
        found = dict(_to_meet(" ".join(paragraph.split()))) | found
    return tuple(f"{name}; {title}" if title else name for name, title in found.items())[:_LIMIT]


def _to_meet(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names that follow "you will meet", one behind the other, each with its title or none."""
    for begun in _TO_MEET.finditer(text):
        at = begun.end()
        while named := _NAMES.match(text, at):
            title = (named["remark"] or "").strip(" ,()").removeprefix("the ").removeprefix("our ")
            is_first_name = " " not in named["name"]
            if is_job_title(named["name"]) or (is_first_name and not _may_be_first(named["name"], begun[0])):
                break
            is_title = bool(title) and is_job_title(title)
            post = named["post"] or ""
            before = f"{post[:1].upper()}{post[1:]}" if is_job_title(post) else ""
            yield named["name"], title if is_title else before
            end = named.end() if is_title or not named["remark"] else named.end("name")
            joined = _JOINED.match(text, end)
            at = joined.end() if joined and joined.end() > end else len(text)


def _may_be_first(word: str, before: str) -> bool:
    """Return whether a word alone is a first name: no day, no team and no way to meet."""
    plain = word.lower()
    is_other = plain in read_table("weekdays") or plain in read_table("months") or plain in read_table("formats")
    return bool(_SURE.search(before)) and not is_other and plain not in WORDS["fields"] | WORDS["units"] | {"you", "us"}
