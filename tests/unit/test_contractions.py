"""Contractions are spelt out for a formal mail, where they have one meaning only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.language.contractions import _SPELT_OUT, spell_out

SHORT = st.sampled_from(sorted(_SPELT_OUT))
TEXTS = st.lists(SHORT | st.sampled_from(["you", "Tom's", "and", "O’Brien", "1,900", "\n"]) | st.text(max_size=6)).map(
    " ".join
)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("I'd be glad, and I'm sure it's fine.", "I would be glad, and I am sure it is fine."),
        ("It’s what you’ll need.", "It is what you will need."),
        ("Don't wait; we're early.", "Do not wait; we are early."),
        ("They weren't there, but they'll come.", "They were not there, but they will come."),
        ("I can't say.", "I cannot say."),
    ],
)
def test_they_are_spelt_out(short: str, full: str) -> None:
    """Both apostrophes are read, and a capital at the beginning stays."""
    assert spell_out(short) == full


@pytest.mark.parametrize(
    "text", ["at O’Brien’s", "Tom's desk", "the nurses' rota", "'don't'know", "rock 'n' roll", "who's"]
)
def test_other_apostrophes_stay(text: str) -> None:
    """A name, a possessive and what has two meanings stay as they are, to the character."""
    assert spell_out(text) == text


@examples(1)
@given(TEXTS)
def test_once_is_enough(text: str) -> None:
    """A text that was spelt out has nothing left to spell out."""
    assert spell_out(spell_out(text)) == spell_out(text)


@examples(1)
@given(TEXTS)
def test_words_are_never_lost(text: str) -> None:
    """There are at least as many words after as before."""
    assert len(spell_out(text).split()) >= len(text.split())
