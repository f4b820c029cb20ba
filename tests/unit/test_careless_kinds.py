"""Each kind of careless answer is noticed, and its sound neighbour is left alone."""

from __future__ import annotations

import pytest

from followup_mail.language.known_words import Known
from followup_mail.language.proofread import proofread


@pytest.mark.parametrize(
    "sentence",
    [
        "I made rota for the whole crew.",
        "I tidied the shed, so can help.",
        "You said that the van is late, can be an hour.",
        "I sorted the keys, everyone has a job.",
        "I drove the bus, 9 trips, 2 at night.",
        "I use this lathe since 2019.",
        "I am wanting to learn more.",
        "I have wrote the guide.",
        "I done the rota twice.",
        "I could casting it alone.",
        "I can able to help.",
        "You want somebody who collect the keys.",
        "It was very good, yes.",
        "I sat at same table.",
        "I have 3 years experience.",
        "I copied the diarys.",
        "I left room for you see it.",
        "You told me about 20 min by road.",
        "I know the shed very good.",
        "The lamp is ok for me.",
    ],
)
def test_each_kind_is_noticed(sentence: str) -> None:
    """What a careless answer breaks is named before it can leave."""
    assert proofread(sentence, Known(country="GB"))


@pytest.mark.parametrize(
    "sentence",
    [
        "I made the rota for the whole crew.",
        "I tidied the shed, so I can help.",
        "I have used this lathe since 2019.",
        "I could cast it alone.",
        "If the van is late, could you wait for me?",
        "I sat at the same table.",
        "This experience would help me at the depot.",
        "You want somebody who collects the keys.",
        "I would like to take part in the course.",
    ],
)
def test_sound_neighbours_are_left_alone(sentence: str) -> None:
    """The same words in a sound sentence raise nothing."""
    assert not proofread(sentence, Known(country="GB"))


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("I saw an other way.", "another"),
        ("You told me that The depot is full.", "the"),
        ("I came w my brother.", "with"),
    ],
)
def test_what_is_sure_is_offered(sentence: str, right: str) -> None:
    """Small words, capitals and short forms come with the words to take."""
    assert right in {found.right for found in proofread(sentence, Known(country="GB"))}
