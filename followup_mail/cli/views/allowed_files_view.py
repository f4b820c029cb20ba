"""Files outside the home folder that may be attached: asked for, allowed, listed."""

from __future__ import annotations

from pathlib import Path

from followup_mail.cli.terminal import screen
from followup_mail.errors import RefusedError
from followup_mail.services.typed.allowed_files import forget_file, read_confirmed
from followup_mail.services.typed.attachable import allow_file
from followup_mail.workspace import Workspace


def ask_to_attach(path: Path) -> bool:
    """Ask about one file; no when nobody is there to be asked."""
    return screen.is_interactive() and screen.confirm(
        f"Attach {path}? It lies outside your followup-mail folder. (Asked once for this file.)"
    )


def allow_and_show(workspace: Workspace, paths: list[Path], listed: bool, remove: bool, json: bool) -> None:
    """Allow files, or take them off the list, and show what came of it; or show the list."""
    if listed == bool(paths):
        raise RefusedError("Name the files, or use --list.", fix="e.g. followup-mail allow-file --list")
    changed = [] if listed else [_change(workspace, path, remove) for path in paths]
    if json:
        screen.emit_json({"allowed": list(read_confirmed(workspace.home))})
        return
    for line in changed or _list(workspace):
        screen.out(line)


def _list(workspace: Workspace) -> list[str]:
    return list(read_confirmed(workspace.home)) or ["No file outside the home folder is allowed."]


def _change(workspace: Workspace, path: Path, remove: bool) -> str:
    path = path.expanduser().absolute()
    if remove:
        return f"No longer allowed: {forget_file(workspace.home, path)}"
    real = allow_file(workspace, path)
    if real is None:
        return f"{path} can be attached already: it lies in the home folder."
    return f"Allowed: {real}"
