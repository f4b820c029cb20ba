"""The files of a step, when it is taken back: what they hold now, what goes back, and what was typed since."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import RefusedError
from followup_mail.facts.atomic_files import make_folder, said_plainly, write_over
from followup_mail.services.changing.fact_differences import find_differences, say_difference
from followup_mail.services.typed.kept_text import SUFFIX as TRANSCRIPT
from followup_mail.services.undo.undo_merge import flat_facts, merge_back
from followup_mail.undo.operation import FileChange, Operation
from followup_mail.workspace import Workspace

_LONGEST: Final = 48
_PROPOSALS: Final = "proposals/"


_NO_FACTS: Final = "words that are no facts, such as remarks"


class FileBack(Struct, frozen=True):
    """One file, and what it goes back to."""

    path: Path
    change: FileChange
    """From what it should hold now to what it goes back to."""
    now: bytes | None
    """None: it is not there."""
    keeps_edits: bool = False
    """Whether other facts were changed since, which stay; ``change`` begins from them then."""

    @property
    def is_facts(self) -> bool:
        return self.change.is_facts

    @property
    def is_transcript(self) -> bool:
        return self.change.path.endswith(TRANSCRIPT)

    @property
    def is_proposal(self) -> bool:
        return self.change.path.startswith(_PROPOSALS)

    @property
    def is_to_do(self) -> bool:
        """Whether it changes."""
        return self.now == self.change.before and self.now != self.change.after

    @property
    def was_changed(self) -> bool:
        """Whether something else changed it since."""
        return self.now not in {self.change.before, self.change.after}

    @property
    def differences(self) -> tuple[str, ...]:
        """The lines in which it differs from what the step left."""
        left, now = _lines(self.change.before), _lines(self.now)
        found = list(difflib.unified_diff(left, now, "as the step left it", "as it is now", lineterm="", n=1))
        return tuple(found)

    @property
    def facts_changed(self) -> tuple[str, ...]:
        """The facts that go back, such as ``outcome.status: rejected -> waiting``."""
        if self.change.after is None or self.change.before is None:
            return ("back as they were",) if self.change.before is None else ("the file is deleted",)
        old, new = flat_facts(self.change.before), flat_facts(self.change.after)
        keys = dict.fromkeys([*old, *new])
        changed = [
            f"{key}: {_say(old.get(key))} -> {_say(new.get(key))}" for key in keys if old.get(key) != new.get(key)
        ]
        return tuple(changed) or (_NO_FACTS,)

    @property
    def facts_told(self) -> tuple[str, ...]:
        """The same as people read it, such as ``told: wrote -> not set``, with days and names."""
        if self.change.after is None or self.change.before is None:
            return self.facts_changed
        try:
            old, new = (tomllib.loads(text.decode("utf-8-sig")) for text in (self.change.before, self.change.after))
        except ValueError:
            return self.facts_changed
        return tuple(say_difference(line) for line in find_differences(old, new)) or (_NO_FACTS,)


def look_at_files(home: Path, operation: Operation, again: bool) -> tuple[FileBack, ...]:
    """Return the files of an operation as they stand."""
    changes = (change if again else change.swapped for change in operation.files)
    return tuple(
        _beside_edits(FileBack(home / change.path, change, _content(home / change.path))) for change in changes
    )


def _beside_edits(file: FileBack) -> FileBack:
    """Return a file of facts with the way back that keeps what was typed since, where the two do not meet."""
    left, goal, now = file.change.before, file.change.after, file.now
    if not (file.is_facts and file.was_changed) or left is None or goal is None or now is None:
        return file
    merged = merge_back(left, now, goal)
    if merged is None:
        return file
    return replace(file, change=replace(file.change, before=now, after=merged), keeps_edits=True)


def find_conflicts(files: Sequence[FileBack]) -> RefusedError | None:
    """Return the refusal for facts that were changed by hand since, with what was changed."""
    changed = [file for file in files if file.is_facts and file.was_changed]
    if not changed:
        return None
    shown = "\n".join(line for file in changed for line in (f"{file.path} was changed since:", *file.differences))
    return RefusedError(
        f"{shown}\nNothing was taken back.",
        fix="Change the file by hand, or add --force: it goes back, and a copy of what is there now is kept.",
    )


def put_files_back(workspace: Workspace, files: Sequence[FileBack], *, even_changed: bool) -> tuple[Path, ...]:
    """Put the files back. What was changed since is left alone, or with ``even_changed`` put aside.

    Returns the copies of what was put aside. That is done with facts only: all else the program makes anew.
    """
    kept = []
    for file in files:
        if file.was_changed and even_changed and file.is_facts:
            kept.append(_put_aside(workspace, file))
        elif not file.is_to_do:
            continue
        _put_back(workspace, file)
    return tuple(kept)


def _put_back(workspace: Workspace, file: FileBack) -> None:
    if file.is_facts:
        workspace.facts.restore(file.path.stem, file.change.after, instead_of=file.now)
        return
    with said_plainly(file.path, "written"):
        if file.change.after is None:
            file.path.unlink(missing_ok=True)
        else:
            make_folder(workspace.home, file.path.parent)
            write_over(file.path, file.change.after)


def _put_aside(workspace: Workspace, file: FileBack) -> Path:
    copy = workspace.journal.folder / f"{file.path.stem}.kept-{workspace.now():%Y%m%dT%H%M%S}{file.path.suffix}"
    with said_plainly(copy, "written"):
        write_over(copy, file.now or b"")
    return copy


def _content(path: Path) -> bytes | None:
    with said_plainly(path, "read"):
        return path.read_bytes() if path.is_file() else None


def _lines(content: bytes | None) -> list[str]:
    return [] if content is None else content.decode("utf-8", "replace").splitlines()


def _say(value: object) -> str:
    if value is None:
        return "(nothing)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 3]}..."
