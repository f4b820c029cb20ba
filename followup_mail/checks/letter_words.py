"""Words that honest letters use without having been told them: they tell nothing about anybody."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from followup_mail.checks.stock_words import stem


def is_ordinary(word: str) -> bool:
    """Tell whether any letter may have a word."""
    return stem(word) in _stems()


@cache
def _stems() -> frozenset[str]:
    return frozenset((Path(__file__).parent / "words" / "letter_words.txt").read_text("utf-8").split())
