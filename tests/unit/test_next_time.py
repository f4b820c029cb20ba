"""The end of an answer to a no reads on, whatever somebody typed for it."""

from __future__ import annotations

import pytest

from followup_mail.drafts.next_time import as_meantime, is_about_next_time, is_step, say_wish

WISH = "I hope that the ponds fill up."
START = "I hope that your nephew makes a good start."


@pytest.mark.parametrize(
    ("onward", "said"),
    [
        ("I will take the course next.", "In the meantime, I will take the course."),
        ("I will take the course in the meantime.", "In the meantime, I will take the course."),
        ("I will get my ticket next and try again.", "I will get my ticket next and try again."),
        ("If a post opens, I would apply.", "If a post opens, I would apply."),
        ("", ""),
    ],
)
def test_what_somebody_does_meanwhile_says_when(onward: str, said: str) -> None:
    """A plan stands in the meantime; a next time with them stands for itself."""
    assert as_meantime(onward) == said
    assert not (is_step(onward) and is_about_next_time(onward))


@pytest.mark.parametrize(
    ("parting", "onward", "said"),
    [
        (WISH, "If a post opens, I would apply.", f"Until then, {WISH}"),
        (WISH, "I will take the course.", WISH),
        (WISH, "Could you tell me what was missing?", WISH),
        (WISH, "I would be grateful for any feedback that could help me next time.", WISH),
        (
            "I hope that your nephew makes a good start.",
            "I will try again.",
            "I hope that your nephew makes a good start.",
        ),
        ("I will remember how you laughed.", "I will try again.", ""),
        ("", "I will try again.", ""),
    ],
)
def test_a_wish_reads_on_from_a_next_time(parting: str, onward: str, said: str) -> None:
    """ "Until then" needs a then, and a start that is made now waits for none."""
    assert say_wish(parting, onward) == said
