"""A link reads on from the moment, and its words stay the user's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.language.flowing_links import can_be_led, flow, to_help, ways_to_flow

LINK = "You told me about the late rows. I moved the desk, so I know where to begin."


@pytest.mark.parametrize(
    ("link", "goes_on", "problem"),
    [
        (LINK, True, "You also told me about the late rows."),
        (LINK, False, "You told me about the late rows."),
        ("You want fewer gaps. I closed ours.", True, "You also told me that you want fewer gaps."),
        ("You want fewer gaps. I closed ours.", False, "You told me that you want fewer gaps."),
        ("You said that 9.1 % is lost. I closed ours.", True, "You also said that 9.1 % is lost."),
    ],
)
def test_a_problem_goes_on_from_the_moment(link: str, goes_on: bool, problem: str) -> None:
    """Only the beginning that we gave it changes."""
    flowing = flow(link, 0, goes_on=goes_on)
    assert flowing is not None
    assert flowing.problem == problem
    assert flowing.deed == link.split(". ", 1)[1]


def test_a_panel_gets_other_joints() -> None:
    """Three people who compare find three ways to say that one has worked on it."""
    leads = {found.lead for number in range(3) if (found := flow(LINK, number, goes_on=True))}
    assert len(leads) == 3


def test_own_words_stay_as_they_are() -> None:
    """A link that begins otherwise is nobody's to change."""
    assert flow("Your late rows remind me of ours. We moved the desk.", 0, goes_on=True) is None


@pytest.mark.parametrize(
    ("deed", "led"),
    [
        ("I moved the desk.", True),
        ("I have put overlays on two flags.", True),
        ("I have nine years of experience.", False),
        ("I was a deckhand.", False),
        ("My team moved it.", False),
        (f"I moved {'the desk and ' * 12}the chair.", False),
        ("I graded by risk: more from rainy days.", False),
        ("I have not run a store myself.", False),
        ("I have only half solved that.", False),
    ],
)
def test_only_a_deed_is_led_to(deed: str, led: bool) -> None:
    """What somebody is or has joins itself, and a long sentence is not made longer."""
    assert can_be_led(deed) is led


@given(st.text(max_size=80))
def test_every_way_ends_with_the_words_that_were_typed(text: str) -> None:
    """Whatever was typed behind the problem stands at the end of each form, letter by letter."""
    link = f"You want fewer gaps. I {text}"
    assert all(way.endswith(f"I {text}") for way in ways_to_flow(link))
    assert ways_to_flow(link)[0] == link


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("You want to bring the losses down. I did.", "you bring the losses down"),
        ("You want fewer gaps. I closed ours.", "you get fewer gaps"),
        ("You want people who ask. I ask.", ""),
        ("You told me about the gaps. I closed ours.", ""),
        ("You want it done. I did it.", ""),
    ],
)
def test_an_inquiry_names_what_they_want(link: str, words: str) -> None:
    """Only a wish is named in passing, and nothing that refers to something else."""
    assert to_help(link) == words
