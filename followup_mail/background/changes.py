"""Changes to the machine as values: computed and shown first, then applied, and undone if one of them fails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct


class Write(Struct, frozen=True):
    """A file to write."""

    path: Path
    content: bytes
    shown: str
    """The content as text, to show it first."""


class Delete(Struct, frozen=True):
    """A file to delete."""

    path: Path


class Command(Struct, frozen=True):
    """A program of the system to run, without a shell."""

    words: tuple[str, ...]
    stdin: bytes = b""
    shown: str = ""
    """What the command does, where its words don't say."""
    may_fail: bool = False
    tries: int = 1
    """How often to try, a second apart."""
    environment: tuple[tuple[str, str], ...] = ()
    """Variables to set in addition to the current ones."""


Change = Write | Delete | Command


class Procedure(Struct, frozen=True):
    """Changes to apply in order. When a change fails, files are restored."""

    changes: tuple[Change, ...]
    undo_first: tuple[Command, ...] = ()
    """Run after a failure, before the files are restored; these may fail."""
    undo_last: tuple[Command, ...] = ()
    """The same, after the files were restored."""


def join_procedures(parts: Sequence[Procedure]) -> Procedure:
    """Return one procedure for several: when a change of one fails, all of them are undone."""
    return Procedure(
        tuple(change for part in parts for change in part.changes),
        tuple(command for part in parts for command in part.undo_first),
        tuple(command for part in parts for command in part.undo_last),
    )


class CommandResult(Struct, frozen=True):
    """What a program returned."""

    code: int
    out: bytes = b""
    err: str = ""
    """One line from standard error, or from standard output when standard error was empty."""
