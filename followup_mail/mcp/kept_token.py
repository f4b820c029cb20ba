"""The token by which a client of the HTTP server shows that the user let it in: a file for the user alone."""

import os
import secrets
import stat
from pathlib import Path
from typing import Final

from followup_mail.errors import SettingsError
from followup_mail.facts.atomic_files import make_folder, said_plainly, write_over

FILE_NAME: Final = "mcp-token"
_BYTES: Final = 32
_SHORTEST: Final = 32
"""Characters: whatever is shorter could be guessed."""


def find_token(home: Path) -> tuple[str, bool]:
    """Return the token of a home, and whether it was made just now.

    Raises ``SettingsError`` for a file that others can read or that holds no token, ``FactsError`` when none can be
    written.
    """
    path = home / FILE_NAME
    if not os.path.lexists(path):
        return _make(home, path), True
    with said_plainly(path, "read"):
        text, mode = path.read_text("ascii", errors="replace").strip(), path.stat().st_mode
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingsError(f"Others can read the token in {path}.", fix=f"Delete {path}: a new token is made then.")
    if len(text) < _SHORTEST or not text.isascii() or not text.isprintable() or " " in text:
        raise SettingsError(f"{path} holds no token.", fix=f"Delete {path}: a new token is made then.")
    return text, False


def _make(home: Path, path: Path) -> str:
    token = secrets.token_urlsafe(_BYTES)
    make_folder(home, home)
    with said_plainly(path, "written"):
        write_over(path, f"{token}\n")
    return token
