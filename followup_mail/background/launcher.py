"""An icon that opens the page: in the menu of a Linux desktop, on the desktop of macOS and Windows.

For people who do not want to see a terminal. A value first, as with a scheduler; ``apply`` writes it.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from followup_mail.background.changes import Command, Procedure, Write
from followup_mail.background.service_definition import Machine
from followup_mail.errors import ServiceError

MARK: Final = "Written by followup-mail open --launcher"
"""Stands in each launcher that we write. A file without it is not ours and is never changed."""
_UNFIT: Final = '%!"^&|<>'


def launcher_path(machine: Machine) -> Path:
    """Return where the launcher is, or would be."""
    if machine.platform == "win32":
        return machine.user_home / "Desktop" / "followup-mail.cmd"
    if machine.platform == "darwin":
        return machine.user_home / "Desktop" / "followup-mail.command"
    return machine.user_home / ".local" / "share" / "applications" / "followup-mail.desktop"


def make_launcher(machine: Machine, words: Sequence[str], icon: Path) -> Procedure:
    """Return what puts a launcher there that runs ``words``. Raises ``ServiceError`` for a path that it cannot hold."""
    if any(not character.isprintable() for word in words for character in word):
        raise ServiceError(
            "The path contains a character that a launcher file cannot hold.",
            fix="Open the page with `followup-mail open`.",
        )
    path = launcher_path(machine)
    if machine.platform == "win32":
        return _write(path, _windows(words))
    if machine.platform == "darwin":
        text = f"#!/bin/sh\n# {MARK}\nexec {shlex.join(words)}\n"
        return _write(path, text, Command(("chmod", "+x", str(path)), shown=f"make {path.name} a program"))
    return _write(path, _desktop_entry(words, icon))


def _write(path: Path, text: str, *then: Command) -> Procedure:
    return Procedure((Write(path, text.encode(), text), *then))


def _desktop_entry(words: Sequence[str], icon: Path) -> str:
    """Return a desktop entry (https://specifications.freedesktop.org/desktop-entry-spec, 1.5, "The Exec key")."""
    lines = (
        "[Desktop Entry]",
        f"# {MARK}",
        "Type=Application",
        "Name=followup-mail",
        "Comment=Follow up after a job interview",
        f"Exec={' '.join(map(_quote_exec, words))}",
        f"Icon={_escape(str(icon))}",
        "Terminal=false",
        "Categories=Office;Email;",
        "",
    )
    return "\n".join(lines)


def _quote_exec(word: str) -> str:
    """Quote a word for ``Exec``: four characters are escaped inside quotes, then backslashes as in any string."""
    quoted = "".join(f"\\{character}" if character in '"`$\\' else character for character in word)
    return _escape(f'"{quoted}"').replace("%", "%%")


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\")


def _windows(words: Sequence[str]) -> str:
    if any(character in word for word in words for character in _UNFIT):
        raise ServiceError(
            f"The path contains one of {' '.join(_UNFIT)}, which a batch file cannot hold.",
            fix="Open the page with `followup-mail open`.",
        )
    line = " ".join(f'"{word}"' for word in words)
    return f'@rem {MARK}\r\n@chcp 65001 >nul\r\n@start "followup-mail" /min {line}\r\n'
