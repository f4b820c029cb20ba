"""The calendar as a file of the user's."""

from __future__ import annotations

from pathlib import Path

from followup_mail.cli.terminal import screen
from followup_mail.cli.views.save_preview import write_file
from followup_mail.errors import RefusedError
from followup_mail.services.calendars import make_calendar
from followup_mail.workspace import Workspace


def write_calendar(workspace: Workspace, what: str, file: Path | None, every: bool) -> None:
    """Write the calendar file of one application or of all."""
    slug, path = ("", Path(what)) if every and what and file is None else (what, file)
    if path is None or bool(slug) == every:
        raise RefusedError(
            "Say which application and which file, or --all and a file.", fix="e.g. calendar APP plan.ics"
        )
    content, count = make_calendar(workspace, slug)
    write_file(path, content)
    screen.out(f"Wrote {count} {'event' if count == 1 else 'events'} to {path}")
