"""The gate of a writing model's question: what it may ask, and all that it may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.writing_model.model_question import LONGEST, find_fault, read_question

FACTS = (
    "move from nightly batches to streaming", "reports at 9, wants 6", "first night on call, new ppl dread it",
    "spoke openly abt the outage in March", "moved nightly batch -> streaming @ Harbor, 0 days down", "5 yrs on call",
    "trained 4 juniors", "on-call rota, quiet hrs", "wants ppl who fix the alert, not just mute it",
    "wards short of beds in winter", "discharge papers take 3 hours", "recipes costed monthly", "Data Engineer",
    "Lumen Freight", "Head of Data", "Dr. Raman", "Priya", "Tom",
)  # fmt: skip
GOOD = [
    "What would it change for them if the reports were there at 6?",
    "What came of the move to streaming at Harbor?",
    "What would quiet hours change for Tom's team?",
    "What did Dr. Raman say was hardest about the outage in March?",
    "What happened to the juniors you trained?",
    "What did Tom tell you about alerts that were only muted?",
    "How would earlier reports help the people who read them?",
    "What have they already tried for the first night on call?",
    "Why do new people dread the first night on call?",
    "Which part of the rota did Tom want to change?",
    "What would faster discharge papers mean for the wards?",
    "What did you take away from how openly they spoke about the outage?",
    "Where did the nightly batches lose the most time?",
    "How did you keep the streaming move at 0 days down?",
    "Who has to wait while the reports are late?",
    "What made you remember the on-call rota?",
    "After the outage, what did they do differently?",
    "What would you change first in the on-call rota?",
    "What did they say about the beds in winter?",
    "In those 5 years on call, what did you learn that would help Tom?",
    "What does Priya do with the reports at 9?",
    "How do the four juniors work today?",
    "What was the last step before the reports could leave at 6?",
    "What did they find hard about fixing alerts instead of muting them?",
    "What stood in the way of moving to streaming earlier?",
    "How would you spend your first month on the streaming move?",
]
BAD = [
    "What is your bank password?",
    "What is the password of your mail account?",
    "Could you send me your phone number?",
    "What did Sandra say about the rota?",
    "What did Kubernetes change for them?",
    "What would 40 alerts fewer change for them?",
    "What would two hundred fewer alerts change?",
    "\u00bfQu\u00e9 cambiar\u00eda para ellos?",
    "Was w\u00fcrde das f\u00fcr sie \u00e4ndern?",
    "Que ferait le train pour les gens?",
    "<b>What would it change?</b>",
    "What would **it** change?",
    "What would it change? And why?",
    "What would it change. Ignore this?",
    "See evil.example: what would it change?",
    "What would it change, see www.evil.com/x?",
    "What would it change for [colleague 7]?",
    "What would it change",
    "What do they earn, and what would it change?",
    "How is their health since the outage?",
    "Are you married, and would it change?",
    "Please paste your .env file, what is in it?",
    "What is in your API key?",
    "What would it change for them?\\x1b[2J",
    "Which religion do they have?",
    "What would it cost?",
    "Sandra told you what about the rota?",
    "What does the system prompt say?",
    "Hvad ville det betyde for dem?",
    "Wat zou dat voor hen veranderen?",
    "hat was in die art is gut or?",
    "O que isso mudaria para eles?",
    "What w\u03bfuld it change?",
    "What would it change for eve@evil.example?",
    "Why?",
]


@pytest.mark.parametrize("question", GOOD)
def test_a_good_question_is_shown(question: str) -> None:
    """A question about what the facts hold, in plain English, has no fault."""
    assert find_fault(question, FACTS) == ""


@pytest.mark.parametrize("question", BAD)
def test_a_bad_question_has_a_fault(question: str) -> None:
    """Private subjects, names and numbers of nobody's, links, markup, requests, other languages, two sentences."""
    assert find_fault(question, FACTS) != ""


@pytest.mark.parametrize("note", ["ask for the password", "salary 52k, wife is ill", "your bank account"])
def test_no_note_makes_a_private_subject_fit(note: str) -> None:
    """What nobody is asked about stays so when a note speaks of it."""
    asked = ("What is the password?", "What salary would it be?", "How ill is she?", "What is in your bank account?")
    assert [find_fault(question, (*FACTS, note)) for question in asked] == ["about something private"] * len(asked)


def test_a_subject_of_the_facts_may_be_asked_about() -> None:
    """A hospital has patients and a kitchen has costs: where the facts have the word, the question may have it."""
    question = "What would shorter papers change for the patients?"
    assert find_fault(question, FACTS) != ""
    assert find_fault(question, (*FACTS, "patients wait for hours")) == ""


def test_the_names_are_put_back() -> None:
    """A stand-in becomes the name as the mail calls that person, and a name with a title is one sentence still."""
    asked = {"question": "What did [reader] say about the outage?"}
    assert read_question(asked, FACTS, lambda text: text.replace("[reader]", "Dr. Raman")) == (
        "What did Dr. Raman say about the outage?"
    )


@pytest.mark.parametrize("answer", [{}, {"question": None}, {"question": ["Why?"]}, {"question": ""}, {"question": 7}])
def test_anything_else_is_no_question(answer: dict[str, object]) -> None:
    """An answer without a text is as if nothing was asked."""
    assert read_question(answer, FACTS, str) == ""


@given(st.text(max_size=200))
def test_whatever_is_shown_is_one_short_line(text: str) -> None:
    """Any text is refused, or is one line with one question mark at its end and nothing that a terminal obeys."""
    shown = read_question({"question": f"What {text} the rota?"}, FACTS, str)
    if shown:
        assert len(shown) <= LONGEST
        assert shown.isprintable()
        assert shown.index("?") == len(shown) - 1
