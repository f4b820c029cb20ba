"""Keep a note of the user's with its day, in the application's private notes: never part of a mail."""

from __future__ import annotations

from followup_mail.errors import FactsError
from followup_mail.facts.application import Application
from followup_mail.facts.clean import clean_notes
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.workspace import Workspace


def keep_note(workspace: Workspace, slug: str, text: str) -> Application:
    """Add a line to the notes. Raises ``FactsError`` for an empty note, and for what cannot be a note."""
    try:
        note = clean_notes(text).strip()
    except UnfitError as error:
        raise FactsError(f"The note {error}.") from None
    if not note:
        raise FactsError("The note is empty.", fix=f'e.g. followup-mail note {slug} "asked about the office move"')
    before = workspace.facts.load(slug).notes
    line = f"{workspace.now().date()}: {note}"
    return workspace.facts.change(slug, {"notes": f"{before.rstrip()}\n{line}" if before.strip() else line})
