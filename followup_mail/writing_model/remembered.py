"""What a writing model wrote before, by what it was asked: a mail that was read is the mail that is queued.

One file for each application, in the home folder, as private as the facts; it goes when the application is forgotten.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict, replace

from followup_mail.cadence.step import StepId
from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_over

FOLDER: Final = "written"
_KEPT: Final = 40
"""Mails for each application: the latest are kept."""


class Remembered(Struct, frozen=True):
    """One answer: a mail, or why there is none."""

    subject: str = ""
    body: str = ""
    refused: str = ""
    """Why the model's mail was not used, in a sentence; empty for a mail that can be."""
    step: str = ""
    """The step it was written for."""
    doubts: tuple[str, ...] = ()
    """Words of it that the model itself found in no fact."""
    read: str = ""
    """The stamp of the mail that was shown to the user, who then knows what would be queued; empty while none was."""

    @property
    def stamp(self) -> str:
        """What tells this mail from any other under the same key."""
        return sha256(f"{self.subject}\n{self.body}".encode()).hexdigest()[:16]

    @property
    def is_read(self) -> bool:
        return bool(self.read) and self.read == self.stamp and not self.refused


class WrittenMails(Struct, frozen=True):
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

    def note_read(self, key: str, stamp: str) -> None:
        """Remember that the user was shown the mail of this stamp; another that was written meanwhile stays unread.

        Raises ``FactsError`` when that cannot be written.
        """
        found = self.find(key)
        if found and found.stamp == stamp and not found.is_read:
            self.keep(key, replace(found, read=stamp))

    def has_read(self, step: StepId) -> bool:
        """Return whether the user was shown a mail of a model's for this step, whatever it was written from."""
        return any(kept.step == str(step) and kept.is_read for kept in self._read().values())

    def beside(self, step: StepId) -> tuple[str, ...]:
        """Return the latest mail to each other person of the same panel: they compare."""
        latest = {kept.step: kept.body for kept in self._read().values() if kept.step and not kept.refused}
        mine = _of_panel(str(step))
        return tuple(body for other, body in latest.items() if other != str(step) and _of_panel(other) == mine)

    def forget(self) -> None:
        """Remove the file. Raises ``FactsError`` when that cannot be done."""
        with said_plainly(self.path, "removed"):
            self.path.unlink(missing_ok=True)

    def move(self, slug: str) -> None:
        """Remember these mails for another short name. Raises ``FactsError`` when that cannot be written."""
        other = WrittenMails(self.home, slug)
        for key, kept in self._read().items():
            _, slash, rest = kept.step.partition("/")
            other.keep(key, replace(kept, step=f"{slug}/{rest}" if slash else kept.step))
        self.forget()

    def _read(self) -> dict[str, Remembered]:
        try:
            rows = json.loads(self.path.read_text("utf-8"))
            return {str(key): _as_remembered(row) for key, row in rows.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}


def _as_remembered(row: dict[str, Any]) -> Remembered:
    """Return an answer of the file. Raises ``TypeError`` for one of other types."""
    kept = Remembered(**row)
    texts = (kept.subject, kept.body, kept.refused, kept.step, kept.read)
    if not all(isinstance(text, str) for text in texts) or not isinstance(kept.doubts, list):
        raise TypeError("an answer consists of texts")
    return replace(kept, doubts=tuple(map(str, kept.doubts)))


def _of_panel(step: str) -> tuple[str, ...]:
    """Return a step without the person that it is for."""
    kind_and_round, _, nth = step.rsplit("/", 2) if step.count("/") >= 2 else (step, "", "")
    return kind_and_round, nth
