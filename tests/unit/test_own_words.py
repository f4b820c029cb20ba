"""The user's words are marked on their way through a template, and the marks leave no trace."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.drafts.own_words import find_spans, is_marked, mark, marked_words, split_marked, strip_marks

MARKS = "\ue000\ue001"
PLAIN = st.text(st.characters(blacklist_characters=MARKS, blacklist_categories=("Cs",)))
PIECES = st.lists(st.tuples(st.booleans(), PLAIN.filter(bool)), max_size=6)


def render(pieces: list[tuple[bool, str]]) -> str:
    """Join pieces as a template would, with the user's marked."""
    return "".join(mark(text) if is_theirs else text for is_theirs, text in pieces)


@examples(1)
@given(PLAIN)
def test_marks_come_off_again(text: str) -> None:
    """What was marked and stripped is what it was."""
    assert strip_marks(mark(text)) == text


@examples(1)
@given(st.text())
def test_marking_twice_is_marking_once(text: str) -> None:
    """Words that hold marks get one pair of marks around all of them."""
    assert mark(mark(text)) == mark(text)
    assert len(marked_words(mark(text))) == bool(strip_marks(text))


@examples(1)
@given(PIECES)
def test_splitting_loses_nothing(pieces: list[tuple[bool, str]]) -> None:
    """The pieces together are the text, and the marked pieces are the user's words, in order."""
    text = render(pieces)
    split = split_marked(text)
    assert "".join(split) == text
    theirs = [words for is_theirs, words in pieces if is_theirs]
    assert [strip_marks(piece) for piece in split if is_marked(piece)] == theirs
    assert list(marked_words(text)) == theirs


@examples(1)
@given(PIECES)
def test_spans_are_in_order_and_hold_the_words(pieces: list[tuple[bool, str]]) -> None:
    """Every span holds one of the phrases, none overlaps the one before it, and none is lost when nothing changed."""
    text = render(pieces)
    words = marked_words(text)
    spans = find_spans(strip_marks(text), words)
    assert [strip_marks(text)[start:end] for start, end in spans] == [
        phrase.strip() for phrase in words if phrase.strip()
    ]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_nothing_stays_nothing() -> None:
    """No words are not marked, so that a template still sees that they are missing."""
    assert mark("") == ""
    assert marked_words("") == ()


@pytest.mark.parametrize(
    ("text", "words", "spans"),
    [
        ("Thank you. I ran it.", ["I ran it."], ((11, 20),)),
        ("One and one.", ["one", "one"], ((8, 11),)),
        ("Ours only.", ["not there"], ()),
        ("Ours, theirs.", ["not there", "theirs"], ((6, 12),)),
        ("Ours.", ["", "  "], ()),
    ],
)
def test_each_phrase_is_looked_for_after_the_one_before(
    text: str, words: list[str], spans: tuple[tuple[int, int], ...]
) -> None:
    """A phrase that a template changed is passed by; a phrase that comes twice is found twice, or once."""
    assert find_spans(text, words) == spans
