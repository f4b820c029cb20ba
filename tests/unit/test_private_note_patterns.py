"""Notes to leave out are found the same whether all patterns are tried on a note or only those that it can match."""

from __future__ import annotations

import pytest

from followup_mail.language import private_notes
from followup_mail.language.word_tables import any_of

NOTES = [
    "pay ?scale",
    "payscale is fine",
    "pay scale 4",
    "wants out",
    "want out",
    "not for quoting",
    "they made me tea",
    "business card",
    "business cards",
    "his dog's name",
    "kept to myself",
    "keep it to yourself",
    "let go in may",
    "letgo",
    "one trip report",
    "two trips",
    "hard time",
    "hard-time",
    "the new ward opens in june",
    "mum is the word",
    "under wraps",
]


@pytest.mark.parametrize("group", ["private", "tactless", "sore", "trivial"])
def test_a_note_is_found_as_by_all_patterns_at_once(group: str) -> None:
    """What is not compiled for a note would not have matched it."""
    every = any_of("tact", group)
    for note in NOTES:
        assert private_notes._group(group).finds(note) == bool(every.search(note)), note
