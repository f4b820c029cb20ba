"""Ask a command for a password or key: its output is limited in size and time, and never shown.

The command keeps the user's terminal and process group, so that it can ask for a passphrase: a process group in the
background may not read the terminal (POSIX.1-2017 section 11.1.4). Threads read its output, since Windows cannot wait
for a pipe.
"""

from __future__ import annotations

import locale
import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from msgspec import Struct

from followup_mail.errors import SettingsError

_TRY: Final = "Try it in a terminal."


class Bounds(Struct, frozen=True):
    """How much a command may print, and how long it may take."""

    output: int = 64 * 1024
    """Bytes on standard output; the secret is the first line."""
    errors: int = 1024 * 1024
    """Bytes on standard error, which are discarded."""
    seconds: float = 60.0
    """Long enough to type a passphrase."""
    after_end: float = 1.0
    """Seconds to wait for the rest of the output when the command has ended: a process that it left running in the
    background may hold the pipe open forever."""


def ask_command(
    command: str, setting: str, bounds: Bounds = Bounds(), *, cwd: Path | None = None, what: str = "password"
) -> str:
    """Run a command without a shell and return the first line that it prints; ``what`` is the secret's name.

    It runs in the home folder (``cwd``), so that a relative path never depends on the user's working folder.

    Raises ``SettingsError``, which names ``setting`` but no part of the command: it may contain a secret.
    """
    process = _start(command, setting, cwd if cwd and cwd.is_dir() else Path.home())
    output = _Reader(process.stdout, bounds.output, process.kill)
    errors = _Reader(process.stderr, bounds.errors, process.kill, keeps=False)
    try:
        code = process.wait(bounds.seconds)
        output.has_line.wait(bounds.after_end)
    except subprocess.TimeoutExpired:
        raise SettingsError(f"{setting} took longer than {bounds.seconds:g} seconds.", fix=_TRY) from None
    finally:
        output.stopped.set()
        errors.stopped.set()
        if process.poll() is None:
            process.kill()
            with suppress(subprocess.TimeoutExpired):  # the system may hold it, for example on a dead network drive
                process.wait(5)
    if output.overflowed or errors.overflowed:
        fix = f"Its first line is the {what}, and it may print no more than {bounds.output // 1024} KB."
        raise SettingsError(f"{setting} printed far more than a {what}, so it was stopped.", fix=fix)
    if code:
        raise SettingsError(f"{setting} gave no {what} (exit code {code}).", fix=_TRY)
    return _read_line(output.taken, setting, what)


def _start(command: str, setting: str, cwd: Path) -> subprocess.Popen[bytes]:
    try:
        words = shlex.split(command)
    except ValueError:
        raise SettingsError(f"{setting} has a quotation mark that is never closed.", fix="Close it.") from None
    if not words or not words[0].strip():
        raise SettingsError(f"{setting} names no program.", fix="Write the command that prints it.")
    try:
        # The user's own command, from the user's own settings, without a shell.
        return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd)  # noqa: S603
    except FileNotFoundError:
        wrong, fix = "was not found", "Check its name, or write its full path: a service searches fewer folders."
    except PermissionError:
        wrong, fix = "could not be run: permission denied", "Check its permissions."
    except (OSError, ValueError) as error:
        reason = (error.strerror or "").lower() if isinstance(error, OSError) else "it contains a NUL character"
        wrong, fix = f"could not be run: {reason or type(error).__name__}", _TRY
    # The program's name is not shown: somebody may have written the password itself there.
    raise SettingsError(f"The program in {setting} {wrong}.", fix=fix)


def _read_line(printed: bytes, setting: str, what: str) -> str:
    secret = _decode(printed.split(b"\n", 1)[0].removesuffix(b"\r"))
    if secret is None or "\0" in secret:
        raise SettingsError(f"{setting} printed something that is not text.", fix=f"It should be UTF-8. {_TRY}")
    if not secret:
        raise SettingsError(f"{setting} gave no {what}: its first line is empty.", fix=_TRY)
    return secret


def _decode(line: bytes) -> str | None:
    # Programs on Windows print in the code page of the system.
    for encoding in ("utf-8-sig", locale.getencoding()) if sys.platform == "win32" else ("utf-8",):
        with suppress(UnicodeDecodeError, LookupError):
            return line.decode(encoding)
    return None


class _Reader:
    """Reads one pipe of a command in a thread, until the limit.

    A grandchild process may keep the pipe open and so the thread blocked. It is a daemon thread: nobody waits for it.
    """

    def __init__(self, pipe: IO[bytes] | None, limit: int, kill: Callable[[], None], *, keeps: bool = True) -> None:
        assert pipe is not None
        self.taken = b""
        self.overflowed = False
        self.stopped = threading.Event()
        """Set from outside: read nothing more."""
        self.has_line = threading.Event()
        """Set when the first line is complete, or nothing more can come."""
        self._pipe, self._limit, self._kill, self._keeps = pipe, limit, kill, keeps
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        # Closing the pipe ends a process that keeps printing into it (SIGPIPE).
        with self._pipe, suppress(OSError):
            count = 0
            while (chunk := os.read(self._pipe.fileno(), 16 * 1024)) and not self.stopped.is_set():
                count += len(chunk)
                if count > self._limit:
                    self.overflowed = True
                    self._kill()
                    break
                if self._keeps:
                    self.taken += chunk
                if b"\n" in chunk:
                    self.has_line.set()
        self.has_line.set()
