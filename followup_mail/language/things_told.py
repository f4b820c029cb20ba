"""Behind *You told me about* comes a thing: a clause is offered as *You told me that …*, in the same words."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.language.finite_verbs import find_verb, is_whole_clause
from followup_mail.language.known_words import LISTS, words_of
from followup_mail.language.shapes import Misfit
from followup_mail.regex import regex

TOLD: Final = ("told me about ", "mentioned ")
SAID: Final = ("said that ", "told me that ", "mentioned that ")
_VERB_AGAIN: Final = regex(
    r"(?i)(?:you )?(?:also )?(?:told (?:me|us)|said|says|mentioned|spoke|talked|explained to me)\b (about )?(?=\w)"
)
# Others can belong to a thing: "over 300 calls", "about 5 %", "outside work", "past papers".
_NEVER_FIRST: Final = frozenset(
    {"on", "in", "at", "by", "for", "from", "of", "into", "with", "during", "within", "until"}
)
_CASE: Final = regex(r"(?i)(?:the |a )?(?:case|fact|issue|situation|possibility|risk) that ")
_BE: Final = frozenset({"is", "are", "was", "were", "has", "can't", "cannot", "don't", "doesn't", "isn't", "aren't"})


def is_clause_told(text: str) -> bool:
    """Return whether somebody already wrote *that …* with a verb: the sentence then reads *You told me that …*."""
    words = words_of(text)
    return words[:1] == ["that"] and find_verb(words[1:]) is not None


def find_beginning_again(text: str, *, is_clause: bool = False) -> Misfit | None:
    """Return the answer without the verb that its beginning has already: *told me that …*, *mentioned …*."""
    found = _VERB_AGAIN.match(text)
    if found is None:
        return None
    rest = text[found.end() :]
    if is_clause:
        rest = re.sub(r"(?i)^that ", "", rest)
    is_sure = is_clause or words_of(rest)[:1] == ["that"] or bool(found[1])
    return Misfit(f"leave out *{found[0].strip()}*: the beginning says it already", rest if is_sure else "")


def find_clause_told(text: str) -> Misfit | None:
    """Return what to write where a clause was typed as a thing; None for a thing."""
    words = words_of(text)
    if misfit := find_beginning_again(text) or _preposition_first(words[0]):
        return misfit
    if found := _CASE.match(text):
        return Misfit("this is a sentence: *You told me that …*", f"that {text[found.end() :]}")
    if "being" in words:
        return Misfit("say it as a sentence: *that … is …*", is_late=True)
    first, *more = (words_of(part) for part in text.split(","))
    if any(part and part[0] not in LISTS["relatives"] and _has_main_verb(part) for part in more):
        return Misfit("a thing and a sentence at once: keep only the sentence, or only the thing", is_late=True)
    if first and (is_whole_clause(first) or _has_main_verb(first)):
        return Misfit("this is a sentence: *You told me that …*", f"that {text}")
    return None


def _preposition_first(word: str) -> Misfit | None:
    is_first = word in _NEVER_FIRST
    return Misfit(f"begin with a thing, not with *{word}*: *the …*, *your …*", is_late=True) if is_first else None


def _has_main_verb(words: list[str]) -> bool:
    """Return whether a verb of its own stands in it, in no clause with *who*, *that* or *you*."""
    at = next((at for at, word in enumerate(words) if word in _BE), 0)
    before = words[:at]
    return at > 0 and not any(word in LISTS["relatives"] | {"you", "i", "we", "they"} for word in before)
