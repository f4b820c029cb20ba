"""A command on a pseudo-terminal of its own, and what somebody sees there."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping
from dataclasses import dataclass

import pyte
from desk import COMMAND, Desk

ROWS = 30
_PATIENCE = 60


@dataclass
class Terminal:
    """A command on a pseudo-terminal of its own, and what somebody sees there."""

    process: int
    handle: int
    columns: int
    received: bytes = b""

    def __post_init__(self) -> None:
        self.screen = pyte.Screen(self.columns, ROWS)
        self._stream = pyte.ByteStream(self.screen)

    @property
    def shown(self) -> str:
        """The screen as it is, its lines joined."""
        return " ".join(" ".join(self.screen.display).split())

    def wait_for(self, words: str) -> None:
        """Read until these words are on the screen."""
        end = time.monotonic() + _PATIENCE
        while words not in self.shown:
            left = end - time.monotonic()
            assert left > 0, f"waited for {words!r}; shown: {self.shown}"
            if select.select([self.handle], [], [], left)[0]:
                assert self._read(), f"ended before {words!r}; shown: {self.shown}"

    def type(self, text: str) -> None:
        """Type on the keyboard."""
        os.write(self.handle, text.encode())

    def end(self) -> int:
        """Wait until the command has ended; return its exit code."""
        end = time.monotonic() + _PATIENCE
        while self._has_more(end):
            pass
        _, status = os.waitpid(self.process, 0)
        os.close(self.handle)
        self.process = 0
        return os.waitstatus_to_exitcode(status)

    def _has_more(self, end: float) -> bool:
        """Read on; False once the command has ended. One that is still there at ``end`` fails the test."""
        if select.select([self.handle], [], [], max(0, end - time.monotonic()))[0]:
            return self._read()
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        self.process = 0
        raise AssertionError(f"waited for the end; shown: {self.shown}")

    def _read(self) -> bool:
        """Read what was written; False once the command has ended."""
        try:
            read = os.read(self.handle, 65_536)
        except OSError:
            return False
        self.received += read
        self._stream.feed(read)
        return bool(read)


def start_on_terminal(desk: Desk, arguments: tuple[str, ...], columns: int, more: Mapping[str, str]) -> Terminal:
    process, handle = pty.fork()
    if process == 0:  # the command itself
        os.chdir(desk.folder)
        environment = {"TERM": "xterm-256color", "LANG": "C.UTF-8", **desk.environment, **more}
        os.execve(COMMAND, [str(COMMAND), *arguments], environment)
    fcntl.ioctl(handle, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
    return Terminal(process, handle, columns)
