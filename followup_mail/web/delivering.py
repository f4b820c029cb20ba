"""Deliver what falls due while the page is open: whoever approves a mail here expects it to leave.

It is the same delivery as ``run --watch`` and the service, and it claims each mail as they do, so that all of them may
run at once. While no mail server is set it waits: a mail must not go into a folder that nobody looks at.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Event, Thread
from typing import Final

from followup_mail.errors import FollowupError
from followup_mail.services.context.mail_accounts import every_account
from followup_mail.services.sending.run_due import watch
from followup_mail.web.frame.desk import Desk

_REST: Final = 60.0
"""Seconds until it is tried again, after an error or without a mail server."""


class Delivering:
    """A thread that delivers, until it is ended."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._is_over = Event()
        self._pause = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to deliver."""
        self._thread = Thread(target=self._deliver, name="delivery")
        self._thread.start()

    def begin_anew(self) -> None:
        """Read the settings again: they were changed. The mail in hand is finished first."""
        self._pause.set()

    def end(self) -> None:
        """Deliver nothing more; returns when the mail in hand is finished."""
        self._is_over.set()
        self._pause.set()
        if self._thread:
            self._thread.join()

    def _deliver(self) -> None:
        while not self._is_over.is_set():
            # The log has what went wrong, and `today` and `doctor` tell it.
            with suppress(FollowupError, OSError), self._desk.open(sends=True) as workspace:
                if any(way.leaves_machine for way in every_account(workspace)):
                    watch(workspace, lambda _: None, self._pause)
            if not self._is_over.is_set():
                self._pause.wait(_REST)
                self._pause.clear()
