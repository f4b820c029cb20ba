"""A no about another position of the same company is none about ours."""

from __future__ import annotations

import pytest

from followup_mail.incoming.other_position import is_of_other_position

OTHER = [
    "The Data Analyst role has been filled.",
    "Your application for Data Steward was unsuccessful.",
    "We have closed the position of Sales Engineer.",
    "Thank you for applying for the Site Reliability Engineer position.",
    "Ihre Bewerbung als Data Manager",
]
OURS = [
    "The Data Engineer role has been filled.",
    "Your application for Senior Data Engineer was unsuccessful.",
    "We have closed the position of Data Engineer Streaming.",
    "The role has been filled.",
    "Your application for the Data Analyst role went on file; the Data Engineer role is filled.",
    "Your interviews at Brightwater Analytics",
]


@pytest.mark.parametrize("text", OTHER)
def test_another_position_is_told(text: str) -> None:
    """A title that shares a word with ours, and is neither shorter nor longer, is another position."""
    assert is_of_other_position(text, ["Data Engineer"])


@pytest.mark.parametrize("text", OURS)
def test_our_position_is_ours(text: str) -> None:
    """A rank, a longer title, no title at all, or both positions in one text: it is about ours."""
    assert not is_of_other_position(text, ["Data Engineer"])
