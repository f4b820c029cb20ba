"""The lists of words: each word once, as a second one only hides that the first is there."""

from __future__ import annotations

from collections import Counter

import pytest

from followup_mail.language.word_tables import read_table

OF_PHRASES = {"fixed_phrases", "standing"}


@pytest.mark.parametrize("table", ["words", "nouns", "sentence_words"])
def test_no_word_is_twice_in_a_list(table: str) -> None:
    """Whoever adds a word sees whether it is there."""
    lists = {name: text for name, text in read_table(table).items() if isinstance(text, str) and name not in OF_PHRASES}
    twice = {name: [word for word, count in Counter(text.split()).items() if count > 1] for name, text in lists.items()}
    assert {name: words for name, words in twice.items() if words} == {}


def test_no_list_is_in_two_tables() -> None:
    """One of two lists of the same name would be read by nobody."""
    assert not read_table("words").keys() & read_table("nouns").keys()
