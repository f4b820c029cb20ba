"""Read a ``.env`` file. python-dotenv parses it; nothing in it is expanded or run, and no line is silently ignored."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from followup_mail.errors import SettingsError
from followup_mail.settings.env_mistakes import explain_line, is_cut_short
from followup_mail.settings.source import KNOWN, SECRETS, RawSetting, Source, collect

if TYPE_CHECKING:
    from dotenv.parser import Binding

_BYTES_LIMIT: Final = 256 * 1024
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
"""PowerShell's ``>`` writes UTF-16."""


def read_env_file(path: Path, *, named: bool = False) -> Source:
    """Return what a ``.env`` sets; an empty source when there is no such file and the user did not name it.

    Raises ``SettingsError`` when the path exists and cannot be read (a folder, a broken link, a pipe, no permission):
    its settings would be missing silently.
    """
    if not _exists(path):
        if named:
            raise SettingsError(f"There is no file {path}.", fix="Check the name after --env-file.")
        return Source(str(path))
    try:
        text = _decode(_read_regular(path))
    except (OSError, ValueError) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        raise SettingsError(
            f"{path}: cannot be read, so no settings are known: {reason}.",
            fix="Make it a text file (UTF-8) that you may read, or remove it.",
        ) from None
    return _parse(path, text, only_ours=not named)


def _exists(path: Path) -> bool:
    """Return whether something has that name. In a folder that may not be entered, it might."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _read_regular(path: Path) -> bytes:
    """Return the bytes of a regular file; a pipe would block. Raises ``OSError``, ``ValueError``."""
    if path.is_symlink() and not path.exists():
        raise ValueError(f"it is a link to {path.readlink()}, which does not exist")
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise ValueError("it is a folder" if stat.S_ISDIR(mode) else "it is not a file")
    with path.open("rb") as stream:
        content = stream.read(_BYTES_LIMIT + 1)
    if len(content) > _BYTES_LIMIT:
        raise ValueError("it is too large for a file of settings")
    return content


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-16" if content.startswith(_UTF16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8 text") from None
    if "\0" in text:
        raise ValueError("it contains a NUL character, so it is not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parse(path: Path, text: str, *, only_ours: bool) -> Source:
    from dotenv.parser import parse_stream

    found: dict[str, RawSetting] = {}
    problems: list[str] = []
    for binding in parse_stream(StringIO(text)):
        written = binding.original.string
        place = f"{path}:{binding.original.line + len(written) - len(written.lstrip(chr(10)))}"
        if wrong := _explain_binding(binding, written, found):
            problems.append(f"{place}: {wrong}")
        elif binding.key:
            found[binding.key] = RawSetting(binding.value or "", place)
    return collect(str(path), found, problems, path, only_ours=only_ours)


def _explain_binding(binding: Binding, written: str, found: Mapping[str, RawSetting]) -> str:
    """Return what is wrong with a line, given the settings found above it; empty when nothing is."""
    key = binding.key or ""
    if binding.error or (key and binding.value is None):
        if key in KNOWN and not binding.error:
            return f"{key} has no value; write {key}=value"
        return explain_line(written, KNOWN)
    if key in SECRETS and is_cut_short(written):
        return f'{key} contains a space and "#", which begins a comment; put the whole value in single quotes'
    if key in KNOWN and key in found:
        first = found[key].place.rpartition(":")[2]
        return f"{key} is already set in line {first}; keep one of the two lines"
    return ""
