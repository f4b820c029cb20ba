"""A second look of the model at a mail of its own: which of its claims the facts do not hold.

Rules find an invented name or figure, and hardly an invented deed. A model that only compares finds most of what it
made up when it wrote. What it says is a doubt, never a verdict, and only words that the mail has count.
"""

from __future__ import annotations

from typing import Final

from followup_mail.writing_model.answer_form import CLAIMS
from followup_mail.writing_model.brief import Brief
from followup_mail.writing_model.endpoint import Endpoint
from followup_mail.writing_model.json_answer import ask_for_object, plain_characters
from followup_mail.writing_model.model_mail import ModelMail

_MOST: Final = 5
_LONGEST: Final = 200
_SHORTEST: Final = 3


def find_doubts(endpoint: Endpoint, guide: str, brief: Brief, mail: ModelMail) -> tuple[str, ...]:
    """Return the words of a mail whose claim the model finds in none of the facts.

    Raises ``WritingModelError`` and ``SettingsError`` as ``chat.ask`` does.
    """
    answer = ask_for_object(endpoint, guide, CLAIMS, {"facts": brief.given, "mail": mail.body}).get("claims")
    claims = [text for text in answer if isinstance(text, str)] if isinstance(answer, list) else []
    words = (" ".join(plain_characters(text).split()).strip(" .") for text in claims)
    found = (text for text in words if _SHORTEST <= len(text) <= _LONGEST and text in mail.body)
    return tuple(dict.fromkeys(found))[:_MOST]
