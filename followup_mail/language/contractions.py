"""Contractions, spelt out for a formal mail: "I'd like" is for people whom one calls by their first name."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.regex import regex

# Only those with one meaning in our wordings: there, "I'd" is always "I would" and "it's" always "it is".
_SPELT_OUT: Final = {
    "I'd": "I would",
    "I'm": "I am",
    "I've": "I have",
    "I'll": "I will",
    "it's": "it is",
    "that's": "that is",
    "there's": "there is",
    "don't": "do not",
    "didn't": "did not",
    "doesn't": "does not",
    "won't": "will not",
    "can't": "cannot",
    "couldn't": "could not",
    "wouldn't": "would not",
    "isn't": "is not",
    "wasn't": "was not",
    "hasn't": "has not",
    "haven't": "have not",
    "you'd": "you would",
    "you're": "you are",
    "you've": "you have",
    "you'll": "you will",
    "we'd": "we would",
    "we're": "we are",
    "we've": "we have",
    "we'll": "we will",
    "they're": "they are",
    "they've": "they have",
    "they'll": "they will",
    "aren't": "are not",
    "weren't": "were not",
    "hadn't": "had not",
    "shouldn't": "should not",
}
# With either apostrophe; that of a name ("O\u2019Brien") stays as it is.
_ANY_OF_THEM: Final = "|".join(_SPELT_OUT).replace("'", "['\u2019]")
_CONTRACTION: Final = regex(rf"(?<![\w'\u2019])(?:{_ANY_OF_THEM})(?![\w'\u2019])", re.IGNORECASE)
# "That" is a pointer as often as not: "that is why" is rarely contracted in writing.
_NEVER_COUNTED: Final = frozenset({"that is", "there is"})
_FULL: Final = "|".join(sorted({full for full in _SPELT_OUT.values() if not full.endswith("have")} - _NEVER_COUNTED))
_PARTICIPLE: Final = r"(?:been|had|done|led|run|built|seen|made|kept|put|given|taken|written|known|\w+ed)"
_COULD_BE: Final = regex(
    rf"(?<![\w'\u2019])(?:(?:{_FULL}|can not)(?=[ ]\w)"
    rf"|(?:I|you|we|they) have (?:\w+ly |also |just |always |never )?{_PARTICIPLE}\b)",
    re.IGNORECASE,
)
_BY_LOWER: Final = {short.lower(): full for short, full in _SPELT_OUT.items()}


def spell_out(text: str) -> str:
    """Return ``text`` without contractions."""
    return _CONTRACTION.sub(lambda found: _like(found[0], _BY_LOWER[found[0].lower().replace("\u2019", "'")]), text)


def _like(short: str, full: str) -> str:
    return full[0].upper() + full[1:] if short[0].isupper() else full


def count_contractions(text: str) -> tuple[int, int]:
    """Return how often ``text`` has a contraction, and how often the same words spelt out where one could stand.

    Not counted: "I have three", which nobody contracts, and words at the end of a clause, where nobody can.
    """
    return sum(1 for _ in _CONTRACTION.finditer(text)), sum(1 for _ in _COULD_BE.finditer(text))
