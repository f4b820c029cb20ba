"""Proof-reading: sure corrections only, on a short lead, never a word of the facts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.language.corrections import apply_corrections
from followup_mail.language.known_words import Known
from followup_mail.language.proofread import proofread
from followup_mail.language.spelling import is_near, is_word

KNOWN = Known("Priya Raman", ("Priya Raman", "Tom Okafor"), ("recert in June", "NEWS2 of 5"), "Meghvan Freight", "GB")
AMERICAN = replace(KNOWN, country="US")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("You showed me the list, I liked it.", "You showed me the list. I liked it."),
        ("It is an list and a order.", "It is a list and an order."),
        ("I would like to work with tom on monday.", "I would like to work with Tom on Monday."),
        ("My permit's attached.", "My permit is attached."),
        ("I worked there since three years.", "I worked there for three years."),
        ("You explained me the process.", "You explained to me the process."),
        ("I look forward to hear from you.", "I look forward to hearing from you."),
        ("I worked as electrician at last shop.", "I worked as an electrician at my last shop."),
        ("I didn't knew that.", "I didn't know that."),
        ("It told me that you talk open about pagers.", "It told me that you talk openly about pagers."),
        ("You spoke very honest of the outage.", "You spoke very honestly of the outage."),
        ("The news2 score was five.", "The NEWS2 score was five."),
        ("I came to meghvan in march.", "I came to Meghvan in March."),
    ],
)
def test_what_is_sure_is_corrected(text: str, right: str) -> None:
    """Splices, articles, capitals, contractions and the usual mistakes of a second language are corrected."""
    assert apply_corrections(text, proofread(text, KNOWN)) == right


@pytest.mark.parametrize(
    "text",
    [
        "The talk open about one cause was the best.",
        "Should another position open, I would gladly apply again.",
        "Given how far you have come, I would start with the figures.",
        "Two loops that fight each other can be heard, you said, before they can be measured.",
        "I'm sorry, I would have liked to work with you.",
        "That is where this may help.",
        "You wanted a watermark, I wanted a table, and we ended up with both.",
        "The recert in June is booked, and the licence is new.",
        "I have held a boat licence (SBF See) since 2023.",
        "What I learned is that an hour is a long time in a unit like yours.",
    ],
)
def test_good_sentences_are_left_alone(text: str) -> None:
    """Commas, brackets and words that only look wrong are left as they are."""
    assert proofread(text, KNOWN) == ()


def test_spelling_is_that_of_the_country() -> None:
    """*Colour* is right in London and wrong in Chicago; without the dictionary nothing is said."""
    assert proofread("The colour of the label matters.", KNOWN) == ()
    if is_word("zzqx", "US"):
        pytest.skip("harper is not installed here")
    [found] = proofread("The colour of the label matters.", AMERICAN)
    assert found.right == "color"


def test_misspelt_words_are_corrected_by_one_letter_at_most() -> None:
    """One letter more or less, or two in the wrong order; a word that is further away is left."""
    assert is_near("shoping", "shopping")
    assert is_near("freind", "friend")
    assert not is_near("recert", "recent")
    assert not is_near("licence", "license")
    assert not is_near("same", "same")


@given(st.text(max_size=120))
def test_corrections_are_places_in_the_text(text: str) -> None:
    """Whatever the text, each correction names what is there, and none overlaps another."""
    found = proofread(text, AMERICAN)
    for correction in found:
        assert text[correction.start : correction.end] == correction.wrong
    for first, second in pairwise(found):
        assert first.end <= second.start
