"""*A* or *an*: which of them English says before a word, going by its first sound."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.regex import regex

_SPELT: Final = regex(r"[A-Za-z](?![A-Za-z])|[A-Z]{2,}(?![a-z])|[A-Z]{2,}(?=s?$)|[A-Z]{2}[a-z]{1,3}$|8|1[18](?!\d)")
"""What is said letter by letter, and the figures that begin with a vowel: *NHS*, *X-ray*, *F1*, *MSc*, *8-week*."""
_SPELT_WITH_A_VOWEL: Final = frozenset("AEFHILMNORSX8")
_SAID_AS_WORDS: Final = frozenset(
    """
    NASA NATO SCADA STEM SAS LAN RAID MIDI FIFA RAM SAP NEWS2 NEBOSH HACCP SEND SIM MIG HIPAA RAG SEN
    """.split()
)
_VOWEL: Final = regex(
    r"(?!uni(?!n|m|de|ro)|unanim|us[aeu]|uti|uto|ubi|uga|uk|ur[aeio]|eu|ew|one\b|once)[aeiou]|hour|honou?r|honest|heir",
    re.IGNORECASE,
)


def a_or_an(words: str) -> str:
    """Return the article that is said before a word, or before the first of several."""
    first = re.split(r"[\s/-]", words, maxsplit=1)[0]
    if _SPELT.match(first) and first not in _SAID_AS_WORDS:
        is_vowel = first[0].upper() in _SPELT_WITH_A_VOWEL or first[:2] in {"11", "18"}
    else:
        is_vowel = bool(_VOWEL.match(words))
    return "an" if is_vowel else "a"
