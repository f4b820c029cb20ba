"""By when a mail says that they decide: "We expect to decide by 4 December", "you will hear from us in two weeks"."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from followup_mail.facts.said_days import read_day_said
from followup_mail.facts.said_readings import AmbiguousError, Side
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.incoming.letter_sentences import split_sentences
from followup_mail.regex import regex

_DECIDES: Final = regex(
    r"(?i)\b(?:decide|deciding|decision|outcome|let(?:ting)? you know|hear(?:ing)? (?:back )?from (?:us|me)"
    r"|(?:get|getting|come|coming) back to you|in touch with you|be in touch|inform(?:ing)? you|notify(?:ing)? you"
    r"|an answer for you)\b"
)
_NOT_THEIRS: Final = regex(
    r"(?i)\b(?:please|let (?:us|me) know|your (?:decision|answer)|you (?:decide|need|must|should)|if|unless|not)\b"
    r"|\bcannot\b|n't\b"
)
"""What asks the reader for something, or promises nothing."""
_LEAD: Final = regex(r"(?i)\b(?:by|before|within|no later than|not later than|on|until|in)\s+(?=\S)")
_ENDS: Final = regex(r"[.;:!?()]")
_MOST_WORDS: Final = 7


class NamedDecision(NamedTuple):
    """A sentence about the decision, and every day that it can mean; no day where it names none."""

    sentence: str = ""
    days: tuple[date, ...] = ()


def find_decision(text: str, written_on: date) -> NamedDecision:
    """Return the first sentence in which they say by when they decide."""
    for sentence in split_sentences(text):
        if _DECIDES.search(sentence) and not _NOT_THEIRS.search(sentence):
            for lead in _LEAD.finditer(sentence):
                if days := _read_days(lead[0].strip(), sentence[lead.end() :], written_on):
                    return NamedDecision(sentence, days)
    return NamedDecision()


def _read_days(lead: str, rest: str, written_on: date) -> tuple[date, ...]:
    """Return the days that the longest beginning of what follows can mean; none where no beginning is a day."""
    words = _ENDS.split(rest, maxsplit=1)[0].split()[:_MOST_WORDS]
    for count in range(len(words), 0, -1):
        said = f"{lead} {' '.join(words[:count])}".rstrip(",")
        try:
            return (read_day_said(said, written_on, Side.COMING),)
        except AmbiguousError as error:
            return tuple(date.fromisoformat(one.written) for one in error.readings)
        except UnfitError:
            continue
    return ()
