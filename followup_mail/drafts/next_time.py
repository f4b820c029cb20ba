"""The end of an answer to a no: a next time, what somebody does until then, and what they wish those people."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.drafts.own_words import strip_marks
from followup_mail.regex import regex

_ABOUT_NEXT_TIME: Final = regex(
    r"^(?:if|should|could we|shall we)\b|\b(?:again|re-?apply|another|next|comes? up|opens?)\b", re.IGNORECASE
)
_IS_STEP: Final = regex(
    r"^I will(?! (?:apply|be in touch|get in touch|try|re-?apply|write|call|come|send|let|keep)\b)(?!.*\bagain\b)"
)
"""What somebody does until there is another opening."""
_IS_A_START: Final = regex(r"\b(?:starts?|new|settles?|successor|chose|chosen|hired?|joins?|candidate)\b")
_NEXT: Final = regex(r" (?:next|in the meantime)(?=\.?$)")
"""What "in the meantime" says already."""


def is_step(onward: str) -> bool:
    """Return whether what comes next is something that somebody will do meanwhile."""
    return bool(_IS_STEP.match(onward))


def as_meantime(onward: str) -> str:
    """Return what somebody will do next as a sentence that says when; any other as it is."""
    return _IS_STEP.sub("In the meantime, I will", _NEXT.sub("", onward)) if is_step(onward) else onward


def is_about_next_time(onward: str) -> bool:
    """Return whether what comes next is about another opening with them."""
    return bool(_ABOUT_NEXT_TIME.search(onward)) and not is_step(onward)


def say_wish(parting: str, onward: str) -> str:
    """Return what they are wished as it reads on from talk of a next time; nothing for what is only remembered."""
    if not strip_marks(parting).startswith("I hope"):
        return ""
    # Whoever was chosen makes their start now, not until then.
    is_at_once = bool(_IS_A_START.search(parting)) or onward.endswith("?") or "feedback" in onward
    return f"Until then, {parting}" if is_about_next_time(onward) and not is_at_once else parting
