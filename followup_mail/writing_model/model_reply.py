"""Read what the writing model's server answered: the text of the first choice, or the names of its models."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from followup_mail.errors import WritingModelError
from followup_mail.regex import regex
from followup_mail.writing_model.error_sentences import ErrorSentences

_THINKING: Final = regex(r"\s*<(think|thinking)>.*?</\1>\s*", re.DOTALL)
"""What models that think aloud put before their answer, where the server leaves it in."""
_ANSWER: Final = "a chat completion"
_LIST: Final = "a list of models"
_STOPPED: Final = {
    "length": "stopped in the middle of its answer: it ran out of room",
    "error": "failed in the middle of its answer",
    "content_filter": "broke its answer off: its own filter stopped it",
}


def read_content(body: bytes, errors: ErrorSentences) -> str:
    """Return the text that the model answered. Raises ``WritingModelError`` where there is no whole answer."""
    choices = _read_json(body, errors, _ANSWER).get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise _no(_ANSWER, body, errors)
    if stopped := _STOPPED.get(str(choice.get("finish_reason"))):
        raise errors.bad_answer(stopped)
    if message.get("refusal"):
        raise errors.bad_answer("refused to write this mail")
    content = without_thinking(_join(message.get("content")))
    if not content.strip():
        raise errors.bad_answer("answered with nothing")
    return content


def without_thinking(content: str) -> str:
    """Return an answer without what the model thought aloud before it."""
    thinking = _THINKING.match(content)
    return content[thinking.end() :] if thinking else content


def read_models(body: bytes, errors: ErrorSentences) -> tuple[str, ...]:
    """Return the names in a list of models. Raises ``WritingModelError`` where it is no such list."""
    listed = _read_json(body, errors, _LIST).get("data")
    if not isinstance(listed, list):
        raise _no(_LIST, body, errors)
    return tuple(row["id"] for row in listed if isinstance(row, dict) and isinstance(row.get("id"), str))


def _read_json(body: bytes, errors: ErrorSentences, wanted: str) -> Mapping[str, object]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise _no("JSON", b"", errors) from None
    if not isinstance(found, dict):
        raise _no(wanted, body, errors)
    return found


def _no(wanted: str, body: bytes, errors: ErrorSentences) -> WritingModelError:
    return errors.bad_reply(f"answered with something that is not {wanted}", body)


def _join(content: object) -> str:
    """Return the text of a message: a text, or a list of parts of which some are texts."""
    if isinstance(content, list):
        texts = [part.get("text") for part in content if isinstance(part, dict) and part.get("type") == "text"]
        return "".join(text for text in texts if isinstance(text, str))
    return content if isinstance(content, str) else ""
