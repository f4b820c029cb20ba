"""Put an icon where the user's desktop shows icons, which opens the page of their home; and take it away."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from followup_mail.background.apply import apply_changes
from followup_mail.background.changes import Delete, Procedure
from followup_mail.background.launcher import MARK, launcher_path, make_launcher
from followup_mail.errors import NotFoundError, ServiceError
from followup_mail.workspace import Workspace

_ICON: Final = Path(__file__).parents[2] / "web" / "static" / "mark.svg"


def put_launcher(workspace: Workspace) -> Path:
    """Write the launcher, over an older one of ours. Returns where. Raises ``ServiceError``."""
    path = launcher_path(workspace.machine)
    if path.exists() and not _is_ours(path):
        raise ServiceError(f"{path} is not from followup-mail.", fix="Move it away, then try again.")
    words = (sys.executable, "-P", "-m", "followup_mail", "--home", str(workspace.home), "open")
    apply_changes(make_launcher(workspace.machine, words, _ICON))
    return path


def take_launcher_away(workspace: Workspace) -> Path:
    """Delete the launcher. Returns where it was. Raises ``NotFoundError``, ``ServiceError``."""
    path = launcher_path(workspace.machine)
    if not path.exists() or not _is_ours(path):
        raise NotFoundError(f"There is no launcher of followup-mail at {path}.")
    apply_changes(Procedure((Delete(path),)))
    return path


def _is_ours(path: Path) -> bool:
    return path.is_file() and MARK in path.read_text("utf-8", errors="replace")
