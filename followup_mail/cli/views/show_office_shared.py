"""Shows what an office shares with its candidates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from followup_mail.cli.terminal import screen
from followup_mail.services.office.office_audit import zone_of_office
from followup_mail.services.office.office_sharing import (
    list_shared_by_office,
    share_no_longer,
    share_with_all,
    shared_json,
)
from followup_mail.settings.load_settings import Loaded


def share_and_show(loaded: Loaded, files: Sequence[Path]) -> None:
    """Share files, and say which were new."""
    for path, is_new in share_with_all(loaded, files):
        screen.out(f"Shared with all candidates: {path}" if is_new else f"Shared already as it is: {path}")


def unshare_and_show(loaded: Loaded, name: str) -> None:
    """Share a file no longer."""
    screen.out(f"No longer shared: {share_no_longer(loaded, name)}")


def list_shared_and_show(loaded: Loaded, as_json: bool) -> None:
    """List what is shared."""
    files, zone = list_shared_by_office(loaded), zone_of_office(loaded)
    if as_json:
        screen.emit_json(shared_json(files, zone))
        return
    if not files:
        screen.note("The office shares nothing yet. Share a template with: followup-mail office share FILE")
        return
    rows = [
        (file.path, str(file.version), f"{file.changed_at.astimezone(zone):%Y-%m-%d %H:%M}", file.changed_by)
        for file in files
    ]
    screen.table(("Path", "Version", "Since", "By"), rows)
