"""An inquiry that leaves before the day they named, for a good reason, does not speak as if that day had passed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from draft_samples import LATER, PRIYA, Job, apply, write

from followup_mail.cadence.step import Kind

QUOTE = "You will hear from us by then."
PASSED = ("such dates can move", "longer than planned", "new date")


def _text(wording: str, days: int) -> str:
    """Return the inquiry that leaves ``days`` before the day that they named, which is none for fewer than 0."""
    said = {"decision_by": (LATER + timedelta(days=days)).date(), "quote": QUOTE}
    job = Job(Kind.STATUS_INQUIRY, to=PRIYA["name"], wording=wording, at=LATER)
    return write(apply(said=said), job).text


@pytest.mark.parametrize("wording", ["any_news", "still_considered", "where_things_stand"])
@pytest.mark.parametrize("days", [0, 3])
def test_before_the_day_nothing_says_that_it_has_passed(wording: str, days: int) -> None:
    """Nor on the day itself."""
    text = " ".join(_text(wording, days).split())
    assert not any(words in text for words in PASSED)
    assert ("passed yet" in text) is (wording != "still_considered")


@pytest.mark.parametrize("wording", ["any_news", "where_things_stand"])
def test_after_the_day_they_are_left_a_way_out(wording: str) -> None:
    """Then such dates can move."""
    text = " ".join(_text(wording, -3).split())
    assert any(words in text for words in PASSED)
    assert "passed yet" not in text
