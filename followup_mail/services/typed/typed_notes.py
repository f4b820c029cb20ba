"""Notes as they are typed: several in one answer, or in lines."""

from __future__ import annotations

from followup_mail.facts.clean import clean_passage
from followup_mail.facts.unfit_values import UnfitError, quoted


def split_notes(text: str) -> str:
    """Return notes with a semicolon between them, whether they were typed so or pasted in lines."""
    parts = (part for line in text.split("\n") for part in line.split(";") if part.strip())
    return "; ".join(filter(None, map(clean_passage, parts)))


def some_notes(text: str) -> str:
    """Return notes as ``split_notes`` does. Raises ``UnfitError`` where there is none."""
    if joined := split_notes(text):
        return joined
    raise UnfitError(f"{quoted(text)} says nothing")
