"""Phone numbers as they are said: in groups that can be written down, as one dials them there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.language.spoken_numbers import say_number


@pytest.mark.parametrize(
    ("number", "country", "said"),
    [
        ("+1 312 555 0142", "US", "3 1 2, 5 5 5, 0 1 4 2"),
        ("+13125550142", "CA", "3 1 2, 5 5 5, 0 1 4 2"),
        ("+1 312 555 0142", "DE", "plus 1, 3 1 2, 5 5 5, 0 1 4 2"),
        ("+1 312 555 0142", "", "plus 1, 3 1 2, 5 5 5, 0 1 4 2"),
        ("+44 7700 900318", "GB", "0 7 7 0 0, 9 0 0, 3 1 8"),
        ("+44 (0)20 7946 0018", "GB", "0 2 0, 7 9 4 6, 0 0 1 8"),
        ("+44 (0)20 7946 0018", "US", "plus 4 4, 2 0, 7 9 4 6, 0 0 1 8"),
        ("+91 55500 01274", "IN", "5 5 5 0 0, 0 1 2 7 4"),
        ("+999 12345", "US", "plus 9 9 9, 1 2 3 4 5"),
        ("(312) 555-0142", "US", "3 1 2, 5 5 5, 0 1 4 2"),
    ],
)
def test_a_number_is_said_as_one_dials_it(number: str, country: str, said: str) -> None:
    """Without the country code inside the country, with the digit that takes its place there."""
    assert say_number(number, country) == said


@pytest.mark.parametrize(
    ("digits", "groups"), [(5, [5]), (6, [3, 3]), (7, [3, 4]), (8, [4, 4]), (10, [3, 3, 4]), (11, [3, 4, 4])]
)
def test_a_long_run_is_said_in_short_groups(digits: int, groups: list[int]) -> None:
    """No digit is left alone at the end."""
    assert [len(group.split()) for group in say_number("2" * digits).split(",")] == groups


@pytest.mark.parametrize("number", ["312 555 0142 ext. 3", "", "+"])
def test_what_cannot_be_said_in_groups_stays(number: str) -> None:
    """An extension has a word of its own."""
    assert say_number(number, "US") in {number, ""}


@given(st.from_regex(r"\+?[0-9]{5,15}", fullmatch=True), st.sampled_from(["", "US", "GB", "DE", "IN"]))
def test_no_digit_is_lost(number: str, country: str) -> None:
    """What is said ends in all digits but those of the country code."""
    said = "".join(re.findall(r"\d", say_number(number, country)))
    assert re.sub(r"\D", "", number)[3:] in said
