"""What is to be done on the machine, as values: worked out and shown first, then carried out, undone if it fails."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Write:
    """A file to write."""

    path: Path
    content: bytes
    shown: str
    """The same as text, to show it before."""


@dataclass(frozen=True, slots=True)
class Delete:
    """A file to delete."""

    path: Path


@dataclass(frozen=True, slots=True)
class Command:
    """A program of the system to run, without a shell."""

    words: tuple[str, ...]
    given: bytes = b""
    """Its standard input."""
    shown: str = ""
    """What it brings about, where the words don't say."""
    may_fail: bool = False
    tries: int = 1
    """How often to try, a second apart."""
    environment: tuple[tuple[str, str], ...] = ()
    """Variables to set for it, besides those there are."""


Act = Write | Delete | Command


@dataclass(frozen=True, slots=True)
class Procedure:
    """What is to be done in turn; when one act fails, files are put back as they were."""

    acts: tuple[Act, ...]
    undo_first: tuple[Command, ...] = ()
    """Run when an act has failed, before the files are put back; none of these has to succeed."""
    undo_last: tuple[Command, ...] = ()
    """The same, after the files were put back."""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What a program answered."""

    code: int
    out: bytes = b""
    err: str = ""
    """One line of what it said on standard error, or on standard output when it said nothing there."""
