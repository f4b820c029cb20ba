"""Change a wording of the user's own: try a new text on sample facts, write it, remove it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

from followup_mail.drafts.render_process import BoundedRenderer
from followup_mail.drafts.template_folders import GUIDE, TemplateFolders, Wording
from followup_mail.errors import RefusedError
from followup_mail.facts.atomic_files import alone_in, said_plainly, write_over
from followup_mail.services.writing.template_check import try_wording

_LONGEST: Final = 200_000
"""Characters; far more than any mail."""


def explain_text(folders: TemplateFolders, wording: Wording, text: str, renderer: BoundedRenderer) -> list[str]:
    """Return what would go wrong with a new text of an own wording. Writes nothing into the user's folder."""
    if not text.strip():
        return ["It is empty."]
    if len(text) > _LONGEST:
        return [f"It is longer than {_LONGEST} characters."]
    if wording.name == GUIDE:
        return []
    with tempfile.TemporaryDirectory() as name:
        own = Path(name) / "templates"
        shutil.copytree(folders.own, own)
        path = own / wording.path.relative_to(folders.own)
        path.write_text(text, "utf-8")
        return try_wording(
            TemplateFolders(own, folders.shared), Wording(wording.kind, wording.name, path, own=True), renderer
        )


def save_text(folders: TemplateFolders, wording: Wording, text: str) -> None:
    """Write a new text of an own wording. Raises ``RefusedError`` for a built-in one."""
    _refuse_built_in(wording)
    with said_plainly(wording.path, "written"), alone_in(folders.own.parent):
        write_over(wording.path, f"{text.rstrip()}\n")


def remove_wording(folders: TemplateFolders, wording: Wording) -> None:
    """Remove an own wording; a built-in one of the same name is used again. Raises ``RefusedError`` for that one."""
    _refuse_built_in(wording)
    with said_plainly(wording.path, "removed"), alone_in(folders.own.parent):
        wording.path.unlink()


def _refuse_built_in(wording: Wording) -> None:
    if not wording.own:
        whose = "the office's" if wording.shared else "built in"
        raise RefusedError(f"{wording.full_name} is {whose}.", fix="Copy it first, and change the copy.")
