"""A small file about the last run of the service: when it started, when it ended, what came of it."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.errors import FollowupError
from followup_mail.facts.atomic_files import write_over

FILE: Final = "last-service-run.json"


class Heartbeat(Struct, frozen=True):
    """One run of the service."""

    started_at: datetime
    """UTC."""
    ended_at: datetime | None = None
    """None: it is running, or was killed."""
    said: str = ""
    """What came of it, in a phrase."""
    is_well: bool = True
    """False when it failed."""
    is_run: bool = True
    """False for the entry made by the installation, before the first run."""


def write_heartbeat(folder: Path, beat: Heartbeat) -> None:
    """Write the file if the home folder exists. Errors are ignored: they must not stop a delivery."""
    ended = beat.ended_at.isoformat() if beat.ended_at else None
    fields: dict[str, object] = {"started_at": beat.started_at.isoformat(), "ended_at": ended}
    fields |= {"said": beat.said, "is_well": beat.is_well, "is_run": beat.is_run}
    with suppress(OSError, FollowupError):
        folder.mkdir(mode=0o700, exist_ok=True)
        write_over(folder / FILE, json.dumps(fields) + "\n")


def read_heartbeat(folder: Path) -> Heartbeat | None:
    """Return the last run; None when there is no readable file."""
    try:
        fields = json.loads((folder / FILE).read_text("utf-8"))
        started_at = datetime.fromisoformat(fields["started_at"])
        ended_at = datetime.fromisoformat(fields["ended_at"]) if fields["ended_at"] else None
        if started_at.tzinfo is None or (ended_at and ended_at.tzinfo is None):
            return None
        return Heartbeat(started_at, ended_at, str(fields["said"]), bool(fields["is_well"]), bool(fields["is_run"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
