"""Two notes are about the same thing whatever forms their verbs have."""

from __future__ import annotations

import pytest

from followup_mail.language.same_subject import says_same, shares_subject


@pytest.mark.parametrize(
    ("note", "other"),
    [
        ("co-teaching", "co-taught for 4 years"),
        ("likes co-teaching", "I taught beside a colleague for 4 years."),
        ("writing for parents", "wrote the weekly letter"),
        ("grants are written by hand", "I write 12 a year"),
        ("selling to farms", "sold 3 tons a week"),
        ("dashboards nobody built", "I build them in SQL"),
        ("teachers leave", "taught 4 years"),
        ("drives alone", "drove for 4 years"),
    ],
)
def test_an_irregular_verb_ties_two_notes(note: str, other: str) -> None:
    """Taught is teaching, and wrote is writing."""
    assert shares_subject(note, other) == shares_subject(other, note) > 0


@pytest.mark.parametrize(
    ("note", "other"),
    [
        ("lead times are long", "led the night crew"),
        ("running late", "ran the till"),
        ("left alone with the till", "leaves were raked"),
        ("told me about the till", "teller of stories"),
        ("found it hard", "finding the way"),
    ],
)
def test_words_of_any_work_still_tie_nothing(note: str, other: str) -> None:
    """A short verb is of any work, and may be another word."""
    assert shares_subject(note, other) == 0


def test_the_same_deed_in_another_form_is_the_same_point() -> None:
    """Somebody who wrote "co-taught" has told it when a sentence says "co-teach"."""
    assert says_same("I co-taught biology labs.", "I have been co-teaching biology labs since 2021.")
