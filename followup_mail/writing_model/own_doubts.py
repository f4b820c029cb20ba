"""A second look of the model at a mail of its own: which of its claims the facts do not hold.

Rules find an invented name or figure, and hardly an invented deed. A model that only compares finds most of what it
made up when it wrote. What it says is a doubt, never a verdict, and only words that the mail has count.
"""

from __future__ import annotations

from typing import Final

from followup_mail.writing_model.answer_form import CLAIMS
from followup_mail.writing_model.brief import Brief
from followup_mail.writing_model.json_answer import plain_characters, read_object
from followup_mail.writing_model.model_mail import ModelMail
from followup_mail.writing_model.prompt import Messages, compose_prompt

_MOST: Final = 5
_LONGEST: Final = 200
_SHORTEST: Final = 3


def ask_for_doubts(guide: str, brief: Brief, mail: ModelMail) -> Messages:
    """Return the messages that ask for the claims of a mail that the facts do not hold."""
    return compose_prompt(guide, CLAIMS, {"facts": brief.given, "mail": mail.body})


def read_doubts(content: str, mail: ModelMail) -> tuple[str, ...]:
    """Return the words of a mail whose claim the model finds in none of the facts, from what it answered.

    Raises ``WritingModelError`` for an answer in another form.
    """
    answer = read_object(content).get("claims")
    claims = [text for text in answer if isinstance(text, str)] if isinstance(answer, list) else []
    words = (" ".join(plain_characters(text).split()).strip(" .") for text in claims)
    found = (text for text in words if _SHORTEST <= len(text) <= _LONGEST and text in mail.body)
    return tuple(dict.fromkeys(found))[:_MOST]
