"""The list of files outside the home folder that may be attached: one absolute path, without links, a line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from followup_mail.errors import FactsError, NotFoundError
from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_over
from followup_mail.facts.file_text import read_facts

NAME: Final = "allowed-files.txt"
_HEAD: Final = "# Files outside this folder that may be attached. See: followup-mail allow-file --help\n"


def read_confirmed(home: Path) -> tuple[str, ...]:
    """Return the paths that the user confirmed. Raises ``FactsError`` when the list cannot be read."""
    try:
        lines = read_facts(home / NAME).splitlines()
    except FileNotFoundError:
        return ()
    return tuple(line for line in lines if line and not line.startswith("#"))


def confirm_file(home: Path, real: Path) -> None:
    """Add a path to the list. Raises ``FactsError`` when it cannot be written there."""
    if not str(real).isprintable():
        raise FactsError(
            f"{str(real)!r} has a character in its name that cannot be shown, so nobody can confirm it.",
            fix="Rename it, or copy the file beside the facts.",
        )
    make_folder(home, home / "applications")
    with said_plainly(home / NAME, "written"), alone_in(home):
        known = read_confirmed(home)
        if str(real) not in known:
            _write(home, (*known, str(real)))


def forget_file(home: Path, path: Path) -> str:
    """Take a path off the list, as it stands there or with its links followed; return it. Raises ``NotFoundError``."""
    with said_plainly(home / NAME, "written"):
        known = read_confirmed(home)
        # No path holds a NUL, and none can be followed that does.
        ways = (str(path),) if "\0" in str(path) else (str(path), os.path.realpath(path))
        wanted = next((one for one in ways if one in known), None)
        if wanted is None:
            raise NotFoundError(
                f"{path} is not among the files that may be attached.", fix="See them: followup-mail allow-file --list"
            )
        with alone_in(home):
            _write(home, tuple(one for one in read_confirmed(home) if one != wanted))
    return wanted


def _write(home: Path, paths: tuple[str, ...]) -> None:
    write_over(home / NAME, _HEAD + "".join(f"{one}\n" for one in paths))
