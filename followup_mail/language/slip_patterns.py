"""What to write instead of words that are surely wrong beside others: a list of patterns for each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any, Final

from followup_mail.language.corrections import Correction
from followup_mail.language.known_words import Known
from followup_mail.language.word_tables import read_table
from followup_mail.regex import regex

_TABLES: Final = ("proofread", "sound_alikes", "short_forms")
_FAR_BEFORE: Final = 30


def find_patterns(text: str, known: Known) -> Iterator[Correction]:
    """Yield what to write instead, pattern by pattern; what is not sure, or not in this country, has no correction."""
    small = text.lower().replace("’", "'")
    for pattern, rule in _rules():
        if "has" in rule and not any(part in small for part in rule["has"].split("|")):
            continue
        for found in pattern.finditer(text):
            if _is_excepted(text, found, rule):
                continue
            right = _right_of(found, rule)
            if right.lower() != found[0].lower():
                is_doubtful = rule.get("is_question") or known.country in rule.get("not_in", ())
                same = _same_words_first(found[0], right)
                wrong, shown = found[0][same:], "" if is_doubtful else right[same:]
                why = f"write *{right.strip()}*: {rule['why']}"
                yield Correction(found.start() + same, found.end(), wrong, shown, why)


def _same_words_first(wrong: str, right: str) -> int:
    """Return how many letters of whole words stay as they are: the beginning of a question may have them."""
    same = next(
        (at for at, (letter, other) in enumerate(zip(wrong, right, strict=False)) if letter != other), len(wrong)
    )
    return wrong.rfind(" ", 0, same) + 1 if same < len(wrong) else 0


def _is_excepted(text: str, found: re.Match[str], rule: dict[str, Any]) -> bool:
    before = text[max(found.start() - _FAR_BEFORE, 0) : found.end()]
    if "only" in rule and found[1].lower() != rule["only"]:
        return True
    return bool("unless" in rule and re.search(rf"(?i)\b(?:{rule['unless']})\b", before))


def _right_of(found: re.Match[str], rule: dict[str, Any]) -> str:
    if "replace" in rule:
        return found[0].replace(rule["replace"], rule["with"])
    if "with" in rule:
        return found.expand(rule["with"]) if found.re.groups else str(rule["with"])
    last = found[found.re.groups]
    return found[0][: -len(last)] + str(rule["right"][last.lower()])


@cache
def _rules() -> Sequence[tuple[re.Pattern[str], dict[str, Any]]]:
    rules = chain.from_iterable(read_table(name)["patterns"] for name in _TABLES)
    return [(regex(rule["find"], re.IGNORECASE), rule) for rule in rules]
