"""Files outside the home folder that may be attached: asked for, allowed, listed."""

from __future__ import annotations

from pathlib import Path

from followup_mail.cli import screen
from followup_mail.errors import RefusedError
from followup_mail.road.attachable import allow_file
from followup_mail.road.confirmed import forget_file, read_confirmed
from followup_mail.wiring import House


def ask_to_attach(path: Path) -> bool:
    """Ask about one file; no when nobody is there to be asked."""
    return screen.is_interactive() and screen.confirm(
        f"Attach {path}? It lies outside your followup-mail folder. (Asked once for this file.)"
    )


def allow_and_show(house: House, paths: list[Path], listed: bool, remove: bool, json: bool) -> None:
    """Allow files, or take them off the list, and show what came of it; or show the list."""
    if listed == bool(paths):
        raise RefusedError("Name the files, or say --list.", fix="e.g. followup-mail allow-file --list")
    changed = [] if listed else [_change(house, path, remove) for path in paths]
    if json:
        screen.emit_json({"allowed": list(read_confirmed(house.home))})
        return
    for line in changed or _list(house):
        screen.out(line)


def _list(house: House) -> list[str]:
    return list(read_confirmed(house.home)) or ["No file outside the home folder is allowed."]


def _change(house: House, path: Path, remove: bool) -> str:
    path = path.expanduser().absolute()
    if remove:
        return f"No longer allowed: {forget_file(house.home, path)}"
    real = allow_file(house, path)
    if real is None:
        return f"{path} needs no allowing: it lies below the home folder."
    return f"Allowed: {real}"
