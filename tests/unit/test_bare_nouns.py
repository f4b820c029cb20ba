"""A noun that lacks its article: noticed behind a preposition, and only where it is sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.language.bare_nouns import find_bare_nouns


@pytest.mark.parametrize(
    ("sentence", "bare"),
    [
        ("You told me about members who do not pay in bad month.", "bad month"),
        ("I liked that you keep the pipes in box under the bench.", "box"),
        ("I understand that you took somebody from other hotel.", "other hotel"),
    ],
)
def test_a_missing_article_is_noticed(sentence: str, bare: str) -> None:
    """The words before which it is missing are named; which article it is, only the writer knows."""
    assert [(found.wrong, found.right) for found in find_bare_nouns(sentence)] == [(bare, "")]


@pytest.mark.parametrize(
    "sentence",
    [
        "I know your customers by name.",
        "You said that deals stall in month 4.",
        "I applied for the position of law researcher.",
        "You told me about the box and the hotel.",
        "If I come on board, I would be glad to help with stock loss.",
        "I led a falls project on ward C4 at Wythenshawe.",
        "I sat in room 12, then in wing E2.",
        "You met me at gate B, and I worked on bay 4B.",
        "I worked in Leeds with Kafka at Harbor.",
    ],
)
def test_sound_phrases_are_left_alone(sentence: str) -> None:
    """Set phrases, numbers, names and posts need no article."""
    assert list(find_bare_nouns(sentence)) == []


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    """Whatever is typed, what is found stands in the text."""
    assert all(text[found.start : found.end] == found.wrong for found in find_bare_nouns(text))
