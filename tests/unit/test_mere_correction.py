"""The gate of a writing model's corrections: language may be mended, and nothing else may change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.language.known_words import Known
from followup_mail.writing_model.mere_correction import is_mere_correction, plain_correction, put_back

KNOWN = Known(
    names=("Tom Okafor",),
    notes=("moved nightly batch -> streaming @ Harbor, 0 days down", "5 yrs on call", "trained 4 juniors"),
    company="Lumen Freight",
    country="US",
)
MENDED = [
    ("I could helped with the rota.", "I could help with the rota."),
    ("Yesterday I talk to your drivers.", "Yesterday I talked to your drivers."),
    ("We was glad of it.", "We were glad of it."),
    (
        "I has five years on call, i removed more then i wrote.",
        "I have five years on call, and I removed more than I wrote.",
    ),
    (
        "i moved ours to streeming at harbor so i know where the hours goes",
        "I moved ours to streaming at Harbor, so I know where the hours go.",
    ),
    ("You want reports at six, I have done it before.", "You want the reports at six. I have done it before."),
    ("I dont mind quiet hours.", "I don't mind quiet hours."),
    ("I could showing you the handbook we use it.", "I could show you the handbook, we use it."),
    (
        "I liked that you spoke openly, because it is rare in this buisness.",
        "I liked that you spoke openly, because it is rare in this business.",
    ),
    ("You need somebody for the the night shift.", "You need somebody for the night shift."),
    ("My english is good enougth for the desk.", "My English is good enough for the desk."),
    ("You depend of the reports.", "You depend on the reports."),
    ("I teached 4 juniors how to write runbooks.", "I taught 4 juniors how to write runbooks."),
    ("[reader] want less alerts, so i removed them.", "[reader] wants less alerts, so I removed them."),
    ("I am agree with the definately open culture.", "I agree with the definitely open culture."),
    ("I have experience in leading a team since four years.", "I have experience in leading a team since four years"),
    ("Their is no handover at nights.", "There is no handover at nights."),
]
CHANGED = [
    ("I trained a nurse.", "I trained nurses."),
    ("I had a forklift licence.", "I have a forklift licence."),
    ("I was head of the shop.", "I am head of the shop."),
    ("I managed the shop.", "I manage the shop."),
    ("I ran the depot.", "I run the depot."),
    ("I trained 4 juniors.", "I trained 5 juniors."),
    ("I trained 4 juniors.", "I trained four juniors."),
    ("I trained 4 juniors.", "I have led and trained 4 juniors."),
    ("I helped move the batch.", "I led the move of the batch."),
    ("I promoted two people.", "I was promoted two people."),
    ("I promoted it.", "I was promoted."),
    ("I could help you on Monday.", "I will help you on Monday."),
    ("I could help you on Monday.", "I could help you on Tuesday."),
    ("You want it. I closed ours.", "I want it. You closed ours."),
    ("I have never been late.", "I have been late."),
    ("I know the tool.", "I don't know the tool."),
    ("I cut it by 40 percent.", "I cut it to 40 percent."),
    ("I cut it from 40 to 6 min.", "I cut it to 40 from 6 min."),
    ('You said "fix the alert".', 'You said "mute the alert".'),
    ("I like it.", "I *like* it."),
    ("I like it a lot you know.", "I like it a lot you know <b>"),
    ("I like the way you work here.", "I like the way you work here, see evil.com."),
    ("I worked at Harbor.", "I worked at Harvard."),
    ("[reader] told me of it.", "[colleague 1] told me of it."),
    ("I trained nurses for years.", "I was trainer for nurses for years."),
    ("I worked on hard problems.", "I worked on hardly problems."),
    ("We moved it.", "I moved it."),
    ("I enjoyed the talk.", "I enjoyed the talk immensely!"),
    ("I managed the shop.", "I am manager of the shop."),
    ("I moved it because it failed.", "I moved it although it failed."),
    ("I was on call on tuesday.", "I was on call on thursday."),
    ("Some people like it.", "Most people like it."),
    ("I like it.", "I like it."),
    ("I liked the rota", "Me gust\u00f3 la rota"),
    ("I could help with the rota and the alerts.", "I could help with the rota."),
    ("I ran the form for the clinic.", "I ran the farm for the clinic."),
    ("I saw it.", "I saw it?"),
    ("I closed 12 tickets.", "I closed 1,2 tickets."),
    ("I have a casual job.", "I have a causal job."),
    ("I like your plan", "I like your plan.I like your plan.I like your plan."),
]


@pytest.mark.parametrize(("typed", "corrected"), MENDED)
def test_a_correction_of_the_language_passes(typed: str, corrected: str) -> None:
    """Spelling, capitals, splices, agreement, articles and forms of verbs may be mended."""
    assert is_mere_correction(typed, corrected, KNOWN)


@pytest.mark.parametrize(("typed", "corrected"), CHANGED)
def test_a_correction_that_changes_what_is_said_does_not_pass(typed: str, corrected: str) -> None:
    """No figure, day, name, quotation, negation, doer, strength or reason changes; nothing is added or left out."""
    assert not is_mere_correction(typed, corrected, KNOWN)


def test_a_word_of_the_facts_is_not_respelt() -> None:
    """A word that the facts have is right, whatever a model takes it for."""
    known = Known(notes=("ran the recert for fryers",), country="US")
    assert not is_mere_correction("I ran the recert.", "I ran the recent.", known)


def test_names_come_back_as_they_were_typed() -> None:
    """A stand-in becomes what was typed in its place, title and spelling included."""
    typed, hidden = "Dr Raman showd me, then tom did.", "[reader] showd me, then [colleague 1] did."
    corrected = "[reader] showed me, then [colleague 1] did."
    assert put_back(typed, hidden, corrected) == "Dr Raman showed me, then tom did."


def test_a_lost_stand_in_is_no_correction() -> None:
    """Where a name is gone, nobody can tell what stood there."""
    assert put_back("Tom showd me.", "[reader] showd me.", "They showed me.") == ""


@pytest.mark.parametrize("answered", [None, 7, ["I like it."], {}])
def test_what_is_not_a_text_corrects_nothing(answered: object) -> None:
    """An answer of another type leaves the sentence as it is."""
    assert plain_correction("I like it.", answered) == "I like it."


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_is_too_strange(typed: str, corrected: str) -> None:
    """Any two texts are compared without an error, and a correction keeps every figure of what was typed."""
    if is_mere_correction(typed, corrected, KNOWN):
        assert [sign for sign in typed if sign.isdigit()] == [sign for sign in corrected if sign.isdigit()]
