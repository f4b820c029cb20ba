"""What a note on a rejection says besides the reason: how they put it, and what they said to go on with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from followup_mail.language.note_words import plain_text
from followup_mail.language.rejection_reasons import Reason, ReasonKind, is_unfit, read_reason
from followup_mail.language.whole_sentences import whole_of_reader
from followup_mail.regex import regex

_NOT_THEM: Final = r"(?<!never )(?<!\bi )(?<!nobody )"
_TOLD: Final = (
    (rf"{_NOT_THEM}\b(?:rang|phoned|telephoned|called) (?:me )?(?:her|him)self\b", "calling me yourself"),
    (r"\b(?:phone )?call from (?:the )?[\w ]+ (?:her|him)self\b", "calling me yourself"),
    (rf"{_NOT_THEM}\b(?:rang|phoned|telephoned|called)(?: me\b| to (?:say|tell|let)\b|$|[.,;])", "calling to tell me"),
    (r"\bgave me a (?:call|ring|bell|buzz)\b", "calling to tell me"),
    (r"\b(?:phone )?call from\b|^(?:by )?phone\b|\bon the phone\b|\bover the phone\b|\bby phone\b", "the call"),
    (r"\btold me (?:her|him)self\b", "telling me yourself"),
    (r"\bin person\b|\bface to face\b", "telling me in person"),
    (r"\bby hand\b|\bhandwritten\b", "writing to me by hand"),
    (r"\b(?:nice|kind|lovely|warm|personal) (?:letter|card)\b", "your kind letter"),
    (r"\b(?:nice|kind|lovely|warm|personal) (?:e-?mail|mail|message|note)\b", "your kind message"),
)
_SAID: Final = regex(r'(?:"|\')([^"]{4,60})(?:"|\')')
_LOOK_AT: Final = regex(r"(?:please )?(?:have a )?look at (the [a-z -]+|our [a-z -]+)$")
_NEXT_IS_YOURS: Final = regex(r"(?:the )?next (?:one|job|post|vacancy|opening)(?:'s| is| will be) yours\b.*")
_PRAISED: Final = regex(
    r"your ((?:[a-z-]+ ){0,2}[a-z-]+) (?:was|were) (?:by far |easily |one of )?(?:the )?(?:best|better|strongest|great"
    r"|excellent|impressive|very good|really good)\b.*"
)
# "It wasn't the budget": what was not the reason is none.
_NOT_THAT: Final = regex(
    r"(?i)\b(?:wasn't|isn't|not|nothing to do with) (?:about |because of |down to |for lack of )?(?:the |my |a )?"
    r"(?:budget|money|funding|experience|language|internal)\b"
)


class Rejection(Struct, frozen=True):
    """What the answer to a rejection can take up."""

    kind: ReasonKind = ReasonKind.OTHER
    reason: str = ""
    """Follows "I understand that"."""
    told: str = ""
    """Follows "Thank you for"."""
    gives_reason: bool = False
    """True when the note says what they gave as the reason, even where no clause can be made of it."""
    was_close: bool = False
    """True when they said so."""
    invited: str = ""
    """A sentence that takes up what they told the candidate to do next."""


_LONGEST_REASON: Final = 20
_CAME_DOWN: Final = regex(r"(?i)it (?:came|comes) down to [a-z]+(?: [a-z]+){0,3}(?=[,.;]|$)")
_MINE: Final = regex(r"(?i)\b(?:i|me|my|mine)\b")
_NO_REASON: Final = regex(
    r"(?i)(?:no|none|nothing|nope|not really|not at all|n/?a|-+|no reason|no idea"
    r"|(?:no reason|none|nothing)(?: was)? (?:given|said|stated)"
    r"|(?:no,? ?)?(?:he|she|they|nobody)? ?"
    r"(?:(?:did not|didn'?t) (?:say|tell me|give (?:one|any|me one|a reason))|gave (?:no|none)(?: reason)?))"
)


def names_no_reason(text: str) -> bool:
    """Return whether a note says that there was no reason: *no*, *none given*."""
    return bool(_NO_REASON.fullmatch(plain_text(text).strip(" .!")))


def read_rejection(text: str, names: Sequence[str] = ()) -> Rejection:
    """Return what a note on a rejection holds; what is not sure is left out."""
    plain = plain_text(text)
    if not plain:
        return Rejection()
    reason = Reason(ReasonKind.OTHER) if _NOT_THAT.search(plain) else read_reason(text, names)
    said = [words.strip(" .,!").lower() for words in _SAID.findall(plain)]
    told = next((words for pattern, words in _TOLD if re.search(pattern, plain.lower())), "")
    is_sure = not (reason.is_unsure or _NOT_THAT.search(plain))
    whole = _whole_reason(plain, names) if is_sure and not reason.clause else ""
    return Rejection(
        kind=ReasonKind.EXPERIENCE if whole.endswith("experience") else reason.kind,
        reason=reason.clause or whole,
        told=told,
        gives_reason=reason.is_given or bool(whole),
        was_close=any(_says_close(words.split()) for words in said),
        invited=next((sentence for words in said if (sentence := _take_up(words))), ""),
    )


def _whole_reason(plain: str, names: Sequence[str]) -> str:
    """Return a reason that was noted as a whole sentence, as it follows "I understand that"."""
    bare = plain.strip('"\u201c\u201d ')
    if found := _CAME_DOWN.match(bare):
        return found[0].lower()
    said = whole_of_reader(bare)
    clause = said.clause or said.deed
    is_about_me = bool(_MINE.search(clause)) or names_no_reason(plain)
    return "" if is_about_me or is_unfit(clause, names) or len(clause.split()) > _LONGEST_REASON else clause


def _says_close(words: Sequence[str]) -> bool:
    return "close" in words and not any(word in {"not", "never"} or word.endswith("n't") for word in words)


def _take_up(said: str) -> str:
    if found := _LOOK_AT.match(said):
        return f"I will look at {found[1].replace('our ', 'your ', 1)}, as you suggested."
    if re.match(r"(?:please |do )?(?:re)?apply again\b", said):
        return "I am glad that I may apply again, and I will."
    if _NEXT_IS_YOURS.fullmatch(said):
        return "Thank you for what you said about the next vacancy, which I would be very glad to fill."
    if found := _PRAISED.fullmatch(said):
        return f"Thank you for your kind words about my {found[1]}."
    return ""
