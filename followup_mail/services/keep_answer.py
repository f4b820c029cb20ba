"""Keep one answer in the facts file, at once, so that ending early loses nothing."""

from __future__ import annotations

from typing import Any

from followup_mail.facts.application import Application
from followup_mail.facts.clean import clean_passage
from followup_mail.services.ask_questions import OpenQuestion
from followup_mail.workspace import Workspace


def keep_answer(workspace: Workspace, slug: str, question: OpenQuestion, answer: str) -> Application:
    """Write the answer where it belongs; every other line of the file stays.

    Raises ``UnfitError`` for what cannot be a fact, and as ``FactsFolder.change`` does.
    """
    value = clean_passage(answer)
    if question.place:
        return workspace.facts.change(slug, {question.key: value}, question.place)
    changes: dict[str, Any] = {question.table: {question.key: value}} if question.table else {question.key: value}
    return workspace.facts.change(slug, changes)
