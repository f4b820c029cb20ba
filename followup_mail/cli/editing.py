"""Let the user change a text in their own editor, and ask again while it cannot be used. Nothing typed is lost."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from followup_mail.cli import screen
from followup_mail.errors import FollowupError, RefusedError
from followup_mail.outbox.entry import OPEN_IN_EDITOR, Entry
from followup_mail.road.amend import reword_entry
from followup_mail.wiring import House

Made = TypeVar("Made")


def edit_until(text: str, suffix: str, use: Callable[[str], Made]) -> Made | None:
    """Open ``text`` in the editor and hand what comes back to ``use``; again while ``use`` refuses it.

    Returns None when nothing was changed. When the user gives up, what they typed stays in a file that is named.
    """
    handle, name = tempfile.mkstemp(suffix=suffix, prefix="followup-")
    path = Path(name)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    while True:
        typed = _typed(path, text)
        if typed == text:
            path.unlink(missing_ok=True)
            return None
        try:
            made = use(typed)
        except FollowupError as error:
            screen.note(error.sentence)
            screen.note(error.fix)
            if not screen.is_interactive() or not screen.confirm("Open the editor again?"):
                raise RefusedError("Nothing was changed.", fix=f"What you typed is in {path}") from None
        else:
            path.unlink()
            return made


def edit_entry(house: House, entry_id: int, ignore: tuple[str, ...]) -> Entry:
    """Change subject and text of a queued mail; it cannot leave while the editor is open."""
    now = house.now()
    entry = house.store.get(entry_id)
    was_held = entry.held
    entry = house.store.hold_entry(entry_id, now, was_held or OPEN_IN_EDITOR)
    try:
        done = edit_until(
            f"Subject: {entry.mail.subject}\n\n{entry.mail.text}",
            ".txt",
            lambda typed: reword_entry(house, entry, *_split(typed), ignore),
        )
    finally:
        if not was_held:
            house.store.resume_entry(entry_id, house.now())
    if done is None:
        screen.note("Nothing was changed.")
    return house.store.get(entry_id)


def _split(typed: str) -> tuple[str, str]:
    head, _, body = typed.replace("\r\n", "\n").partition("\n")
    label, colon, subject = head.partition(":")
    if not colon or label.strip().lower() != "subject" or not subject.strip() or not body.strip():
        raise RefusedError('The first line must be "Subject: ...", then an empty line, then the text.')
    return subject.strip(), body.strip("\n") + "\n"


def _typed(path: Path, before: str) -> str:
    """Return what the file holds after the editor ended. Raises ``RefusedError`` when it is not to be used."""
    try:
        code = _run_editor(path)
        typed = path.read_bytes().decode("utf-8-sig", errors="replace")  # as bytes, so that line ends stay
    except FileNotFoundError:
        raise RefusedError("The editor left no file, so nothing was changed.") from None
    except KeyboardInterrupt:
        raise RefusedError("Stopped; nothing was changed.", fix=f"What you typed is in {path}") from None
    if code and typed != before:
        # As with a commit message: who ends the editor with an error (`:cq`) does not want the text used.
        raise RefusedError(
            f"The editor ended with code {code}, so nothing was changed.", fix=f"What you typed is in {path}"
        )
    if code:
        screen.note(f"The editor ended with code {code}.")
    return typed


def _run_editor(path: Path) -> int:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    try:
        command = [*shlex.split(editor, posix=os.name != "nt"), str(path)]
        return subprocess.run(command, check=False).returncode  # noqa: S603  # the user's own editor
    except (OSError, ValueError) as error:
        raise RefusedError(
            f"The editor '{editor}' cannot be started.", fix=f"Set VISUAL or EDITOR. The text is in {path}"
        ) from error
