"""Which files of a home folder the office keeps, and under which names they may lie on a machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from followup_mail.errors import OutboxError
from followup_mail.regex import regex

UNDO: Final = "undo/"
"""What the user's last steps changed: only who takes steps needs it."""

SHARED: Final = ".office/"
"""The folder below a candidate's home folder in which what the office shares is copied."""

_NOT_KEPT: Final = regex(
    # The outbox is in tables, with its copies; mails in a folder and logs are of one machine.
    r"outbox\.sqlite3.*|delivered/.*|log/(?!(?:forgotten|watched)\.json$).*"
    # What the office shares is kept once for all.
    r"|\.office/.*"
    # What is locked, half written, or only a mark of where a home went.
    r"|(?:.*/)?\.lock|(?:.*/)?\..*\.tmp|in-the-office\.json"
)
_WINDOWS: Final = regex(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|.*[<>:\"|?*\x00-\x1f].*|.*[. ]")
"""Names that Windows cannot have ("Naming Files, Paths, and Namespaces")."""


def is_kept(path: str) -> bool:
    """Return whether a file, named as below the home folder with slashes, belongs in the database."""
    return not _NOT_KEPT.fullmatch(path)


def find_kept(home: Path) -> Iterator[tuple[str, Path]]:
    """Yield the path of each file of a home folder that is kept, and where it lies; no link to a folder is followed."""
    for folder, names, files in os.walk(home):
        names.sort()
        for name in sorted(files):
            place = Path(folder, name)
            path = place.relative_to(home).as_posix()
            if is_kept(path) and place.is_file():
                yield path, place


def check_path(path: str, whose: str, *, windows: bool = os.name == "nt") -> str:
    """Return a path if a file can lie there, below a home folder and nowhere else. Raises ``OutboxError``."""
    parts = path.split("/")
    is_unfit = (
        PurePosixPath(path).is_absolute()
        or any(part in {"", ".", ".."} for part in parts)
        or "\\" in path
        or "\0" in path
        or (windows and any(_WINDOWS.fullmatch(part) for part in parts))
    )
    if is_unfit:
        shown = "".join(letter if letter.isprintable() else "?" for letter in path)
        raise OutboxError(
            f"A file of {whose} is called '{shown}', which cannot be the name of a file here.",
            fix="Give it another name where it comes from.",
        )
    return path
