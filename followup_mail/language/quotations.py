"""Words that the reader said, when they can be quoted back to that person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list, word_table
from followup_mail.language.note_words import Part, is_near_known, is_shouted
from followup_mail.language.word_tables import any_of
from followup_mail.regex import regex

_QUOTED: Final = regex(r'^(?P<lead>[^"]*?)"(?P<words>[^"]+)"\s*[.!]*$')
_QUOTED_FIRST: Final = regex(r'^(?P<lead>)"(?P<words>[^"]+)"\s*(?:[-–—.,;(]\s|\s[-–—(])[^"]*$')
_RULE: Final = regex(r"(?:his|her|their)(?: (?:first|own|one|only|golden|house))? rule(?: is)?", re.IGNORECASE)
_SAYS_NO: Final = regex(
    r"no \w+(?: \w+){0,4}, no \w+(?: \w+){0,3}|no \w+(?: \w+){0,3} (?:without|before|until|after) \w+(?: \w+){0,6}",
    re.IGNORECASE,
)
_LONGEST_RULE: Final = 12
_MARKS: Final = regex(r"[@/+=<>()\[\]&?!]|->|\.\s|'(?:\s|$)|(?:^|\s)'")


def quotation(text: str) -> str:
    """Return the quoted words of a note in plain text, unless they are rough, a scrap, or about somebody."""
    found = _QUOTED.match(text.strip()) or _QUOTED_FIRST.match(text.strip())
    if not found or not any_of("tact", "before_a_quotation", re.IGNORECASE).match(found["lead"]):
        return ""
    words = found["words"].strip().rstrip(".,")
    return words if _is_whole(words) and not _is_unquotable(words) else ""


def _is_unquotable(words: str) -> bool:
    return bool(any_of("tact", "unquotable", re.IGNORECASE).search(words))


def rule_of_theirs(parts: Sequence[Part]) -> str:
    """Return what a note gives as a rule of the reader's, in the short way of rules: "her rule: no plan, no boat"."""
    first = " ".join(parts[0].words) if parts else ""
    if len(parts) < 2 or parts[1].mark not in {":", "=", "-"} or not _RULE.fullmatch(first):
        return ""
    if any(part.mark != "," for part in parts[2:]):
        return ""
    words = ", ".join(" ".join(part.words) for part in parts[1:])
    is_quotable = not _is_unquotable(words)
    is_plain = not any(_is_odd(word.strip(",").lower()) for word in words.split())
    is_short = 3 <= len(words.split()) <= _LONGEST_RULE
    return words if _SAYS_NO.fullmatch(words) and is_quotable and is_plain and is_short else ""


def _is_whole(words: str) -> bool:
    items = [item.strip(",.;:!?") for item in words.split()]
    if not 3 <= len(items) <= 14 or is_shouted(words) or _MARKS.search(words):
        return False
    if any(_is_odd(item.lower()) for item in items):
        return False
    return _is_clause(items) or _is_parallel(words)


def _is_odd(item: str) -> bool:
    is_short_form = (
        item in word_table("short_forms") and item not in word_list("short_forms_in_speech") and not classes_of(item)
    )
    return is_short_form or (not classes_of(item) and is_near_known(item))


def _is_clause(items: list[str]) -> bool:
    """Return whether the words hold a verb: "boring is the product", "ask the daft questions early"."""
    if any(WordClass.AUXILIARY in classes_of(item) for item in items[1:]):
        return WordClass.AUXILIARY not in classes_of(items[-1])
    if any(WordClass.VERB_S in classes_of(item) and not classes_of(item) & NOUN_CLASSES for item in items[1:-1]):
        return True
    first = classes_of(items[0])
    told = {WordClass.DETERMINER, WordClass.POSSESSIVE, WordClass.PRONOUN, WordClass.ADVERB}
    return WordClass.BASE in first and bool(classes_of(items[1]) & told)


def _is_parallel(words: str) -> bool:
    """Return whether the words are a saying in two halves: "no plan, no boat", "why first, then how"."""
    return bool(any_of("tact", "sayings").fullmatch(words.lower()))
