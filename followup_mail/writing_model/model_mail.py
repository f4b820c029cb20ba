"""What a writing model answered, read as a mail: strictly in what it is, kindly in how it is packed."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from followup_mail.checks.parsed_mail import parse_text
from followup_mail.errors import WritingModelError
from followup_mail.regex import regex
from followup_mail.writing_model.json_answer import plain_characters, read_object

_SUBJECT_LABEL: Final = regex(r"^\s*subject\s*:\s*", re.IGNORECASE)
_LONGEST_BODY: Final = 2_000
_LONGEST_SUBJECT: Final = 200
_SHORTEST_BODY: Final = 20


class ModelMail(Struct, frozen=True):
    """A subject, and the paragraphs between greeting and signature."""

    subject: str
    body: str
    """Paragraphs separated by an empty line, LF line ends."""


def read_mail(content: str) -> ModelMail:
    """Return the mail of an answer, without a greeting or signature, which it should not have written.

    Raises ``WritingModelError`` when it is not a mail: no JSON object, no subject or body, far too long.
    """
    found = read_object(content)
    subject, body = found.get("subject"), found.get("body")
    if not isinstance(subject, str) or not isinstance(body, str):
        raise WritingModelError("The writing model did not answer with a subject and a body.")
    mail = tidy_mail(subject, body)
    if not mail.subject or len(mail.body) < _SHORTEST_BODY:
        raise WritingModelError("The writing model answered with an empty mail.")
    if len(mail.body) > _LONGEST_BODY or len(mail.subject) > _LONGEST_SUBJECT:
        raise WritingModelError("The writing model answered with far more than a mail.")
    return mail


def tidy_mail(subject: str, body: str) -> ModelMail:
    """Return words that somebody else wrote as a mail: plain characters and paragraphs, no greeting or signature."""
    one_line = " ".join(plain_characters(_SUBJECT_LABEL.sub("", subject)).split())
    return ModelMail(one_line, _paragraphs(_without_frame(plain_characters(body))))


def _paragraphs(text: str) -> str:
    """Return paragraphs, each on one line: breaks inside one are the model's own and mean nothing."""
    parts = re.split(r"\n[ \t]*\n+", text.replace("\t", " ").strip())
    return "\n\n".join(" ".join(part.split()) for part in parts if part.strip())


def _without_frame(body: str) -> str:
    mail = parse_text(body)
    return mail.written(mail.core).strip()
