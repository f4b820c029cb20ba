"""Keep a note of the user's with its day, in the application's private notes: never part of a mail."""

from __future__ import annotations

from datetime import date

from followup_mail.errors import FactsError
from followup_mail.facts.application import Application
from followup_mail.facts.clean import clean_notes
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.workspace import Workspace


def keep_note(workspace: Workspace, slug: str, text: str) -> Application:
    """Add a line to the notes. Raises ``FactsError`` for an empty note, and for what cannot be a note."""
    day = workspace.now().date()
    try:
        return workspace.facts.change(slug, lambda known: {"notes": add_to_notes(known.notes, text, day)})
    except UnfitError as error:
        fix = f'e.g. followup-mail note {slug} "asked about the office move"'
        raise FactsError(f"The note {error}.", fix=fix) from None


def add_to_notes(known: str, text: str, day: date) -> str:
    """Return the notes with one more, behind its day. Raises ``UnfitError`` for an empty one, or what is none."""
    note = clean_notes(text).strip()
    if not note:
        raise UnfitError("is empty", "write what you want to remember")
    line = f"{day}: {note}"
    return f"{known.rstrip()}\n{line}" if known.strip() else line
