"""Change the text of a facts file: what is typed replaces it only when it can be understood."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from followup_mail.errors import FactsError
from followup_mail.facts.application import Application
from followup_mail.facts.application_file import parse_application
from followup_mail.workspace import Workspace


class FactsText(Struct, frozen=True):
    """A facts file as it was when it was opened."""

    application: str
    path: Path
    text: str


def open_facts(workspace: Workspace, application: str) -> FactsText:
    """Return the text of a facts file. Raises ``NotFoundError``, ``FactsError``."""
    return FactsText(application, workspace.facts.path(application), workspace.facts.text(application))


def read_facts(opened: FactsText) -> Application | None:
    """Return the application as the text had it; None when it could not be understood."""
    try:
        return parse_application(opened.text, opened.path, opened.path.stem)
    except FactsError:
        return None


def save_facts(workspace: Workspace, opened: FactsText, typed: str) -> Application:
    """Write what was typed in its place, and return the application.

    Raises ``FactsFileError`` when it has problems, ``RefusedError`` when the file was changed meanwhile.
    """
    return workspace.facts.replace(opened.application, typed, instead_of=opened.text)
