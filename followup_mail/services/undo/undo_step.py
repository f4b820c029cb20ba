"""Take the last step back, or do it again: facts first, then the outbox, with the intent on disk before both.

Facts first, since no mail leaves without a look at them: what the facts forbid does not leave in between. Should the
program die between the two, the next command completes it; doing any of it twice does no more than once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_over
from followup_mail.outbox.recorded import StoreRecord
from followup_mail.outbox.take_back import TakenBack
from followup_mail.services.undo.undo_files import FileBack, find_conflicts, look_at_files, put_files_back
from followup_mail.undo.journal import UNDER_WAY, Journal
from followup_mail.undo.operation import Operation
from followup_mail.workspace import Workspace

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


class StepBack(Struct, frozen=True):
    """What taking a step back does, or did."""

    operation: Operation
    again: bool
    """True when a step that was taken back is done again."""
    files: tuple[FileBack, ...]
    entries: tuple[TakenBack, ...]
    kept: tuple[Path, ...] = ()
    """Copies of facts that were changed by hand since, and were put aside."""

    @property
    def has_effect(self) -> bool:
        """Whether anything changes by it."""
        store = self.operation.outbox
        moves = any(entry.change for entry in self.entries) or any(file.is_to_do for file in self.files)
        touches = store.touches or store.moved_touches or store.deleted_touches
        return moves or bool(touches or store.forgotten or store.seen)

    @property
    def never_happened(self) -> bool:
        """Whether everything is as before the step: the program died before it did anything."""
        stays = any(entry.why_not for entry in self.entries) or any(file.was_changed for file in self.files)
        return not self.has_effect and not stays


def list_steps(workspace: Workspace) -> tuple[Operation, ...]:
    """Return the steps that are on record, the latest first."""
    return tuple(reversed(workspace.journal.operations()))


def look_back(workspace: Workspace, number: int | None = None, *, again: bool = False) -> StepBack:
    """Return what taking back the last step would do, or that of a number. Nothing is changed.

    Raises ``NotFoundError`` when there is no such step, ``RefusedError`` when it cannot be done.
    """
    for operation in _choose(workspace.journal.operations(), number, again):
        entries = _move_entries(workspace, operation, again, only_look=True)
        step = StepBack(operation, again, _look_at_files(workspace, operation, again, entries), entries)
        if number is not None or not step.never_happened:
            return step
    what = "Nothing was taken back" if again else "There is no step to take back"
    raise NotFoundError(f"{what}.", fix="`followup-mail undo --list` shows the last steps.")


def take_step_back(workspace: Workspace, step: StepBack, *, even_changed: bool = False) -> StepBack:
    """Do what ``look_back`` said, as things stand now. Returns what was done.

    Raises ``RefusedError`` when another command did it meanwhile, and when facts were changed by hand since: then
    nothing is done, unless ``even_changed``; the changed file is put aside then.
    """
    journal = workspace.journal
    make_folder(workspace.home, journal.folder)
    # Not the journal's own lock: whoever records a step may wait for that with the outbox locked.
    with alone_in(workspace.home):
        _refuse_if_gone(journal, step)
        conflicts = find_conflicts(look_at_files(workspace.home, step.operation, step.again))
        if conflicts and not even_changed:
            raise conflicts
        _move_entries(workspace, step.operation, step.again, only_look=True)  # what it refuses is refused by now
        under_way = journal.folder / UNDER_WAY
        with said_plainly(under_way, "written"):
            write_over(under_way, json.dumps({"number": step.operation.number, "again": step.again}) + "\n")
        return _complete(workspace, step.operation, step.again, even_changed)


def _refuse_if_gone(journal: Journal, step: StepBack) -> None:
    """Refuse where another command took it back since it was looked at, or did it again."""
    shown = step.operation
    now = next((known for known in journal.operations() if known.number == shown.number), None)
    if now is None or now.undone_at != shown.undone_at:
        raise _taken_meanwhile(shown, "done again" if step.again else "taken back")


def refuse_second(workspace: Workspace, since: datetime) -> None:
    """Refuse to take back one more step where another command took one back ``since`` this one was typed.

    Both were meant for the same step: the last one.
    """
    now = workspace.now()
    # Later than now is what was taken back before the clock was set back: that was no other command.
    undone = [known for known in workspace.journal.operations() if known.undone_at and since <= known.undone_at <= now]
    if undone:
        raise _taken_meanwhile(undone[-1], "taken back")


def _taken_meanwhile(step: Operation, done: str) -> RefusedError:
    return RefusedError(
        f"Step {step.number}, `{step.command}`, was {done} by another command at this moment; nothing more was done.",
        fix="`followup-mail undo --list` shows how the steps stand now.",
    )


def find_next(workspace: Workspace, step: StepBack) -> StepBack | None:
    """Return the latest other step that can be taken back, or done again, now; None where there is none."""
    for operation in _choose(workspace.journal.operations(), None, step.again):
        if operation.number != step.operation.number:
            with suppress(RefusedError):
                found = look_back(workspace, operation.number, again=step.again)
                if found.has_effect and not find_conflicts(found.files):
                    return found
    return None


def finish_interrupted(workspace: Workspace) -> StepBack | None:
    """Complete what a program that died had begun to take back; None when there is nothing."""
    journal = workspace.journal
    under_way = journal.folder / UNDER_WAY
    with alone_in(workspace.home):
        try:
            found = json.loads(under_way.read_text("utf-8"))
            number, again = int(found["number"]), bool(found["again"])
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError):
            under_way.unlink(missing_ok=True)
            return None
        operation = next((known for known in journal.operations() if known.number == number), None)
        if operation is None:
            under_way.unlink(missing_ok=True)
            return None
        try:
            return _complete(workspace, operation, again, even_changed=False)
        except RefusedError:
            under_way.unlink(missing_ok=True)  # else every command would be refused from now on
            raise


def _complete(workspace: Workspace, operation: Operation, again: bool, even_changed: bool) -> StepBack:
    entries = _move_entries(workspace, operation, again, only_look=True)
    files = _look_at_files(workspace, operation, again, entries)
    kept = put_files_back(workspace, files, even_changed=even_changed)
    entries = _move_entries(workspace, operation, again)
    journal = workspace.journal
    undone_at = None if again else _next_moment(workspace)
    journal.mark(operation, undone_at)
    (journal.folder / UNDER_WAY).unlink(missing_ok=True)
    return StepBack(replace(operation, undone_at=undone_at), again, files, entries, kept)


def _next_moment(workspace: Workspace) -> datetime:
    """Return now, or just after the step that was taken back last: a clock that was set back keeps their order."""
    now = workspace.now().astimezone(UTC)
    before = (known.undone_at for known in workspace.journal.operations() if known.undone_at)
    return max([now, *(moment + timedelta(microseconds=1) for moment in before)])


def _look_at_files(
    workspace: Workspace, operation: Operation, again: bool, entries: Sequence[TakenBack]
) -> tuple[FileBack, ...]:
    """Return the files of an operation as they stand.

    A proposal does not wait again for a mail that can't be taken back: it has left.
    """
    files = look_at_files(workspace.home, operation, again)
    added = {change.after.id for change in operation.outbox.entries if change.before is None}
    if any(entry.why_not and entry.was.id in added for entry in entries):
        return tuple(file for file in files if not file.is_proposal)
    return files


def _move_entries(
    workspace: Workspace, operation: Operation, again: bool, *, only_look: bool = False
) -> tuple[TakenBack, ...]:
    if operation.outbox == StoreRecord() or not workspace.has_store:
        return ()
    why = f"{'redo' if again else 'undo'} of {operation.command}"
    store, now = workspace.store, workspace.now()
    return store.take_back(operation.outbox, now, why, again=again, only_look=only_look)


def _choose(operations: Sequence[Operation], number: int | None, again: bool) -> tuple[Operation, ...]:
    """Return the operations that can be meant, the latest first; with a number that one.

    Raises ``NotFoundError`` for a number that is not there, ``RefusedError`` for one that cannot be meant.
    """
    fitting = [known for known in operations if (known.undone_at is not None) == again]
    if number is None:
        latest = sorted(fitting, key=lambda known: (known.undone_at or _LONG_AGO, known.number), reverse=True)
        return tuple(known for known in latest if not (again and known.forgets))
    named = next((known for known in operations if known.number == number), None)
    if named is None:
        raise NotFoundError(f"There is no step {number}.", fix="`followup-mail undo --list` shows them.")
    if again and named.forgets:
        raise RefusedError(
            "What was forgotten, and brought back, is not forgotten again this way.",
            fix=f"Run `followup-mail forget {named.forgets}`.",
        )
    if named not in fitting:
        how = "was not taken back" if again else "was taken back already"
        fix = "" if again else f"`followup-mail undo {number} --redo` does it again."
        raise RefusedError(f"Step {number}, `{named.command}`, {how}.", fix=fix)
    return (named,)


def say_age(at: datetime, now: datetime) -> str:
    """Return how long ago something was, as people say it."""
    minutes = int((now - at).total_seconds() // 60)
    for size, unit in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "just now"
