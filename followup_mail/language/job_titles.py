"""A job title as it is said in a sentence: "the staff nurse role", not the whole line of the advert."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.regex import regex

# What German, French and other adverts put behind a title by law: "(m/w/d)", "(f/m/x)". Nobody says it.
_ALL_GENDERS: Final = regex(
    r"\s*[(\[](?:(?:[mwfdxhnig]\s?[/|*]\s?){1,3}[mwfdxhnig*]|all genders|gn)[)\]]", re.IGNORECASE
)
_BRACKETS: Final = regex(r"\s*[(\[][^)\]]*[)\]]")
# A slash joins two words in "Sales/Marketing Manager": only behind the last word does it begin something else.
_SECOND_PART: Final = regex(r"\s*(?:,|;|:|\s/\s|/\S+$|\||\s[-\u2013\u2014]\s).*")
_IS_ONE: Final = regex(
    r"(?:position|role|post|job|vacancy|apprenticeship|internship|traineeship|placement|fellowship|scholarship"
    r"|studentship|lectureship|professorship|residency|secondment)$",
    re.IGNORECASE,
)
_IS_WITHIN: Final = regex(r"\binternal (?:application|applicant|candidate|move|promotion|transfer)\b", re.IGNORECASE)
_TITLE_CASE: Final = regex(r"(?:^|[\s-])[A-Z][a-z]")
_JOINED: Final = regex(r"\s(?:to|for|in|at|with)\s")
# A word that keeps its capital where the rest of the title has none.
_PROPER: Final = frozenset(
    """
    english french german spanish italian dutch polish portuguese russian chinese japanese korean arabic latin greek
    turkish hindi welsh irish swedish danish norwegian finnish hungarian czech java python ruby rust go kotlin swift
    android linux windows kubernetes oracle salesforce sap azure google microsoft adobe montessori javascript typescript
    """.split()  # noqa: SIM905
)


def is_internal(role: str) -> bool:
    """Tell whether the candidate works there already: "Store manager (internal transfer)"."""
    return bool(_IS_WITHIN.search(role))


def strip_legal_suffix(role: str) -> str:
    """Return a title without "(m/w/d)" and the like."""
    return _ALL_GENDERS.sub("", role) or role


def say_job(role: str) -> str:
    """Return a title as a sentence names it: "staff nurse" of "Staff nurse, acute medical ward".

    Capitals stay where the whole title is written with them ("Data Engineer") or a word needs one ("PhD", "French").
    """
    main = _SECOND_PART.sub("", _BRACKETS.sub("", strip_legal_suffix(role))).strip() or role.strip()
    first, _, rest = main.partition(" ")
    is_sentence_case = first == first.capitalize() and not _TITLE_CASE.search(rest)
    return first.lower() + main[len(first) :] if is_sentence_case and _may_be_small(first) else main


def say_post(role: str) -> str:
    """Return what follows "the": "staff nurse role", "PhD position", "role of clerk to a judge"."""
    job = say_job(role)
    if job[:1].islower() and _JOINED.search(job):
        return f"role of {job}"
    return job if _IS_ONE.search(job) else f"{job} role"


def _may_be_small(word: str) -> bool:
    """Tell whether a word has its capital only as the first: "Nurse", not "C++", "X-ray" or "German-speaking"."""
    return word[1:2].islower() and word.partition("-")[0].lower() not in _PROPER
