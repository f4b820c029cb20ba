"""Whom somebody means who tells of an office instead of a name: "references to HR", "my DBS for the panel's admin"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from followup_mail.facts.looks_like import is_job_title, is_part_played
from followup_mail.facts.people import Person
from followup_mail.regex import regex

_TOLD: Final = regex(
    r"(?i)(?P<lead>\b(?:to|for|with)|->|\() ?(?:(?:the|our|their)\b ?)?(?:[\w ]{2,30}['\u2019]s? )?"
    r"(?P<office>[a-z][a-z &-]{1,40}?)(?P<end>\)|(?= (?:by|on|before|this|next|today|tomorrow)\b)|\Z)"
)
_DEPARTMENTS: Final = frozenset({"admin", "admissions", "payroll", "people team"})
"""What is no word of job titles alone, but says whom something is sent to."""
_STANDS_FOR: Final = {"human resources": "hr", "talent acquisition": "recruit", "recruiting": "recruit"}
_STEMS: Final = {"recruiter": "recruit", "recruitment": "recruit", "admin": "administ", "admissions": "admission"}
_BELOW: Final = frozenset({"deputy", "vice", "assistant", "associate", "junior", "trainee", "to"})
"""Before the word of an office these name another post: the deputy head is not the head."""
_NO_OFFICE: Final = frozenset({"team", "department", "office", "lady", "person", "people", "the", "of", "and"})


def name_office(text: str, people: Sequence[Person]) -> str:
    """Return a promise with the name of the one person whose title or part it tells; as it is where none or two fit."""
    for told in _TOLD.finditer(text):
        office = told["office"].strip().lower()
        if is_job_title(office) or is_part_played(office) or office in _DEPARTMENTS or _tidy(office) != office:
            fitting = [person for person in people if _holds(person, office)]
            if len(fitting) == 1:
                lead = told["lead"].replace("(", "to")
                return f"{text[: told.start()]}{lead} {fitting[0].name}{text[told.end() :]}"
    return text


def _holds(person: Person, office: str) -> bool:
    """Return whether all words of an office are in the title of a person or in their part, with no post below it."""
    wanted = set(re.findall(r"[a-z]+", _tidy(office))) - _NO_OFFICE
    for held in (person.title, str(person.role)):
        words = re.findall(r"[a-z]+", _tidy(held))
        at = [next((place for place, word in enumerate(words) if word.startswith(want)), -1) for want in wanted]
        if wanted and -1 not in at and _BELOW.isdisjoint(set(words[: min(at)]) - wanted):
            return True
    return False


def _tidy(text: str) -> str:
    """Return a title or an office in small letters, with the words that stand for the same alike."""
    words = text.lower()
    for said, short in _STANDS_FOR.items():
        words = words.replace(said, short)
    return " ".join(_STEMS.get(word, word) for word in words.split())
