"""A small file about the last run of the service: when it started, when it ended, what came of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import msgspec
from msgspec import Meta, Struct

from followup_mail.errors import FollowupError
from followup_mail.facts.atomic_files import write_over
from followup_mail.facts.kept_json import read_kept

FILE: Final = "last-service-run.json"
_Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]


class Heartbeat(Struct, frozen=True):
    """One run of the service."""

    started_at: _Moment
    """UTC."""
    ended_at: _Moment | None = None
    """None: it is running, or was killed."""
    said: str = ""
    """What came of it, in a phrase."""
    is_well: bool = True
    """False when it failed."""
    is_run: bool = True
    """False for the entry made by the installation, before the first run."""


def write_heartbeat(folder: Path, beat: Heartbeat) -> None:
    """Write the file if the home folder exists. Errors are ignored: they must not stop a delivery."""
    with suppress(OSError, FollowupError):
        folder.mkdir(mode=0o700, exist_ok=True)
        write_over(folder / FILE, msgspec.json.encode(beat) + b"\n")


def read_heartbeat(folder: Path) -> Heartbeat | None:
    """Return the last run; None when there is no readable file."""
    return read_kept(folder / FILE, Heartbeat)
