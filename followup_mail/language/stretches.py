"""The stretches of a text between its marks of punctuation, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.regex import regex

_STRETCH: Final = regex(r"[^,.;:?!\"“”()…]+(?:[.,](?=\d)[^,.;:?!\"“”()…]+)*")
_WORD: Final = regex(r"[^\W_]+(?:['’\-.,][^\W_]+)*")


def stretches(text: str) -> Iterator[tuple[list[re.Match[str]], list[str]]]:
    """Yield the words of each stretch as matches in the whole text, and in small letters with plain apostrophes."""
    for stretch in _STRETCH.finditer(text):
        found = [*_WORD.finditer(text, stretch.start(), stretch.end())]
        yield found, [word[0].lower().replace("’", "'") for word in found]
