"""A moment before what they told does not say *told* twice, and its words stay the user's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.drafts.linked_words import say_moment
from followup_mail.drafts.own_words import marked_words, strip_marks
from followup_mail.language.flowing_moments import flow_moment, ways_to_say

MOMENT = "Thank you for reading me the pay scale. It told me that people there know where they stand."


def test_before_what_they_told_it_showed() -> None:
    """ "It told me" with "You also told me" behind it becomes "It showed me"; alone it stays."""
    assert strip_marks(say_moment(MOMENT, goes_on=True)) == MOMENT.replace("It told", "It showed")
    assert strip_marks(say_moment(MOMENT, goes_on=False)) == MOMENT


def test_only_the_joint_is_ours() -> None:
    """A preview marks what was typed, and not the words that we changed."""
    marked = marked_words(say_moment(MOMENT, goes_on=True))
    assert marked == ("Thank you for reading me the pay scale.", "people there know where they stand.")


@pytest.mark.parametrize(
    "moment",
    [
        "Thank you for showing me the press. It told me that mistakes are looked at.",
        "I liked that you ring them. It showed me that they matter.",
        "You let me try it, so I know that people learn there.",
        "",
    ],
)
def test_anything_else_stays(moment: str) -> None:
    """Where it would say *show* twice, or says *told* nowhere, nothing changes."""
    assert flow_moment(moment) is None
    assert ways_to_say(moment) == (moment,)


@given(st.text(alphabet="abc ,", min_size=1, max_size=40))
def test_what_was_typed_is_in_every_form(typed: str) -> None:
    """Whatever was typed in the second half stands in each form letter by letter."""
    assert all(typed in way for way in ways_to_say(f"I liked that you mend. It told me that {typed}."))
