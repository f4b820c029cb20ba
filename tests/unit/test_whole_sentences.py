"""Notes that are whole sentences, said to whom they are about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.language.own_whole_sentences import whole_of_mine
from followup_mail.language.told_deeds import told_deed
from followup_mail.language.told_standing import told_standing
from followup_mail.language.whole_sentences import whole_liked, whole_of_reader

TOLD = {
    "she said the sluice gate sticks every spring": "the sluice gate sticks every spring",
    "She said haul-out takes four days in autumn and nobody knows why. She looked tired.": (
        "haul-out takes four days in autumn and nobody knows why"
    ),
    "He told me that he wants the books closed by the 5th": "you want the books closed by the 5th",
    "the rota for nights is always a week late and nobody minds the way we do": (
        "the rota for nights is always a week late"
    ),
    '"We have 40 looms and two people who can tune them."': "you have 40 looms and two people who can tune them",
    "a loan refused in May because nobody could find the form": "",
    "Max's crew lost the key to the vault": "",
    "the matron has her own key": "",
}
DEEDS = {
    "she does one early shift a month herself so she knows what she asks of people": (
        "you do one early shift a month yourself so you know what you ask of people"
    ),
    "he's never missed a launch, and his name is on the wall": (
        "you have never missed a launch, and your name is on the wall"
    ),
    "she asked what I would change": "",
    "he looked tired": "",
    "they hand over by talking at the gate": "you hand over by talking at the gate",
}
LIKED = {
    "Went down the shaft with the night crew and came back with a list": (
        "you went down the shaft with the night crew and came back with a list"
    ),
    "drove the school bus 14 yrs before the desk": "you drove the school bus for 14 years before the desk",
    "keeps a tin with a note of what each child eats when they are ill": (
        "you keep a tin with a note of what each child eats when they are ill"
    ),
    "takes the exercise bk bloke serious": "",
    "the way the pens are sorted": "",
}
MINE = {
    "At Elmet I put the clerks at one table every Monday; disputes fell from 310 to under 40.": (
        "At Elmet I put the clerks at one table every Monday, and disputes fell from 310 to under 40."
    ),
    "we brought our waiting list from 51 to 18 in two years and I kept it": (
        "We brought our waiting list from 51 to 18 in two years and I kept it."
    ),
    "Have faced an inspector: two visits, both passed.": "I have faced an inspector: two visits, both passed.",
    "I have the rigger's card since 2019": "I have had the rigger's card since 2019.",
    "forgot to say that the ferry captain still asks me for advice": "The ferry captain still asks me for advice.",
    "she liked my drawing of the lock": "",
    "I did what she said": "",
}


@pytest.mark.parametrize("note", TOLD)
def test_what_somebody_told_is_told_back_to_them(note: str) -> None:
    """What a note reports follows "You told me that"; nothing where it is not a sentence or somebody else's."""
    assert whole_of_reader(note).clause == TOLD[note]


@pytest.mark.parametrize("note", DEEDS)
def test_what_somebody_does_is_said_to_them(note: str) -> None:
    """He and she become you with their verbs; what they asked or looked like is not told back."""
    assert whole_of_reader(note).deed == DEEDS[note]


@pytest.mark.parametrize("note", LIKED)
def test_a_note_that_begins_with_the_verb_is_about_the_reader(note: str) -> None:
    """What convinced somebody needs no "she": the verb is enough, unless a word is written short."""
    assert whole_liked(note) == LIKED[note]


@pytest.mark.parametrize("note", MINE)
def test_a_sentence_of_the_candidates_stays_as_it_is(note: str) -> None:
    """It begins with a capital, keeps its result, and has the tense that "since" asks for."""
    assert whole_of_mine(note) == MINE[note]


@examples(1)
@given(st.text(max_size=80))
def test_any_note_can_be_read_as_a_sentence(note: str) -> None:
    """No note breaks the reading, and what is built has no brackets, arrows or line breaks."""
    whole = whole_of_reader(note)
    built = (whole.deed, whole.clause, whole_liked(note), whole_of_mine(note), told_deed(note), told_standing(note))
    assert not any(set("<>[]{}\n") & set(said) for said in built)
