"""Shows what was set, put and found among the files of a candidate of the office."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from followup_mail.cli.terminal import screen
from followup_mail.errors import NotFoundError
from followup_mail.settings.load_settings import Loaded


def set_and_show(loaded: Loaded, candidate: str, given: Sequence[str]) -> None:
    """Set settings, and say which have changed."""
    from followup_mail.services.office.office_files import set_settings

    pairs = [one.partition("=") for one in given]
    if any(not equals for _, equals, _ in pairs):
        raise typer.BadParameter("Write each setting like FOLLOWUP_COUNTRY=US.")
    changed = set_settings(loaded, candidate, {key.strip(): value.strip() for key, _, value in pairs})
    screen.out(f"Changed for {candidate}: {', '.join(changed)}." if changed else "Everything was set so already.")


def get_and_show(loaded: Loaded, candidate: str, path: str) -> None:
    """Print a file as it is."""
    from followup_mail.services.office.office_files import get_file

    content = get_file(loaded, candidate, path)
    screen.out_whole(content.decode("utf-8-sig", "replace").rstrip("\n"))


def put_and_show(loaded: Loaded, candidate: str, path: str, file: Path) -> None:
    """Put a file there, and say so."""
    from followup_mail.services.office.office_files import put_file

    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except FileNotFoundError:
        raise NotFoundError(f"There is no file {file}.", fix="Check the name, or give - for the input.") from None
    put_file(loaded, candidate, path, content)
    screen.out(f"{path} of {candidate} is in the office.")
