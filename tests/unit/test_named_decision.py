"""A mail that says by when they decide proposes that day, and one that asks the reader for something does not."""

from __future__ import annotations

from datetime import date

import pytest

from followup_mail.incoming.named_decision import find_decision

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("We expect to decide by 4 December.", ["2026-12-04"]),
        (
            "Dear Jo,\n\nSee you then. We hope to make a decision by Friday, 4 December 2026 at the latest.",
            ["2026-12-04"],
        ),
        ("You will hear from us within two weeks of the interview.", ["2026-12-09"]),
        ("We will let you know the outcome by the end of next week.", ["2026-12-04"]),
        ("The panel will get back to you before Christmas.", ["2026-12-24"]),
        ("You can expect to hear from us early next week.", []),
        ("We aim to be in touch by early next week, whatever the outcome.", ["2026-11-30", "2026-12-01"]),
    ],
)
def test_a_day_by_which_they_decide_is_found(text: str, days: list[str]) -> None:
    """As people say days, counted from the day of the mail; two readings are both kept."""
    assert [day.isoformat() for day in find_decision(text, WEDNESDAY).days] == days


@pytest.mark.parametrize(
    "text",
    [
        "Please let us know by 4 December whether you can come.",
        "We need your decision by 4 December.",
        "If you have not heard from us by 4 December, you were not chosen.",
        "The interview takes place on 4 December.",
        "We will be in touch.",
    ],
)
def test_another_day_is_no_decision(text: str) -> None:
    """What the reader has to do, a condition and the day of the interview are none."""
    assert not find_decision(text, WEDNESDAY).days
