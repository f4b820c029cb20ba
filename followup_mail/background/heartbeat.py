"""The last run that the service made, in a small file: when it began, when it ended, what came of it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from followup_mail.errors import FollowupError
from followup_mail.facts.atomic_files import write_over

FILE: Final = "last-service-run.json"


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """One run of the service."""

    started_at: datetime
    """UTC."""
    ended_at: datetime | None = None
    """None: it runs, or was ended by force."""
    said: str = ""
    """What came of it, in a phrase."""
    is_well: bool = True
    """False when it broke off."""
    is_run: bool = True
    """False for the moment of installing: no run has been since."""


def leave_heartbeat(folder: Path, beat: Heartbeat) -> None:
    """Write it down, in a home that is there. What cannot be written is not worth stopping a delivery for."""
    ended = beat.ended_at.isoformat() if beat.ended_at else None
    said: dict[str, object] = {"started_at": beat.started_at.isoformat(), "ended_at": ended}
    said |= {"said": beat.said, "is_well": beat.is_well, "is_run": beat.is_run}
    with suppress(OSError, FollowupError):
        folder.mkdir(mode=0o700, exist_ok=True)
        write_over(folder / FILE, json.dumps(said) + "\n")


def find_heartbeat(folder: Path) -> Heartbeat | None:
    """Return the last one; None when there is none that can be read."""
    try:
        said = json.loads((folder / FILE).read_text("utf-8"))
        moments = [datetime.fromisoformat(text) if text else None for text in (said["started_at"], said["ended_at"])]
        started_at, ended_at = moments
        if started_at is None or any(one and one.tzinfo is None for one in moments):
            return None
        return Heartbeat(started_at, ended_at, str(said["said"]), bool(said["is_well"]), bool(said["is_run"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
