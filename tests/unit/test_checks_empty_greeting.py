"""FM103: a greeting of the day can stand alone, a name that is missing is noticed."""

from __future__ import annotations

import pytest

from followup_mail.checks import CheckContext, check_mail, rule_named


def _is_found(greeting: str) -> bool:
    text = f"{greeting}\n\nThank you for the talk about the nightly jobs.\n\nBest regards,\nSam Rivera"
    return bool(check_mail(CheckContext("Thank you", text), [rule_named("FM103")]))


WHOLE = ["Hi,", "Hi.", "Hello!", "Hello –", "Good morning,", "Dear Ann,", "Dear Ann and Bo,"]


@pytest.mark.parametrize("greeting", WHOLE)
def test_a_greeting_that_is_whole_passes(greeting: str) -> None:
    """Whatever mark is behind it."""
    assert not _is_found(greeting)


@pytest.mark.parametrize("greeting", ["Hi ,", "Dear ,", "Dear,", "Dear Dr.,", "Dear Mr. and Mrs.,", "Dear van der,"])
def test_a_greeting_without_its_name_is_found(greeting: str) -> None:
    """A gap, a title or a particle alone."""
    assert _is_found(greeting)
