"""A note on what convinced somebody says something of the reader, to the reader."""

from __future__ import annotations

import pytest

from followup_mail.drafts.material import told_by
from followup_mail.drafts.own_words import strip_marks
from followup_mail.facts.application import Person

LIKED = {
    "he talks you through the mistake, doesn't shout": "you talk people through the mistake",
    "sees one client a week herself so she doesn't forget": "you see one client a week yourself so you don't forget",
    "rides along with every trainee herself on their first solo week": (
        "you ride along with every trainee yourself on their first solo week"
    ),
    "open abt what went wrong last year": "you were open about what went wrong last year",
    "laid out whole plan on 1st call, no hide & seek": "you laid out the whole plan on the first call",
    "at the door every morning, knows the kids names": "you are at the door every morning",
    "changed his mind when the query plan said so": "you changed your mind when the query plan said so",
    "debrief really happens - showed me the rota": "the debrief really happens",
    "still signs one letter per week by hand": "you still sign one letter per week by hand",
    "rings clients a week after they collect": "you ring clients a week after they collect",
    "names the patient when she hands over": "you name the patient when you hand over",
    "they do a debrief after a near miss and nobody gets blamed": (
        "you do a debrief after a near miss and nobody gets blamed"
    ),
    "answered every question, even the money one": "you answered every question",
}
WAYS = {
    "the way he waited for that cat": "the way you waited for that cat",
    "how she handled the late delivery": "how you handled the late delivery",
}
THANKED = {"let me tune a string while he listened": "letting me tune a string while you listened"}
NOT_LIKED = ("pays for your licence and you don't owe him 2 years", "told you straight", "happy", "at noon")


@pytest.mark.parametrize("note", LIKED)
def test_what_they_do_is_said_to_them(note: str) -> None:
    """The reader is the subject, "you" for anybody is people, and articles that the note left out are there."""
    assert strip_marks(str(told_by(Person(name="Ann Low", convinced=note))["you_did"])) == LIKED[note]


@pytest.mark.parametrize("note", WAYS)
def test_how_they_did_it_is_a_thing_that_was_liked(note: str) -> None:
    """How somebody did something follows "I really liked"."""
    assert told_by(Person(name="Ann Low", convinced=note))["convinced"] == WAYS[note]


@pytest.mark.parametrize("note", THANKED)
def test_what_they_let_somebody_do_is_thanked_for(note: str) -> None:
    """What the candidate was allowed follows "Thank you for"."""
    told = told_by(Person(name="Ann Low", convinced=note))
    assert strip_marks(str(told["thanks_for"])) == THANKED[note]
    assert not told["you_did"]  # Once is enough.


@pytest.mark.parametrize("note", NOT_LIKED)
def test_what_is_not_sure_of_them_is_not_said(note: str) -> None:
    """A second "you", or a scrap, leaves nothing to say."""
    told = told_by(Person(name="Ann Low", convinced=note))
    assert told["you_did"] == told["convinced"] == ""
