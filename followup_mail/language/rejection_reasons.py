"""The reason of a rejection as somebody jotted it, and the clause that grants it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from followup_mail.language.lexicon import WordClass, classes_of, word_list
from followup_mail.language.note_words import Part, is_name, parts_of, plain_text
from followup_mail.language.private_notes import is_private, patterns


class ReasonKind(StrEnum):
    """What a rejection was about."""

    INTERNAL = "internal"
    EXPERIENCE = "experience"
    BUDGET = "budget"
    LANGUAGE = "language"
    OTHER = "other"


@dataclass(frozen=True)
class Reason:
    """A reason, and the clause that can stand after "I understand that"; empty where none is safe."""

    kind: ReasonKind
    clause: str = ""


_KINDS: Final = (ReasonKind.INTERNAL, ReasonKind.BUDGET, ReasonKind.LANGUAGE, ReasonKind.EXPERIENCE)
_FROM_WITHIN: Final = "you chose somebody from within"
_CAUSES: Final = {
    "cause_freeze": "there is a hiring freeze",
    "cause_second_post": "the funding for the second {post} was withdrawn",
    "cause_funding": "the funding was withdrawn",
    "cause_cut": "the {post} was cut",
    "cause_on_hold": "the {post} is on hold",
}


def read_reason(text: str) -> Reason:
    """Return what kind of reason a note gives, with a clause where it is sure."""
    spelt = _spelt(parts_of(plain_text(text[:300])))
    if not spelt or is_private(spelt):
        return Reason(ReasonKind.OTHER)
    found = [kind for kind in _KINDS if re.search(patterns(f"reason_{kind}"), spelt)]
    if not found:
        return Reason(ReasonKind.OTHER)
    kind = found[0]
    is_unsure = re.search(patterns("reason_unsure"), spelt)
    return Reason(kind, "" if is_unsure else _clause(kind, spelt))


def _spelt(parts: Sequence[Part]) -> str:
    return " ; ".join(" ".join(part.words) for part in parts).lower()


def _clause(kind: ReasonKind, spelt: str) -> str:
    if kind == ReasonKind.INTERNAL:
        return _FROM_WITHIN if re.search(patterns("sure_internal"), spelt) else ""
    if kind == ReasonKind.EXPERIENCE:
        return _experience(spelt)
    for name, clause in _CAUSES.items():
        found = re.search(patterns(name), spelt)
        if found and kind == ReasonKind.BUDGET:
            return clause.format(post=found.groupdict().get("post") or "post")
    return ""


def _experience(spelt: str) -> str:
    """Read "went to someone with HDU experience"; what the experience is stays as it is in the note."""
    found = re.search(patterns("sure_experience"), spelt)
    if not found:
        return ""
    kind = [word for word in found["kind"].split() if word != "more"]
    spelt_kind = [word.upper() if word.upper() in word_list("acronyms") else word for word in kind]
    if not all(is_name(word) or classes_of(word) & _BEFORE_EXPERIENCE for word in spelt_kind):
        return ""
    more = ["more"] if "more" in found["kind"].split() else []
    return " ".join(("you chose somebody with", *more, *spelt_kind, "experience"))


_BEFORE_EXPERIENCE: Final = {WordClass.ADJECTIVE, WordClass.COUNT, WordClass.MASS}
