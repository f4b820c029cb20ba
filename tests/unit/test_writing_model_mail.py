"""A model's answer read as a mail."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.errors import WritingModelError
from followup_mail.writing_model.model_mail import read_mail

BODY = "Thank you for showing me the returns desk on Tuesday.\n\nI would like to open it on Saturdays with you."


def answer(subject: object = "The returns desk", body: object = BODY) -> str:
    return json.dumps({"subject": subject, "body": body})


def test_a_plain_answer_is_the_mail() -> None:
    """Subject and paragraphs come through as they are."""
    mail = read_mail(answer())
    assert (mail.subject, mail.body) == ("The returns desk", BODY)


@pytest.mark.parametrize(
    "packed",
    [
        f"```json\n{answer()}\n```",
        f"Here is the mail:\n\n{answer()}\n\nI hope it helps!",
        answer().replace("\\n", "\n"),
        f"\n\n  {answer()}  ",
    ],
)
def test_packing_around_the_answer_is_taken_off(packed: str) -> None:
    """Small models wrap their JSON in fences and talk, or break lines inside strings."""
    assert read_mail(packed).body == BODY


def test_greeting_and_signature_are_taken_off() -> None:
    """Both are added by us, so a model that writes them all the same does not double them."""
    assert read_mail(answer(body=f"Dear Dr. Keller,\n\n{BODY}\n\nKind regards,\nJordan Example")).body == BODY


def test_a_label_and_line_breaks_in_the_subject_go() -> None:
    """A subject is one line: a line break in it would be a header of its own."""
    assert read_mail(answer("Subject: The desk\r\nBcc: x@evil.example")).subject == "The desk Bcc: x@evil.example"


def test_characters_that_do_not_show_go() -> None:
    """Zero-width and control characters, and marks of direction, are no words."""
    assert read_mail(answer(body="Thank you for the ret\u200burns desk\u202e, really.\x07")).body == (
        "Thank you for the returns desk, really."
    )


@pytest.mark.parametrize(
    "content",
    [
        "",
        "I'm sorry, I can't help with that.",
        "[]",
        "{}",
        answer(subject=""),
        answer(body=""),
        answer(body=["Thank you for the long talk on Tuesday."]),
        answer(subject=None),
        answer(body="Hi"),
        answer(body="very long " * 1000),
        answer(subject="very long " * 100),
        "{" * 100_000,
    ],
)
def test_what_is_not_a_mail_is_refused(content: str) -> None:
    """An empty, malformed or endless answer is an error in one sentence."""
    with pytest.raises(WritingModelError) as raised:
        read_mail(content)
    assert raised.value.sentence.startswith("The writing model")


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_a_mail_or_refused(subject: str, body: str) -> None:
    """Whatever a model writes becomes one line of subject and paragraphs without odd spaces, or is refused."""
    try:
        mail = read_mail(answer(subject, body))
    except WritingModelError:
        return
    assert "\n" not in mail.subject
    assert mail.body == mail.body.strip()
    assert "\n\n\n" not in mail.body
