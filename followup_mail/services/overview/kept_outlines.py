"""The file of outlines: what the last command found out about the applications of one home.

It lies in the folder that the user's system has for what can be made again, and is theirs alone: whoever could write
there could hide what is due. Outside the home it does not travel with a copy of one, and nobody else's comes with one.
What is damaged, somebody else's, or from another version or installation is ignored, and written anew.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from followup_mail.facts.atomic_files import write_over
from followup_mail.services.overview.outline import Outline
from followup_mail.workspace import Workspace

_FOLDER: Final = "outlines"
_SIZE_LIMIT: Final = 200_000_000


def outlines_file(workspace: Workspace) -> Path | None:
    """Return where the outlines of a home are or would be; None where nothing is kept."""
    cache = workspace.loaded.cache
    if cache is None:
        return None
    name = sha256(os.fsencode(os.path.realpath(workspace.home))).hexdigest()[:32]
    return cache / _FOLDER / f"{name}.json"


def read_outlines(path: Path, surroundings: str) -> Mapping[str, Outline]:
    """Return the outlines by short name; none where the file is not there, or is not to be relied on.

    ``surroundings``: what they must have been made in.
    """
    try:
        mark, _, body = _read_own(path).partition(b"\n")
        if mark != sha256(body).hexdigest().encode():
            return {}
        found = json.loads(body)
        if found["surroundings"] != surroundings:
            return {}
        outlines = [Outline(*row) for row in found["outlines"]]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}
    return {outline.slug: outline for outline in outlines}


def write_outlines(path: Path, surroundings: str, outlines: Iterable[Outline]) -> None:
    """Put ``outlines`` in place of the file, in one step. Where that cannot be done, the next command works it out."""
    body = json.dumps({"surroundings": surroundings, "outlines": list(outlines)}).encode()
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_over(path, sha256(body).hexdigest().encode() + b"\n" + body)


def forget_outlines(workspace: Workspace) -> None:
    """Remove the file: it holds names and addresses of every application."""
    path = outlines_file(workspace)
    if path is not None:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _read_own(path: Path) -> bytes:
    """Return the content of a plain file that only the user can write. Raises ``OSError`` for anything else."""
    # No waiting for a named pipe, no following of links.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > _SIZE_LIMIT:
            raise OSError("not a plain file")
        if hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
            raise OSError("not the user's own")
        return file.read()
