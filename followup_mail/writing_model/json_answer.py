"""How every request to a writing model is made: instructions and JSON in, one JSON object out."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Final

from followup_mail.errors import WritingModelError
from followup_mail.writing_model.answer_form import AnswerForm
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.prompt import compose_prompt

_TYPOGRAPHY: Final = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u202f": " ", "\u2011": "-"}
)


def ask_for_object(endpoint: Endpoint, guide: str, form: AnswerForm, given: Mapping[str, object]) -> dict[str, object]:
    """Return what the model answers, as far as it is a JSON object. Nobody has checked what is in it.

    Raises ``WritingModelError`` and ``SettingsError`` as ``chat.ask`` does, and the first for any other answer.
    """
    from followup_mail.writing_model.chat import ask

    return read_object(ask(endpoint, compose_prompt(guide, form, given), form.schema))


def read_object(content: str) -> dict[str, object]:
    """Return the JSON object in an answer, also where there is text around it. Raises ``WritingModelError``."""
    # Fences and talk around it are cut by looking for the braces: a pattern would take minutes on hostile answers.
    start, end = content.find("{"), content.rfind("}") + 1
    for candidate in (content, content[start:end] if 0 <= start < end else ""):
        try:
            # Small models put real line ends into strings, which strict JSON forbids.
            read = json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(read, dict):
            return read
    raise WritingModelError("The writing model did not answer in the form that it was asked for.")


def plain_characters(text: str) -> str:
    """Return a text with plain quotation marks, and without characters that do not show."""
    kept = (char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return unicodedata.normalize("NFC", "".join(kept)).translate(_TYPOGRAPHY)
