"""Apply a procedure to this machine: all of it, or nothing."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from followup_mail.background.changes import Command, CommandResult, Delete, Procedure, Write
from followup_mail.background.system_programs import run_program
from followup_mail.errors import ServiceError
from followup_mail.facts.atomic_files import write_over

_MODE: Final = 0o644
"""Schedulers read these files as another user; they contain nothing secret."""


@dataclass(slots=True)
class _Before:
    """What to restore."""

    files: dict[Path, bytes | None] = field(default_factory=dict)
    new_folders: list[Path] = field(default_factory=list)
    """The outermost first."""


def apply_changes(procedure: Procedure, run: Callable[[Command], CommandResult] = run_program) -> None:
    """Apply all changes in order. Raises ``ServiceError`` when one fails; then everything is as it was."""
    before = _Before()
    try:
        for change in procedure.changes:
            match change:
                case Write(path, content):
                    _remember(before, path)
                    _make_folders(before, path.parent)
                    write_over(path, content, _MODE)
                case Delete(path):
                    _remember(before, path)
                    path.unlink(missing_ok=True)
                case Command():
                    _run(change, run)
    except OSError as error:
        _undo(procedure, before, run)
        reason = (error.strerror or type(error).__name__).lower()
        raise ServiceError(f"{error.filename} cannot be changed: {reason}.", fix="Nothing was changed.") from None
    except BaseException:
        _undo(procedure, before, run)
        raise


def _run(command: Command, run: Callable[[Command], CommandResult]) -> None:
    for tries_left in reversed(range(command.tries)):
        result = run(command)
        if result.code == 0 or command.may_fail:
            return
        if tries_left:
            time.sleep(1.0)
    raise ServiceError(
        f"`{shlex.join(command.words)}` failed: {result.err or f'it ended with code {result.code}'}.",
        fix="Nothing was changed: the steps before it were undone.",
    )


def _remember(before: _Before, path: Path) -> None:
    """Note what a file contains. Refuse a symbolic link: it is the user's own arrangement, or masks a unit."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise ServiceError(f"{path} is not a plain file.", fix="Move it away, then try again.")
    before.files[path] = path.read_bytes() if path.exists() else None


def _make_folders(before: _Before, folder: Path) -> None:
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    for parent in reversed(missing):
        parent.mkdir()
        before.new_folders.append(parent)


def _undo(procedure: Procedure, before: _Before, run: Callable[[Command], CommandResult]) -> None:
    """Restore as much as possible. Errors are ignored: the first failure is the one to report."""
    _run_all(procedure.undo_first, run)
    for path, content in before.files.items():
        with suppress(OSError):
            if content is None:
                path.unlink(missing_ok=True)
            else:
                write_over(path, content, _MODE)
    for folder in reversed(before.new_folders):
        with suppress(OSError):
            folder.rmdir()
    _run_all(procedure.undo_last, run)


def _run_all(commands: tuple[Command, ...], run: Callable[[Command], CommandResult]) -> None:
    for command in commands:
        with suppress(ServiceError):
            run(command)
