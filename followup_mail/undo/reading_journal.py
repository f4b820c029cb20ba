"""A journal of steps that can be read and not written."""

from __future__ import annotations

from typing import Any, NoReturn

from followup_mail.errors import RefusedError
from followup_mail.undo.journal import Journal


class ReadingJournal(Journal):
    """The operations under a home folder, for a process that must never change or remove one."""

    def note_file(self, *_: Any, **__: Any) -> NoReturn:
        """Raise ``RefusedError``, as all that would write does."""
        _refuse()

    def note_store(self, *_: Any, **__: Any) -> NoReturn:
        """Raise ``RefusedError``."""
        _refuse()

    def begin_forgetting(self, *_: Any, **__: Any) -> NoReturn:
        """Raise ``RefusedError``."""
        _refuse()

    def mark(self, *_: Any, **__: Any) -> NoReturn:
        """Raise ``RefusedError``."""
        _refuse()

    def erase(self, *_: Any, **__: Any) -> NoReturn:
        """Raise ``RefusedError``."""
        _refuse()

    def purge(self) -> NoReturn:
        """Raise ``RefusedError``."""
        _refuse()


def _refuse() -> NoReturn:
    raise RefusedError("This process only reads what was done; nothing was changed.", fix="Use a command or the page.")
