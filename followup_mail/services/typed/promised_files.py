"""A promised file as it was named on the command line, and how it is written into the facts."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

from followup_mail.services.typed.attachable import is_inside
from followup_mail.workspace import Workspace


def find_promised_file(workspace: Workspace, named: str, tell: Callable[[str], object]) -> str:
    """Return the path for the facts file: relative within the home folder, absolute elsewhere.

    A name is looked for where the user is, then beside the facts. Raises ``ValueError`` when there is no such file.
    """
    path, beside = Path(named).expanduser(), workspace.facts.folder / named
    found = next((candidate for candidate in (path, beside) if candidate.is_file()), None)
    if found is None:
        raise ValueError(f"there is no file '{named}', neither here nor in {workspace.facts.folder}")
    real = found.resolve()
    folder = workspace.facts.folder.resolve()
    if real.is_relative_to(folder):
        return real.relative_to(folder).as_posix()
    if not is_inside(workspace, real):
        how = f"`followup-mail allow-file {shlex.quote(str(real))}`"
        tell(f"{real} is outside your followup-mail folder: allow it with {how}.")
    return str(real)
