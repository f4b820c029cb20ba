"""What a note on a rejection says besides the reason: how they put it, and what they said to go on with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from followup_mail.language.note_clauses import somebody_clause
from followup_mail.language.note_words import plain_text
from followup_mail.language.rejection_reasons import Reason, ReasonKind, read_reason

_TOLD: Final = (
    (r"(?<!never )\b(?:rang|phoned|telephoned|called) (?:me )?(?:her|him)self\b", "calling me yourself"),
    (r"(?<!never )\b(?:rang|phoned|telephoned|called)(?: me\b|$|[.,;])", "calling to tell me"),
    (r"\btold me (?:her|him)self\b", "telling me yourself"),
    (r"\bby hand\b|\bhandwritten\b", "writing to me by hand"),
)
_SAID: Final = re.compile(r'(?:"|\')([^"]{4,60})(?:"|\')')
_CHOSE: Final = re.compile(
    r"(?i)\b(?:took|hired|chose|picked|went (?:to|with|w/)|given? to|gave it to) "
    r"(?:an? |one |the )?(?:other )?[a-z]+ who (.+)"
)
_LOOK_AT: Final = re.compile(r"(?:please )?(?:have a )?look at (the [a-z -]+|our [a-z -]+)$")
# "It wasn't the budget": what was not the reason is none.
_NOT_THAT: Final = re.compile(
    r"(?i)\b(?:wasn't|isn't|not|nothing to do with) (?:about |because of |down to |for lack of )?(?:the |my |a )?"
    r"(?:budget|money|funding|experience|language|internal)\b"
)
# What is true of every reason of its kind, where the note itself does not make a clause.
_IN_GENERAL: Final = {
    ReasonKind.INTERNAL: "another candidate was a closer match",
    ReasonKind.EXPERIENCE: "you were looking for experience that I don't have yet",
    ReasonKind.BUDGET: "it came down to the budget",
    ReasonKind.LANGUAGE: "you need somebody who is further along in the language",
    ReasonKind.OTHER: "",
}


@dataclass(frozen=True)
class Rejection:
    """What the answer to a rejection can take up."""

    kind: ReasonKind = ReasonKind.OTHER
    reason: str = ""
    """Follows "I understand that"."""
    told: str = ""
    """Follows "Thank you for"."""
    was_close: bool = False
    """True when they said so."""
    invited: str = ""
    """A sentence that takes up what they told the candidate to do next."""


def read_rejection(text: str) -> Rejection:
    """Return what a note on a rejection holds; what is not sure is left out."""
    plain = plain_text(text)
    if not plain:
        return Rejection()
    reason = Reason(ReasonKind.OTHER) if _NOT_THAT.search(plain) else read_reason(text)
    said = [words.strip(" .,!").lower() for words in _SAID.findall(plain)]
    told = next((words for pattern, words in _TOLD if re.search(pattern, plain.lower())), "")
    return Rejection(
        kind=reason.kind,
        reason=reason.clause or _whom_they_chose(plain) or _IN_GENERAL[reason.kind],
        told=told,
        was_close=any(_says_close(words.split()) for words in said),
        invited=next((sentence for words in said if (sentence := _take_up(words))), ""),
    )


def _whom_they_chose(note: str) -> str:
    """Read "took a guy who already worked the school district"."""
    found = _CHOSE.search(note)
    clause = somebody_clause(found[1]) if found else ""
    return f"you chose somebody who {clause}" if clause else ""


def _says_close(words: Sequence[str]) -> bool:
    return "close" in words and not any(word in {"not", "never"} or word.endswith("n't") for word in words)


def _take_up(said: str) -> str:
    if found := _LOOK_AT.match(said):
        return f"I will look at {found[1].replace('our ', 'your ', 1)}."
    if re.match(r"(?:please |do )?(?:re)?apply again\b", said):
        return "I will gladly apply again."
    return ""
