"""What a writing model answered, read as a mail: strictly in what it is, kindly in how it is packed."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from followup_mail.checks.parsed_mail import parse_text
from followup_mail.errors import WritingModelError

_FENCE: Final = re.compile(r"^\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*$", re.DOTALL)
_OBJECT: Final = re.compile(r"\{.*\}", re.DOTALL)
_SUBJECT_LABEL: Final = re.compile(r"^\s*subject\s*:\s*", re.IGNORECASE)
_TYPOGRAPHY: Final = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u202f": " ", "\u2011": "-"}
)
_LONGEST_BODY: Final = 2_000
_LONGEST_SUBJECT: Final = 200
_SHORTEST_BODY: Final = 20


@dataclass(frozen=True, slots=True)
class ModelMail:
    """A subject, and the paragraphs between greeting and signature."""

    subject: str
    body: str
    """Paragraphs separated by an empty line, LF line ends."""


def read_mail(content: str) -> ModelMail:
    """Return the mail of an answer, without a greeting or signature, which it should not have written.

    Raises ``WritingModelError`` when it is not a mail: no JSON object, no subject or body, far too long.
    """
    found = _as_object(content)
    subject, body = found.get("subject"), found.get("body")
    if not isinstance(subject, str) or not isinstance(body, str):
        raise WritingModelError("The writing model did not answer with a subject and a body.")
    subject = " ".join(_plain(_SUBJECT_LABEL.sub("", subject)).split())
    body = _paragraphs(_without_frame(_plain(body)))
    if not subject or len(body) < _SHORTEST_BODY:
        raise WritingModelError("The writing model answered with an empty mail.")
    if len(body) > _LONGEST_BODY or len(subject) > _LONGEST_SUBJECT:
        raise WritingModelError("The writing model answered with far more than a mail.")
    return ModelMail(subject, body)


def _as_object(content: str) -> dict[str, object]:
    fenced = _FENCE.match(content)
    text = fenced[1] if fenced else content
    for candidate in (text, found[0] if (found := _OBJECT.search(text)) else ""):
        try:
            # Small models put real line ends into strings, which strict JSON forbids.
            read = json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(read, dict):
            return read
    raise WritingModelError("The writing model did not answer in the form that it was asked for.")


def _plain(text: str) -> str:
    """Return a text with plain quotation marks, and without characters that do not show."""
    kept = (char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return unicodedata.normalize("NFC", "".join(kept)).translate(_TYPOGRAPHY)


def _paragraphs(text: str) -> str:
    """Return paragraphs, each on one line: breaks inside one are the model's own and mean nothing."""
    parts = re.split(r"\n[ \t]*\n+", text.replace("\t", " ").strip())
    return "\n\n".join(" ".join(part.split()) for part in parts if part.strip())


def _without_frame(body: str) -> str:
    mail = parse_text(body)
    return mail.written(mail.core).strip()
