"""Collect a debrief: from options, from a file, or question by question on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from followup_mail.cli.terminal import screen
from followup_mail.errors import FactsError, RefusedError
from followup_mail.facts.debrief import Answers
from followup_mail.services.adding.debrief_options import has_answers, read_options
from followup_mail.workspace import Workspace

_BYTES_LIMIT = 1024 * 1024


def collect(workspace: Workspace, given: Mapping[str, Any], notes: str = "") -> Answers:
    """Return the answers: asked on a terminal when no option was given, read from the options otherwise.

    Whoever is asked sees the sentences of ``notes`` at the questions that they fit.

    Raises ``OptionsError`` with every option that cannot be read.
    """
    if has_answers(given):
        return read_options(workspace, given, screen.note)
    if screen.is_interactive():
        from followup_mail.cli.views.add_dialogue import ask_all

        has_name = bool(given.get("slug") or given.get("beside"))
        return ask_all(workspace, has_name=has_name, notes=notes)
    raise RefusedError(
        "There is no terminal to ask on, and nothing was given.", fix="Give --company and --role at least, or --file."
    )


def ask_sentences(workspace: Workspace, slug: str) -> None:
    """Go on with the sentences that the mails are made of; whatever ends it, the facts file is there."""
    from followup_mail.cli.views.ask_form import ask_for_sentences, lead_through_text, questions_with_text
    from followup_mail.cli.views.model_view import ask_model, find_debrief

    if lead_through_text(workspace, slug) is None:
        return
    questions = questions_with_text(workspace, slug)
    if not questions:
        return
    screen.note()
    try:
        is_asked = screen.agree(
            "Written down. Now the sentences that make your mails yours; each can be skipped. Go on?"
        )
    except KeyboardInterrupt:
        is_asked = False
    if is_asked:
        ask_for_sentences(workspace, slug, questions, model=find_debrief(workspace, slug, ask_model(workspace)))
    else:
        screen.note(f"\nTo be asked later: followup-mail ask {slug}")


def read_file(path: Path) -> str:
    """Return the text of a facts file made elsewhere; ``-`` is standard input. Raises ``FactsError``."""
    content = _read_bytes(path, _BYTES_LIMIT)
    if len(content) > _BYTES_LIMIT:
        raise FactsError(f"{_name(path)} is too large for a facts file.", fix="Name another file.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise FactsError(f"{_name(path)} is not UTF-8 text.", fix="Save it as UTF-8 in your editor.") from None


def read_notes(path: Path) -> str:
    """Return the text of a transcript or of notes; ``-`` is standard input. Raises ``FactsError``."""
    from followup_mail.incoming.transcript_file import SIZE_LIMIT, decode_transcript

    return decode_transcript(_read_bytes(path, SIZE_LIMIT), _name(path))


def _read_bytes(path: Path, limit: int) -> bytes:
    """Return a byte more than the limit at most. Standard input stays open: its terminal is asked about later."""
    try:
        with nullcontext(sys.stdin.buffer) if str(path) == "-" else path.expanduser().open("rb") as stream:
            return stream.read(limit + 1)
    except OSError as error:
        raise FactsError(f"{_name(path)} cannot be read: {error.strerror}.", fix="Name another file.") from None


def _name(path: Path) -> str:
    return "standard input" if str(path) == "-" else str(path)


def keep_notes(workspace: Workspace, slug: str, text: str) -> None:
    """Keep a transcript beside the facts, and say what becomes of it."""
    from followup_mail.services.typed.kept_text import keep_text

    screen.note(f"Kept your notes in {keep_text(workspace, slug, text)}")
    if not screen.is_interactive():
        screen.note(f"Their sentences are shown at the questions of: followup-mail ask {slug}")
