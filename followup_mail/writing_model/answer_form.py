"""What a writing model is asked for: a mail, claims without a fact, a question, corrections, notes; with its form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct


class AnswerForm(Struct, frozen=True):
    """What is said about the facts and the answer: it belongs to the program, not to the guide."""

    file: str
    """A file beside this module."""
    schema: Mapping[str, Any]
    """The shape of an answer, for servers that can hold a model to it."""

    @property
    def text(self) -> str:
        """What the model reads about it."""
        return _read(self.file)


def _object_of(**properties: object) -> Mapping[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


WHAT: Final = ("discussed", "convinced", "promised", "quote", "fit")
"""What a note may be: options of the command ``change``."""
_TEXT: Final = {"type": "string"}
# The plan comes first, to be thought of first; nobody looks at it.
MAIL: Final = AnswerForm("form.md", _object_of(plan=_TEXT, subject=_TEXT, body=_TEXT))
QUESTION: Final = AnswerForm("question_form.md", _object_of(question=_TEXT))
CLAIMS: Final = AnswerForm("claims_form.md", _object_of(claims={"type": "array", "items": _TEXT}))
PROOFREADING: Final = AnswerForm("proofreading_form.md", _object_of(sentences={"type": "array", "items": _TEXT}))
_NOTE: Final = _object_of(
    sentences={"type": "array", "items": {"type": "integer"}},
    about=_TEXT,
    what={"type": "string", "enum": [*WHAT]},
    note=_TEXT,
)
NOTES: Final = AnswerForm("notes_form.md", _object_of(notes={"type": "array", "items": _NOTE}))


@cache
def _read(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8").strip()
