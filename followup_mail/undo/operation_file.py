"""An operation as the text of a file, and back."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any, cast

from msgspec.structs import asdict

from followup_mail.cadence.step import Touch
from followup_mail.outbox.columns import columns_of_step, to_step
from followup_mail.outbox.moments import to_moment, to_text
from followup_mail.outbox.recorded import ChangedEntry, ChangedSeen, Rows, StoreRecord
from followup_mail.outbox.rows import columns_of_entry, columns_of_touch, entry_of_columns, to_touch
from followup_mail.outbox.seen_rows import columns_of_seen, to_seen
from followup_mail.undo.operation import FileChange, Operation

_BYTES = "base64"


def write_operation(operation: Operation) -> str:
    """Return the text of an operation."""
    store = operation.outbox
    written = {
        "number": operation.number,
        "command": operation.command,
        "at": to_text(operation.at),
        "forgets": operation.forgets,
        "undone_at": operation.undone_at and to_text(operation.undone_at),
        "files": [asdict(change) for change in operation.files],
        "entries": [_write_entry(change) for change in store.entries],
        "touches": [_write_touch(touch) for touch in store.touches],
        "deleted_touches": [_write_touch(touch) for touch in store.deleted_touches],
        "moved_touches": [[columns_of_step(step) for step in pair] for pair in store.moved_touches],
        "forgotten": [{"application": name, "rows": rows} for name, rows in store.forgotten],
        "seen": [
            [columns_of_seen(change.before), change.after and columns_of_seen(change.after)] for change in store.seen
        ],
    }
    return json.dumps(written, indent=1, default=_wrap) + "\n"


def _write_touch(touch: Touch) -> dict[str, Any]:
    return {**columns_of_touch(touch), "why": touch.why}


def read_operation(text: str) -> Operation:
    """Return the operation of ``write_operation``. Raises one of ``damaged_rows.UNREADABLE`` for anything else."""
    found = json.loads(text, object_hook=_unwrap)
    return Operation(
        number=found["number"],
        command=found["command"],
        at=to_moment(found["at"]),
        files=tuple(FileChange(**change) for change in found["files"]),
        outbox=StoreRecord(
            tuple(_read_entry(change) for change in found["entries"]),
            tuple(to_touch(columns) for columns in found["touches"]),
            tuple((gone["application"], cast("Rows", gone["rows"])) for gone in found["forgotten"]),
            tuple((to_step(before), to_step(after)) for before, after in found["moved_touches"]),
            # What was written before mail was seen in mailboxes has none.
            tuple(ChangedSeen(to_seen(before), after and to_seen(after)) for before, after in found.get("seen", [])),
            tuple(to_touch(columns) for columns in found.get("deleted_touches", [])),
        ),
        forgets=found["forgets"],
        undone_at=found["undone_at"] and to_moment(found["undone_at"]),
    )


def _write_entry(change: ChangedEntry) -> dict[str, Any]:
    return {
        "before": change.before and columns_of_entry(change.before),
        "after": columns_of_entry(change.after),
        "content_before": change.content_before,
        "content_after": change.content_after,
    }


def _read_entry(found: dict[str, Any]) -> ChangedEntry:
    before = found["before"] and entry_of_columns(found["before"])
    return ChangedEntry(before, entry_of_columns(found["after"]), found["content_before"], found["content_after"])


def _wrap(value: Any) -> Any:
    if isinstance(value, bytes):
        return {_BYTES: b64encode(value).decode()}
    raise TypeError(f"{type(value).__name__} has no place in an operation")


def _unwrap(found: dict[str, Any]) -> Any:
    return b64decode(found[_BYTES]) if found.keys() == {_BYTES} else found
