"""Which words of a mail the user wrote: marked on their way through a template, so that a preview can show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from followup_mail.regex import regex

# Two characters for private use, which no fact may hold (``facts.clean``) and no font shows.
OPENING, CLOSING = "\ue000", "\ue001"
_MARKED: Final = regex(f"{OPENING}([^{CLOSING}]*){CLOSING}")
_SPLIT: Final = regex(f"({OPENING}[^{CLOSING}]*{CLOSING})")


def mark(words: str) -> str:
    """Return words of the user's with marks around them; nothing stays nothing."""
    return f"{OPENING}{strip_marks(words)}{CLOSING}" if words else ""


def strip_marks(text: str) -> str:
    """Return a text without marks."""
    return text.replace(OPENING, "").replace(CLOSING, "")


def marked_words(text: str) -> tuple[str, ...]:
    """Return what is marked, in order."""
    return tuple(_MARKED.findall(text))


def split_marked(text: str) -> list[str]:
    """Return a text in pieces: ours and, with their marks, the user's."""
    return _SPLIT.split(text)


def is_marked(piece: str) -> bool:
    """Return whether a piece of ``split_marked`` is the user's."""
    return piece.startswith(OPENING)


def find_spans(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Return where words stand in a text, as start and end, each looked for after the one before it."""
    spans, start = [], 0
    for phrase in words:
        at = text.find(phrase.strip(), start) if phrase.strip() else -1
        if at >= 0:
            start = at + len(phrase.strip())
            spans.append((at, start))
    return tuple(spans)
