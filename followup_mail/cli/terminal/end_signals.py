"""Being told to end (SIGTERM, SIGHUP) while something is open that must be closed first.

Python ends at once at these signals and runs no ``finally``. Where something must be tidied up, they become an
exception, as Ctrl-C does.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from followup_mail.errors import ExitCode, FollowupError


class Ended(BaseException):
    """This process was told to end. Not an error, so that nothing on the way takes it for one."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class EndedError(FollowupError):
    """The same, told to the user. Its exit code is 128 and the number of the signal, as shells have it."""

    def __init__(self, ended: Ended, sentence: str, fix: str = "") -> None:
        super().__init__(sentence, fix=fix)
        self.exit_code = ExitCode(128 + ended.number)


class Ending:
    """Whether this process was told to end, and whether that may interrupt what it does."""

    def __init__(self) -> None:
        self._number = 0
        self._is_busy = False

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Let nothing interrupt what is done inside; ``check`` tells afterwards."""
        self._is_busy = True
        try:
            yield
        finally:
            self._is_busy = False

    def check(self) -> None:
        """Raise ``Ended`` when it is time to end."""
        if self._number:
            raise Ended(self._number)

    def hear(self, number: int, _: Any) -> None:
        """Handle a signal: the first one interrupts, the next ones let it tidy up."""
        is_first, self._number = not self._number, number
        if is_first and not self._is_busy:
            self.check()


_open: list[Ending] = []


@contextmanager
def told_to_end() -> Iterator[Ending]:
    """Let SIGTERM and SIGHUP raise ``Ended`` inside, once.

    A signal that is ignored (nohup), or that somebody else listens for, is left alone. A block inside another is part
    of it.
    """
    if _open:
        yield _open[-1]
        return
    given = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    is_main = threading.current_thread() is threading.main_thread()
    heard = [one for one in given if one and is_main and signal.getsignal(one) is signal.SIG_DFL]
    ending = Ending()
    _open.append(ending)
    for one in heard:
        signal.signal(one, ending.hear)
    try:
        yield ending
    finally:
        for one in heard:
            signal.signal(one, signal.SIG_DFL)
        _open.remove(ending)
