"""Whether a mail speaks of a mark instead of leaving it behind: "the [DATE] labels that printed literally"."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.checks.known_names import KnownNames
from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.prose import Prose, read_words
from followup_mail.regex import regex

_LISTS: Final = read_words("spoken_labels")
_REACH: Final = 80
_SENTENCE_END: Final = regex(r"[.!?](?=\s)|\n")


def _any_of(key: str) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in _LISTS[key].split("\n") if word)


_BEFORE: Final = regex(
    rf"\b(?:(?:{_any_of('things')})(?:\s+(?:{_any_of('linking')}))?,?"
    rf"|(?<!\byou )(?<!\bi )(?<!\bwe )(?<!\bhe )(?<!\bshe )(?<!\bthey )(?:{_any_of('showing')})(?:\s+(?:only|just|"
    rf"nothing but))?:?)"
    r"\s+(?:(?:a|an|the)\s+)?[\"'(\[<{]{0,2}\Z"
)
_AFTER: Final = regex(rf"[\"')\]>}}]?\s+(?:{_any_of('marks')})\b")
_ANYWHERE: Final = regex(rf"\b(?:{_any_of('said_of_marks')})\b")


def is_spoken_of(prose: Prose, span: TextSpan) -> bool:
    """Return whether the sentence around a mark speaks of it as a label, a column, a value that somebody saw."""
    before = _SENTENCE_END.split(prose.plain[max(0, span.start - _REACH) : span.start])[-1]
    after = _SENTENCE_END.split(prose.plain[span.end : span.end + _REACH])[0]
    return bool(_BEFORE.search(before) or _AFTER.match(after) or _ANYWHERE.search(before) or _ANYWHERE.search(after))


def is_in_facts(words: str, known: KnownNames) -> bool:
    """Return whether a fact has a mark beside other words: then it is what was talked about."""
    text = " ".join(words.lower().split())
    if len(text) < 3 or not any(text in fact for fact in known.fact_texts):
        return False
    alone = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
    return any(alone.search(fact) for fact in known.fact_texts if len(fact) > len(text) + 2)
