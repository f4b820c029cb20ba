"""The mark in a home folder that went into an office's database, or came out of one as a copy.

The outbox beside it is closed (``outbox.whole_outbox``); the mark says where its mails are sent from now.
"""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from msgspec import Struct, convert
from msgspec.structs import asdict

from followup_mail.errors import OutboxError, RefusedError
from followup_mail.facts.atomic_files import write_over

NAME: Final = "in-the-office.json"


class Went(StrEnum):
    """What became of a home folder."""

    IN = "moved into an office"
    COPY = "a copy out of an office"
    OUT = "being moved out of an office"
    """Only while that is done, or when it broke off."""


class MovedHome(Struct, frozen=True):
    """Where the mails of a home folder are sent from instead."""

    went: Went
    office: str
    """What tells an office from all others."""
    candidate: int
    name: str
    at: datetime

    def say(self) -> str:
        """Return it as a sentence."""
        day = f"{self.at:%d %B %Y}".lstrip("0")
        return {
            Went.IN: f"on {day} everything here was moved into an office, as {self.name}, and is sent from there.",
            Went.COPY: f"this is a copy of what an office had of {self.name} on {day}, and mails are sent from there.",
            Went.OUT: f"everything of {self.name} is being moved here out of an office, and that is not complete.",
        }[self.went]


def read_mark(home: Path) -> MovedHome | None:
    """Return the mark of a home folder; None where there is none. Raises ``OutboxError`` for a damaged mark."""
    try:
        return convert(json.loads((home / NAME).read_text("utf-8")), MovedHome)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):  # a ValidationError of msgspec is of that kind
        raise OutboxError(
            f"{home / NAME} cannot be read, so it is not known where mails are sent from.",
            fix="Nothing is sent from this folder. Restore the file from a backup.",
        ) from None


def write_mark(home: Path, mark: MovedHome) -> None:
    """Put the mark into a home folder. Raises ``OSError``."""
    written = {**asdict(mark), "went": str(mark.went), "at": mark.at.isoformat()}
    write_over(home / NAME, json.dumps(written, indent=1, ensure_ascii=False) + "\n")


def remove_mark(home: Path) -> None:
    """Take the mark away: mails are sent from here again."""
    (home / NAME).unlink(missing_ok=True)


def refuse_moved(home: Path) -> None:
    """Raise ``RefusedError`` where mails are sent from an office instead."""
    if mark := read_mark(home):
        raise RefusedError(
            f"Nothing is sent from {home}: {mark.say()}",
            fix=f"To take it out of the office, into a new folder: followup-mail office export '{mark.name}' FOLDER "
            "--move",
        )
