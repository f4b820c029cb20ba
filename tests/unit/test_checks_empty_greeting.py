"""FM103: a greeting of the day can stand alone, a name that is missing is noticed."""

from __future__ import annotations

import pytest

from followup_mail.checks import CheckContext, check_mail, rule_named
from followup_mail.message.draft import Mailbox


def _is_found(greeting: str) -> bool:
    text = f"{greeting}\n\nThank you for the talk about the nightly jobs.\n\nBest regards,\nSam Rivera"
    return bool(check_mail(CheckContext("Thank you", text), [rule_named("FM103")]))


WHOLE = ["Hi,", "Hi.", "Hello!", "Hello –", "Good morning,", "Dear Ann,", "Dear Ann and Bo,", "Dear Judge,"]


@pytest.mark.parametrize("greeting", WHOLE)
def test_a_greeting_that_is_whole_passes(greeting: str) -> None:
    """Whatever mark is behind it."""
    assert not _is_found(greeting)


@pytest.mark.parametrize("greeting", ["Hi ,", "Dear ,", "Dear,", "Dear Dr.,", "Dear Mr. and Mrs.,", "Dear van der,"])
def test_a_greeting_without_its_name_is_found(greeting: str) -> None:
    """A gap, a title or a particle alone."""
    assert _is_found(greeting)


@pytest.mark.parametrize("greeting", ["Dear The,", "Hello from,", "Hi and,", "Dear Of the,"])
def test_a_greeting_with_a_function_word_for_a_name_is_found(greeting: str) -> None:
    """Nobody is called "The", whatever stands in the facts."""
    assert _is_found(greeting)
    text = f"{greeting}\n\nThank you for the talk about the nightly jobs.\n\nBest regards,\nSam Rivera"
    context = CheckContext("Thank you", text, recipient=Mailbox("The Deputy", "h.doyle@x.example"))
    assert check_mail(context, [rule_named("FM103")])
