"""An assistant's sentences stay under the checks of its words until a person changes them."""

from __future__ import annotations

import pytest
from changing import replace
from message_samples import PLAIN

from followup_mail.checks.finding import Finding, MailPart, Severity
from followup_mail.services.writing.sentences_of_theirs import find_of_theirs

THEIRS = replace(
    PLAIN, subject="At Siemens", text="Hi Tom,\n\nThank you. I led Siemens. It was late.\n\nBest,\nJordan\n"
)


def found(code: str, line: int, column: int, length: int, place: MailPart = MailPart.BODY) -> Finding:
    """Return a finding at a place of a mail."""
    return Finding(code, "not-in-the-facts", Severity.ERROR, place, line, column, length, "", "", "")


@pytest.mark.parametrize(
    ("text", "column", "stays"),
    [
        (THEIRS.text, 12, True),
        (THEIRS.text.replace("It was late.", "It was early."), 12, True),
        (THEIRS.text.replace("I led Siemens.", "I led Bosch."), 12, False),
        (THEIRS.text.replace("Thank you. ", ""), 1, True),
    ],
)
def test_a_sentence_is_theirs_while_it_is_unchanged(text: str, column: int, stays: bool) -> None:
    """What asks for facts is found in their sentences, wherever they stand by now, and not in the person's own."""
    one = found("FM901", 3, column, 7)
    assert find_of_theirs([one], replace(THEIRS, text=text), THEIRS) == ((one,) if stays else ())


def test_a_finding_over_two_sentences() -> None:
    """What reaches from a sentence of theirs into one of the person's own is found."""
    one = found("FM901", 3, 1, 20)
    mine = replace(THEIRS, text=THEIRS.text.replace("Thank you.", "Thanks."))
    assert find_of_theirs([one], mine, THEIRS) == (one,)


def test_a_subject_of_theirs() -> None:
    """A subject is theirs as a whole, or not."""
    one = found("FM901", 1, 4, 7, MailPart.SUBJECT)
    assert find_of_theirs([one], THEIRS, THEIRS) == (one,)
    assert find_of_theirs([one], replace(THEIRS, subject="At Bosch"), THEIRS) == ()


def test_other_rules_and_whole_mails_are_not_touched() -> None:
    """Any other rule finds what it finds, and what is about the whole mail stays."""
    mine = replace(THEIRS, text="Hi Tom,\n\nOther words.\n\nBest,\nJordan\n")
    others = (found("FM201", 3, 1, 5), found("FM904", 0, 0, 0))
    assert find_of_theirs(others, mine, THEIRS) == others
