"""The answer to a question as a note: alone where it can be understood alone, else behind the question.

"Halved the alerts" does not say who did. Behind "What came of your streaming move?" it does, and no wording of ours
makes a sentence of it that says it of somebody else.
"""

from __future__ import annotations

from typing import Final

from followup_mail.facts.said_readings import says_nothing
from followup_mail.language.rejection_words import names_no_reason
from followup_mail.regex import regex

_FEWEST_WORDS: Final = 5
_HAS_SUBJECT: Final = regex(r"(?i)(?:I|we|they|he|she)(?:'\w+)?\s")
_HANGS_ON: Final = regex(
    r"(?i)\b(?:it|its|them|this|that|these|those|there|then|so|one|ones|both|same|would|could|might)\b|'d\b"
)
"""Points back at the question, or holds only under its condition."""
_SAYS_NOTHING: Final = regex(
    r"(?i)(?:i )?(?:do ?n[o']?t|dunno|not) (?:know|sure|remember|recall|say)\b.*|dunno|idk|yes|yep|yeah|no idea"
    r"|pass|skip|(?:can|could)n?[o']?t (?:say|tell|remember)\b.*|(?:see|as) (?:above|said|before)\b.*|\?+|\.+"
)


def note_of_answer(question: str, answer: str) -> str:
    """Return an answer as a note."""
    text = answer.strip()
    has_subject = bool(_HAS_SUBJECT.match(text)) and len(text.split()) >= _FEWEST_WORDS
    return text if has_subject and not _HANGS_ON.search(text) else f"{question.strip()} {text}"


def tells_nothing(answer: str) -> bool:
    """Return whether an answer to a question about somebody is none: *don't know*, *no*, *pass*."""
    text = answer.strip().rstrip(".!").replace("’", "'")
    return says_nothing(text) or names_no_reason(text) or bool(_SAYS_NOTHING.fullmatch(text))
