"""The answer to a question as a note: understood alone, or behind its question."""

from __future__ import annotations

import pytest

from followup_mail.language.note_answers import note_of_answer, tells_nothing
from followup_mail.language.notes import read_note

ASKED = "What came of your move to streaming?"


@pytest.mark.parametrize(
    "answer",
    ["I halved the alerts in two months", "they call nobody at night any more", "we trained all of the juniors"],
)
def test_a_whole_sentence_is_a_note_of_its_own(answer: str) -> None:
    """An answer that names who did what needs no question before it."""
    assert note_of_answer(ASKED, answer) == answer


@pytest.mark.parametrize(
    "answer",
    [
        "halved the alerts",
        "more sleep",
        "they would plan the trucks earlier",
        "I did it with them in spring",
        "3 fewer",
    ],
)
def test_a_scrap_is_kept_behind_its_question(answer: str) -> None:
    """A fragment, a pronoun that points back, or a condition makes sense only with what was asked."""
    assert note_of_answer(ASKED, answer) == f"{ASKED} {answer}"


@pytest.mark.parametrize("asked", [ASKED, "What would it change for them?", "Who has to wait for the reports at 6?"])
@pytest.mark.parametrize(
    "answer",
    ["halved the alerts in two months", "wants an earlier handover", "trained 4 nurses"],
)
def test_no_wording_of_ours_says_a_scrap_of_the_wrong_person(asked: str, answer: str) -> None:
    """A bare verb does not say who did it; behind a question nothing is made of it, rather than something wrong."""
    note = read_note(note_of_answer(asked, answer))
    assert (note.mine, note.yours, note.clause, note.topic, note.quotation) == ("",) * 5
    assert read_note(answer).yours or read_note(answer).mine


@pytest.mark.parametrize("answer", ["no", "None.", "don't know", "I do not remember", "dunno", "not sure", "n/a", "?"])
def test_an_answer_that_says_nothing_is_none(answer: str) -> None:
    """Whoever types that there is nothing has not answered."""
    assert tells_nothing(answer)


@pytest.mark.parametrize("answer", ["no alerts at night", "nothing broke for a year", "I don't wait for 9 any more"])
def test_an_answer_that_begins_like_nothing_is_an_answer(answer: str) -> None:
    """A no that goes on says something."""
    assert not tells_nothing(answer)
