"""A job title as it is said in a sentence: "the staff nurse role", not the whole line of the advert."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.language.lexicon import word_list, word_table
from followup_mail.language.word_tables import read_list
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
_WORDS: Final = regex(r"[\s-]")
_CAPITALISED: Final = regex(r"[A-Z][a-z]")
_JOINED: Final = regex(r"\s(?:to|for|in|at|with)\s")
_PRODUCTS: Final = frozenset({"adobe", "drupal", "go", "google", "microsoft", "montessori", "ruby", "sap", "scrum"})
_NO_NAMES: Final = frozenset({"blender", "docker", "illustrator", "turkey"})
"""In a title, these are what somebody is or looks after, and no tool or country."""


def is_internal(role: str) -> bool:
    """Return whether the candidate works there already: "Store manager (internal transfer)"."""
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
    is_sentence_case = first == first.capitalize() and not any(map(_is_title_case, _WORDS.split(rest)))
    return first.lower() + main[len(first) :] if is_sentence_case and _may_be_small(first) else main


def say_post(role: str) -> str:
    """Return what follows "the": "staff nurse role", "PhD position", "role of clerk to a judge"."""
    job = say_job(role)
    if job[:1].islower() and _JOINED.search(job):
        return f"role of {job}"
    return job if _IS_ONE.search(job) else f"{job} role"


def _may_be_small(word: str) -> bool:
    """Return whether a word has its capital only as the first: "Nurse", not "C++", "X-ray" or "German-speaking"."""
    return word[1:2].islower() and not _needs_capital(word.partition("-")[0])


def _is_title_case(word: str) -> bool:
    """Return whether a word has its capital only because the whole title is written with them."""
    return bool(_CAPITALISED.match(word)) and not _needs_capital(word)


def _needs_capital(word: str) -> bool:
    lower = word.lower()
    names = (read_list("capital_words"), read_list("place_words"), word_list("proper"), word_table("tools"), _PRODUCTS)
    return lower not in _NO_NAMES and any(lower in known for known in names)
