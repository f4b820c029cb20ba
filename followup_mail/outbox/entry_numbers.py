"""The numbers of entries and of seen mail, read in a moment and without a trace: for a shell that completes them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_PATIENCE = 0.2
"""Seconds to wait for another process: somebody has pressed Tab."""
_MOST = 200


def list_numbers(path: Path) -> list[tuple[int, str]]:
    """Return numbers and states of the newest entries. Raises ``sqlite3.Error``; never makes or changes the file."""
    return _read(path, "SELECT id, state FROM entries ORDER BY id DESC LIMIT ?")


def list_mail_numbers(path: Path) -> list[tuple[int, str]]:
    """Return numbers of the newest seen mails and what they are. Raises as ``list_numbers``."""
    return _read(path, "SELECT id, understanding FROM seen_mail ORDER BY id DESC LIMIT ?")


def _read(path: Path, query: str) -> list[tuple[int, str]]:
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE)) as connection:
        return [(int(number), str(state)) for number, state in connection.execute(query, (_MOST,))]
