"""A length before a thing gets its hyphen and its article, and nothing else does."""

from __future__ import annotations

import pytest

from followup_mail.language.length_adjectives import join_lengths
from followup_mail.language.note_results import own_point


@pytest.mark.parametrize(
    ("jotted", "written"),
    [
        ("wrote 1 page artwork guide", "wrote a one-page artwork guide"),
        ("kept five step card by the oven", "kept a five-step card by the oven"),
        ("ran 8 week induction", "ran an 8-week induction"),
        ("my two page form", "my two-page form"),
        ("ran 4 week courses", "ran 4-week courses"),
        ("one page per question", "one page per question"),
        ("one day a week", "one day a week"),
        ("took 3 years", "took 3 years"),
        ("two 4 week courses", "two 4 week courses"),
    ],
)
def test_a_length_before_a_thing_is_joined(jotted: str, written: str) -> None:
    """Only a singular unit between a number and a noun is one."""
    assert " ".join(join_lengths(jotted.split())) == written


def test_a_note_with_a_length_is_a_sound_point() -> None:
    """The sentence of a note had the bare number before, as a mail must not."""
    note = "wrote 1 page guide for customers at old place, still in use"
    assert own_point(note, "") == "I wrote a one-page guide for customers at my old place, and it is still in use."
