"""Read one ``.env`` file. python-dotenv takes it apart; nothing in it is expanded, run, or passed over in silence."""

from __future__ import annotations

import os
import stat
from io import StringIO
from pathlib import Path
from typing import Final

from followup_mail.errors import SettingsError
from followup_mail.settings.env_mistakes import explain_line, find_cut, say_cut
from followup_mail.settings.source import SECRETS, Found, Source, collect
from followup_mail.settings.table import setting_fields, variable

_BYTES_LIMIT: Final = 256 * 1024
_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"))
"""How a text begins, and its encoding: PowerShell's ``>`` writes UTF-16."""


def read_env_file(path: Path, *, named: bool = False) -> Source:
    """Return what a ``.env`` sets for us; an empty source when there is no such file and nobody ``named`` it.

    Raises ``SettingsError`` when something of that name is there and cannot be read: a folder, a link to nothing, a
    pipe, a file of somebody else. What it would have set would be missing without a word.
    """
    if not _is_there(path):
        if named:
            raise SettingsError(f"There is no file {path}.", fix="Check the name after --env-file.")
        return Source(str(path))
    try:
        text = _decode(_read_regular(path))
    except (OSError, ValueError) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        raise SettingsError(
            f"{path}: cannot be read, so no settings are known: {reason}.",
            fix="Put it back as a text file (UTF-8) that you may read, or remove it.",
        ) from None
    return _take_apart(path, text, alone=not named)


def _is_there(path: Path) -> bool:
    """Tell whether something has that name. A folder that may not be entered is no answer, and so a yes."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _read_regular(path: Path) -> bytes:
    """Return the bytes of a regular file; a pipe is never waited for. Raises ``OSError``, ``ValueError``."""
    if path.is_symlink() and not path.exists():
        raise ValueError(f"it is a link to {path.readlink()}, and nothing is there")
    kind = path.stat().st_mode
    if not stat.S_ISREG(kind):
        raise ValueError("it is a folder" if stat.S_ISDIR(kind) else "it is not a file")
    with path.open("rb") as stream:
        content = stream.read(_BYTES_LIMIT + 1)
    if len(content) > _BYTES_LIMIT:
        raise ValueError("it is too large for a file of settings")
    return content


def _decode(content: bytes) -> str:
    encoding = next(encoding for mark, encoding in _MARKS if content.startswith(mark))
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8 text") from None
    if "\0" in text:
        raise ValueError("it holds a NUL, so it is no text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _take_apart(path: Path, text: str, *, alone: bool) -> Source:
    from dotenv.parser import parse_stream

    known = [variable(row.name) for row in setting_fields()]
    found: dict[str, Found] = {}
    problems: list[str] = []
    for binding in parse_stream(StringIO(text)):
        written = binding.original.string
        line = binding.original.line + len(written) - len(written.lstrip("\n"))
        place = f"{path}:{line}"
        if binding.error:
            problems.append(f"{place}: {explain_line(written, known)}")
        elif binding.key and binding.value is None:
            says = f"{binding.key} has no value; write {binding.key}=value" if binding.key in known else ""
            problems.append(f"{place}: {says or explain_line(written, known)}")
        elif binding.key in SECRETS and find_cut(written):
            problems.append(f"{place}: {say_cut(binding.key)}")
        elif binding.key and binding.key in found and binding.key in known:
            first = found[binding.key].place.rpartition(":")[2]
            problems.append(f"{place}: {binding.key} is set in line {first} already; keep one of the two")
        elif binding.key:
            found[binding.key] = Found(binding.value or "", place)
    return collect(str(path), found, problems, path, alone=alone)
