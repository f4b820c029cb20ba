"""What a value looks like, so that one in the wrong place is noticed: an address as a title, a day as a company."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from followup_mail.facts.clean import clean_phone
from followup_mail.facts.credentials import is_nurses_post
from followup_mail.facts.name_case import is_listed, key_of
from followup_mail.facts.said_days import read_day_said
from followup_mail.facts.said_moments import read_moment_said
from followup_mail.facts.said_readings import AmbiguousError, Side, plain_words, read_rows, read_table
from followup_mail.facts.terms import Role
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.facts.word_lists import WordLists
from followup_mail.regex import regex

WORDS: Final = WordLists(Path(__file__).with_name("pasted_words.toml"))

_ADDRESS: Final = regex(r"[^\s@]@[^\s@]+\.[^\s@]")
_LINK: Final = regex(r"(?i)\b(?:https?://|www\.)|\b(?:linkedin|github)\.com\b")
_ONSITE: Final = regex(read_rows("onsite")["where"])
_EASTERN_COMPANY: Final = regex(r"株式会社|有限会社|合同会社|[(（]株[)）]|㈱|公司|주식회사|㈜")
_NEVER_INSIDE: Final = frozenset(("the", "for", "our", "your", "with"))
"""Small words of mottos, which no name has inside: "Building the future"."""
_LEARNED: Final = regex(r"[a-z]{2,}(?:ologist|ographer|ometrist|iatrist|ician)s?")
_EASTERN_TITLES: Final = tuple(WORDS["eastern_titles"])
_SHORT_UNIT: Final = regex(r".[部室局係課]")  # a family name, like that of Shinzo Abe, ends as a department does
_WARD: Final = regex(
    r"(?:unit|ward|floor|level|station|wing|pod|bay|tower|site|region|team|zone|section|area|store|branch|shop|plant|gate)?"
    r"\s*\d{1,4}(?:st|nd|rd|th)?\s*"
    r"(?:north|south|east|west|tower|floor|main|[a-z]{1,2})?",
    re.IGNORECASE,
)
_OF_A_HOUSE: Final = regex(
    r"(?:department|dept\.?|school|faculty|institute|university|college|division) of ", re.IGNORECASE
)
_CLOCK: Final = regex(r"(?i)\d ?[ap]\.?m\b|\d[:h]\d\d\b|o'clock\b")
_FEWEST_DIGITS: Final = 7
"""A telephone number with fewer is a year, a postcode or a house number."""


def looks_like(text: str) -> str:
    """Return what a line plainly is: "an address", "a telephone number", "a link", "a day", "a time"; or nothing.

    A name of a month or a weekday alone is nothing: people and companies are called May and Monday.
    """
    line = text.strip()
    if _ADDRESS.search(line):
        return "an address"
    if _LINK.search(line):
        return "a link"
    if is_phone(line):
        return "a telephone number"
    if line.lower() in read_table("weekdays") or line.lower() in read_table("months") or line.isalpha():
        return ""
    if _is_read(read_day_said, line):
        return "a day"
    return "a time" if _CLOCK.search(line) and _is_read(read_moment_said, line) else ""


def _is_read(read: Callable[[str, date, Side], object], line: str) -> bool:
    try:
        read(line, date(2026, 1, 1), Side.RATHER_PAST)
    except AmbiguousError:
        return True
    except UnfitError:
        return False
    return True


def is_way_to_meet(text: str) -> bool:
    """Return whether a line says how or where somebody was met: "in person", "over Zoom", "on the ward"."""
    words = " ".join(text.lower().split())
    return words in read_table("formats") or _ONSITE.fullmatch(words) is not None


def is_phone(text: str) -> bool:
    """Return whether a line is a telephone number, perhaps with "Tel." before it."""
    try:
        return len(re.findall(r"\d", clean_phone(strip_label(text, "phones")))) >= _FEWEST_DIGITS
    except UnfitError:
        return False


def is_job_title(text: str) -> bool:
    """Return whether a line holds a word of job titles."""
    words = _words(text)
    is_listed_one = not WORDS["titles"].isdisjoint(words) or any(map(_LEARNED.fullmatch, words)) or _is_trade(words)
    return is_listed_one or is_nurses_post(text) or any(map(is_eastern_title, text.split()))


def _is_trade(words: list[str]) -> bool:
    """Return whether words end in a trade that is a family name as well, with its kind before it: "truck driver"."""
    return words[-1:] != words[:1] and words[-1] in WORDS["trade_names"] and words[-2] in WORDS["trade_kinds"]


def is_eastern_title(word: str) -> bool:
    """Return whether a word in Eastern letters is a post or a department: "人事部", "課長"."""
    return len(word) > 1 and not word.isascii() and word.endswith(_EASTERN_TITLES) and not _SHORT_UNIT.fullmatch(word)


def is_company(text: str) -> bool:
    """Return whether a line ends with what stands behind the name of a company, or is a part of a house."""
    words = _words(text)
    if _OF_A_HOUSE.match(text.strip()) or _EASTERN_COMPANY.search(text):
        return True
    if words and words[-1] in WORDS["company_endings"]:
        return len(words) > 1 and not is_job_title(text)
    return bool(words) and words[-1] in WORDS["companies"]


def is_capital_title(text: str) -> bool:
    """Return whether a part in capitals is a post or a department: "CTO", "QA". Others are certificates."""
    return is_job_title(text) or key_of(text) in WORDS["capital_titles"]


def is_unit(text: str) -> bool:
    """Return whether a line names the part of a house where somebody works: "4 West", "Medical-Surgical/Oncology"."""
    words = _words(text)
    return bool(_WARD.fullmatch(text.strip())) or (bool(words) and (WORDS["fields"] | WORDS["units"]).issuperset(words))


def is_part_played(text: str) -> bool:
    """Return whether a line is somebody's part in the process: "hiring manager"."""
    return text.strip().lower() in {*Role}


def may_be_name(text: str) -> bool:
    """Return whether a line can be the name of a person: up to five words without a figure, and no job title."""
    words = text.split()
    is_plain = 1 <= len(words) <= 5 and not re.search(r"[\d@/\\|:;<>#*=]", text) and _NEVER_INSIDE.isdisjoint(words[1:])
    return (
        is_plain and any(map(str.isalpha, text)) and not is_job_title(without_honorific(text)) and not is_company(text)
    )


def without_honorific(text: str) -> str:
    """Return "Jo Hall" of "Sister Jo Hall": before a name such a word is a form of address, and no job title."""
    first, _, name = text.strip().partition(" ")
    if first.lower() == "staff" and without_honorific(name) != name:
        return without_honorific(name)
    words = name.split()
    is_called = bool(words) and plain_words(first).strip(".") in WORDS["honorifics"]
    if is_called and words[0].lower() not in WORDS["small"] and not is_job_title(name):
        return name
    is_family_name = words[-1:] and words[-1].lower() in WORDS["titles_also_names"] and words[-1][:1].isupper()
    # "HR Business Partner" is a post; Norwegians write "Hr. Partner".
    is_person = (
        is_family_name and first != "HR" and (is_listed(first, "civil_titles") or key_of(first) in {"dr", "prof"})
    )
    return " ".join(words[:-1]) or first if is_person else text


def strip_label(text: str, kind: str) -> str:
    """Return a line without its label: "+1 312 ..." of "Tel.: +1 312 ..."."""
    label, sign, rest = re.match(r"(?s)\s*((?:[^\W\d_]|-)*)(\s*[.:]+(?:\s*:)?\s*|\s+|)(.*)", text).groups()  # type: ignore[union-attr]
    return rest.strip() if plain_words(label) in WORDS[kind] and (sign or not label) else text.strip()


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,/&()-]+", plain_words(text)) if word]
