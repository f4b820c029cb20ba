"""A facts folder that can be read and not written."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from followup_mail.errors import RefusedError
from followup_mail.facts.facts_folder import FactsFolder


class ReadingFolder(FactsFolder):
    """The applications under one home folder, for a process that must never change one."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)

    def create(self, *_: Any, **__: Any) -> NoReturn:
        """Raise ``RefusedError``, as all that would write does."""
        _refuse()

    def replace(self, *_: Any, **__: Any) -> NoReturn:
        """Raise ``RefusedError``."""
        _refuse()

    def change(self, *_: Any, **__: Any) -> NoReturn:
        """Raise ``RefusedError``."""
        _refuse()

    def remove(self, *_: Any, **__: Any) -> NoReturn:
        """Raise ``RefusedError``."""
        _refuse()

    def restore(self, *_: Any, **__: Any) -> NoReturn:
        """Raise ``RefusedError``."""
        _refuse()


def _refuse() -> NoReturn:
    raise RefusedError("This process only reads facts; nothing was changed.", fix="Use a command or the page.")
