"""The bytes of a facts file turned into text; whatever stands in the way is said in one sentence."""

from __future__ import annotations

import codecs
import errno
import os
import stat
from pathlib import Path
from typing import Final

from followup_mail.errors import FactsFileError, Problem
from followup_mail.facts.unfit_values import UnfitError

MEND: Final = "Fix the file; nothing was written or sent."
SIZE_LIMIT: Final = 256 * 1024
TOO_LARGE: Final = ("is larger than 256 KB", "Keep notes and adverts in files of their own")


def read_facts(path: Path) -> str:
    """Return the text of a facts file.

    Raises ``FactsFileError`` when it is not a plain file of at most 256 KB of UTF-8 text that may be read;
    ``FileNotFoundError`` when it is not there.
    """
    content = read_content(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = f"is not UTF-8 text: byte 0x{content[error.start]:02X} cannot be read"
        line = 0 if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else content[: error.start].count(b"\n") + 1
        raise _one_problem(path, wrong, "Save it again in the encoding UTF-8", line) from None


def read_content(path: Path) -> bytes:
    """Return the bytes of a facts file. Raises as ``read_facts`` does, save that it takes any bytes."""
    try:
        return _read_bytes(path)
    except FileNotFoundError:
        if not path.is_symlink():
            raise
        raise _one_problem(
            path, "is a link to a file that is not there", "Remove the link, or bring the file back"
        ) from None
    except UnfitError as error:
        raise _one_problem(path, error.wrong, error.right) from None
    except OSError as error:
        raise _one_problem(path, *_explain_os_error(error)) from None


def has_mark(path: Path) -> bool:
    """Return whether a facts file that can be read begins with a byte order mark, as some editors write it."""
    return _read_bytes(path).startswith(codecs.BOM_UTF8)


def _read_bytes(path: Path) -> bytes:
    # Without O_NONBLOCK, opening a named pipe would wait for a writer that never comes.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            raise UnfitError("is a folder", "A facts file is wanted there; move the folder away")
        if not stat.S_ISREG(found.st_mode):
            raise UnfitError("is not a plain file", "A facts file is wanted there")
        # Room for a file of the largest size takes longer to get than a usual one to read.
        content = file.read(min(found.st_size, SIZE_LIMIT) + 1)
        content += file.read(SIZE_LIMIT + 1 - len(content)) if len(content) > found.st_size else b""
    if len(content) > SIZE_LIMIT:
        raise UnfitError(*TOO_LARGE)
    return content


def _explain_os_error(error: OSError) -> tuple[str, str]:
    if isinstance(error, PermissionError):
        return "may not be read", "Give yourself the permission to read it"
    if isinstance(error, IsADirectoryError):
        return "is a folder", "A facts file is wanted there; move the folder away"
    if error.errno == errno.ELOOP:
        return "is a link that leads back to itself", "Replace it with the file itself"
    return f"cannot be read: {error.strerror or type(error).__name__}", ""


def _one_problem(path: Path, wrong: str, right: str = "", line: int = 0) -> FactsFileError:
    return FactsFileError([Problem(path, line, "", wrong, right)], fix=MEND)
