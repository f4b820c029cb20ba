"""What a writing model wrote before, by what it was asked: a mail that was read is the mail that is queued.

One file for each application, in the home folder, as private as the facts; it goes when the application is forgotten.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from followup_mail.cadence.step import StepId
from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_over

FOLDER: Final = "written"
_KEPT: Final = 40
"""Mails for each application: the latest are kept."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """One answer: a mail, or why there is none."""

    subject: str = ""
    body: str = ""
    refused: str = ""
    """Why the model's mail was not used, in a sentence; empty for a mail that can be."""
    step: str = ""
    """The step it was written for."""
    doubts: tuple[str, ...] = ()
    """Words of it that the model itself found in no fact."""
    read: bool = False
    """Whether it was shown to the user, who then knows what would be queued."""


@dataclass(frozen=True, slots=True)
class WrittenMails:
    """The mails remembered for an application, in ``home``."""

    home: Path
    slug: str

    @property
    def path(self) -> Path:
        """The file."""
        return self.home / FOLDER / f"{self.slug}.json"

    def find(self, key: str) -> Remembered | None:
        """Return what was answered to this; None when it was never asked, or cannot be read any more."""
        return self._read().get(key)

    def keep(self, key: str, answer: Remembered) -> None:
        """Remember an answer. Raises ``FactsError`` when it cannot be written."""
        make_folder(self.home, self.path.parent)
        with said_plainly(self.path, "written"), alone_in(self.path.parent):
            known = self._read()
            known.pop(key, None)
            latest = dict([*known.items(), (key, answer)][-_KEPT:])
            rows = {name: asdict(kept) for name, kept in latest.items()}
            write_over(self.path, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")

    def note_read(self, key: str) -> None:
        """Remember that the user was shown this mail. Raises ``FactsError`` when that cannot be written."""
        found = self.find(key)
        if found and not found.read:
            self.keep(key, replace(found, read=True))

    def beside(self, step: StepId) -> tuple[str, ...]:
        """Return the latest mail to each other person of the same panel: they compare."""
        latest = {kept.step: kept.body for kept in self._read().values() if kept.step and not kept.refused}
        mine = _of_panel(str(step))
        return tuple(body for other, body in latest.items() if other != str(step) and _of_panel(other) == mine)

    def forget(self) -> None:
        """Remove the file. Raises ``FactsError`` when that cannot be done."""
        with said_plainly(self.path, "removed"):
            self.path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Remembered]:
        try:
            rows = json.loads(self.path.read_text("utf-8"))
            return {str(key): _as_remembered(row) for key, row in rows.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}


def _as_remembered(row: dict[str, Any]) -> Remembered:
    kept = Remembered(**row)
    return replace(kept, doubts=tuple(map(str, kept.doubts)))


def _of_panel(step: str) -> tuple[str, ...]:
    """Return a step without the person that it is for."""
    kind_and_round, _, nth = step.rsplit("/", 2) if step.count("/") >= 2 else (step, "", "")
    return kind_and_round, nth
