"""A facts folder that can be read and not written."""

from __future__ import annotations

from typing import Any, NoReturn

from followup_mail.errors import RefusedError
from followup_mail.facts.facts_folder import FactsFolder


class ReadingFolder(FactsFolder):
    """The applications under one home folder, for a process that must never change one."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        """Raise ``RefusedError``, as all that would write does."""
        raise RefusedError("This process only reads facts; nothing was changed.", fix="Use a command or the page.")

    create = replace = change = remove = restore = _refuse
