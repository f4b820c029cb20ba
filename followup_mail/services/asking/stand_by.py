"""A sentence that the proof-reader doubts and its writer knows to be right: it holds no mail any more."""

from __future__ import annotations

from followup_mail.facts.application import Application
from followup_mail.facts.clean import clean_passage
from followup_mail.workspace import Workspace


def stand_by(workspace: Workspace, slug: str, sentence: str) -> Application:
    """Note that a sentence is right as it is, and no other. Raises as ``FactsFolder.change`` does."""
    kept = clean_passage(sentence)
    return workspace.facts.change(
        slug, lambda known: {"as_they_are": [*(other for other in known.as_they_are if other != kept), kept]}
    )
