"""The transcript or notes of an application, kept as they were given beside its facts: ``applications/NAME.notes.txt``.

Nothing in it is a fact. It is only shown, and goes where the application goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from followup_mail.errors import FollowupError
from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_over
from followup_mail.incoming.transcript import TranscriptLine, read_transcript
from followup_mail.language.confidences import Said, find_confided
from followup_mail.services.typed.who_spoke import find_own_labels
from followup_mail.workspace import Workspace

SUFFIX: Final = ".notes.txt"
"""How its name ends, after the short name of the application."""


def kept_path(workspace: Workspace, slug: str) -> Path:
    """Return where the text of an application is, or would be."""
    return workspace.facts.path(slug).with_suffix(SUFFIX)


def read_kept(workspace: Workspace, slug: str) -> str:
    """Return the text; empty where there is none, or it cannot be read."""
    try:
        return kept_path(workspace, slug).read_text("utf-8", errors="replace")
    except OSError:
        return ""


def kept_lines(workspace: Workspace, slug: str) -> tuple[TranscriptLine, ...]:
    """Return the sentences of the text, those of the candidate marked as such."""
    return read_lines(workspace, read_kept(workspace, slug), known_people(workspace, slug))


def read_lines(workspace: Workspace, text: str, people: Sequence[str] = ()) -> tuple[TranscriptLine, ...]:
    """Return the sentences of a text, those of the candidate marked as such; ``people`` are the others' names."""
    lines = read_transcript(text)
    labels = {line.label for line in lines if line.label}
    own = find_own_labels(labels, workspace.settings.name, people) if labels else frozenset()
    return tuple(replace(line, is_own=True) if line.label in own else line for line in lines)


def known_people(workspace: Workspace, slug: str) -> tuple[str, ...]:
    """Return the names in the facts; none where the facts cannot be read."""
    try:
        return tuple(person.name for person in workspace.facts.load(slug).everyone())
    except FollowupError:
        return ()


def find_private(lines: Sequence[TranscriptLine]) -> frozenset[int]:
    """Return the places, from 0 on, of the sentences that go to no model: said in confidence, or about health."""
    return find_confided([Said(line.label, line.text) for line in lines])


def keep_text(workspace: Workspace, slug: str, text: str) -> Path:
    """Keep a text, behind what is kept already. Raises ``FactsError`` when it cannot be written."""
    path = kept_path(workspace, slug)
    make_folder(workspace.home, path.parent)
    with said_plainly(path, "written"), alone_in(path.parent):
        known = read_kept(workspace, slug).rstrip("\n")
        if text.strip() not in known:
            content = ("\n\n".join(filter(None, (known, text.strip("\n")))) + "\n").encode()
            workspace.journal.note_file(path, _bytes_of(path), content, slug)
            write_over(path, content)
    return path


def forget_text(workspace: Workspace, slug: str) -> None:
    """Remove the text. Raises ``FactsError`` when that cannot be done."""
    path = kept_path(workspace, slug)
    with said_plainly(path, "removed"):
        workspace.journal.note_file(path, _bytes_of(path), None, slug)
        path.unlink(missing_ok=True)


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def move_text(workspace: Workspace, slug: str, new: str) -> None:
    """Keep the text for another short name, behind what that one has."""
    if text := read_kept(workspace, slug):
        keep_text(workspace, new, text)
    forget_text(workspace, slug)
