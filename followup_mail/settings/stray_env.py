"""A ``.env`` in the working folder with our settings: it is not read, and the user may wonder why."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from followup_mail.settings.table import PREFIX

_BYTES_READ = 64 * 1024


def say_stray(home: Path) -> str:
    """Return a sentence about a ``.env`` with our settings in the working folder; empty when there is no such file."""
    with suppress(OSError):
        path = Path.cwd() / ".env"
        if stat.S_ISREG(os.lstat(path).st_mode) and path.parent.resolve() != home.resolve() and _has_settings(path):
            return (
                f"{path} is not read: settings come from {home / '.env'}, the environment, "
                "or a file that you name with --env-file."
            )
    return ""


def _has_settings(path: Path) -> bool:
    with path.open("rb") as stream:
        return PREFIX.encode() in stream.read(_BYTES_READ)
