"""The mails whose words are being changed on a page: each is held for that time, and let go when the page falls silent.

A page sends a sign of life now and then, where scripts may run; the mail goes on when none has come for a while, and
soon after the tab was closed. Without script the hold ends by its buttons, and in any case with this program.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Timer
from typing import Final

from followup_mail.errors import FollowupError
from followup_mail.outbox.entry import OPEN_IN_EDITOR, Entry
from followup_mail.services.queueing.edit_session import EditSession, open_session, start_editing, stop_editing
from followup_mail.services.queueing.editor_holds import editing_of
from followup_mail.web.frame.desk import Desk
from followup_mail.workspace import Workspace

SILENCE: Final = 300.0
"""Seconds without a sign after which the mail goes on: a browser slows the scripts of a tab that nobody looks at."""
AFTER_CLOSING: Final = 10.0
"""Seconds after a tab was closed: when it was only loaded again, it has said so by then."""


@dataclass
class _Open:
    desk: Desk
    session: EditSession
    timer: Timer | None = None
    """Runs once a script has given a sign."""


class OpenEdits:
    """Those of this process, by the mark of their session."""

    def __init__(self) -> None:
        self._open: dict[str, _Open] = {}
        self._lock = Lock()

    def find(self, workspace: Workspace, entry: Entry) -> str:
        """Return the mark of the page that an entry is open in; empty when it is open in none of ours."""
        editing = editing_of(workspace, entry)
        return editing.mark if editing and editing.mark in self._open else ""

    def begin(self, desk: Desk, entry_id: int, instead_of: str = "") -> str:
        """Hold an entry, and return the mark of its session. ``instead_of``: the mark of a page whose place it takes.

        Raises ``NotFoundError``, and ``RefusedError`` when its state forbids other words or another editor has it.
        """
        with desk.open() as workspace:
            session = open_session(workspace, entry_id)
            if instead_of:
                self._drop(workspace, instead_of)
            start_editing(workspace, session)
        with self._lock:
            self._open[session.mark] = _Open(desk, session)
        return session.mark

    def is_open(self, mark: str, entry_id: int) -> bool:
        """Return whether an entry is open in the page of that mark, which may have lost its hold."""
        found = self._open.get(mark)
        return found is not None and found.session.entry.id == entry_id

    def give_sign(self, mark: str, entry_id: int, seconds: float = SILENCE) -> bool:
        """Keep an entry held for that long at least. Returns False where it is not held for this page any more."""
        found = self._open.get(mark)
        if found is None or found.session.entry.id != entry_id or not self._hold_again(found):
            return False
        with self._lock:
            if found.timer:
                found.timer.cancel()
            found.timer = Timer(seconds, self.end, (found.desk, mark))
            found.timer.daemon = True
            found.timer.start()
        return True

    def _hold_again(self, found: _Open) -> bool:
        """Hold an entry that was let go on since, e.g. with its application. Returns whether it cannot leave."""
        with found.desk.open() as workspace:
            try:
                entry = open_session(workspace, found.session.entry.id).entry
                if not entry.held:
                    start_editing(workspace, found.session)
            except FollowupError:
                return False
            return not entry.held or entry.held != OPEN_IN_EDITOR or self.find(workspace, entry) == found.session.mark

    def end(self, desk: Desk, mark: str) -> None:
        """Let the entry of a page go on. What keeps the outbox from being opened is said by whatever needs it next."""
        if mark in self._open:
            with suppress(FollowupError, OSError), desk.open() as workspace:
                self._drop(workspace, mark)

    def end_all(self) -> None:
        """Let everything go on: the program ends."""
        for mark, found in list(self._open.items()):
            self.end(found.desk, mark)

    def _drop(self, workspace: Workspace, mark: str) -> None:
        with self._lock:
            found = self._open.pop(mark, None)
            if found and found.timer:
                found.timer.cancel()
        if found:
            stop_editing(workspace, found.session)


EDITS: Final = OpenEdits()
"""Those of this program: a hold names the process, so there is one list of them."""
