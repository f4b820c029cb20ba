"""Take everything that the outbox holds out into files."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from followup_mail.errors import RefusedError
from followup_mail.nested_dict import nested_dict
from followup_mail.outbox.base_store import Exported
from followup_mail.outbox.damaged_rows import Damaged
from followup_mail.outbox.entry import Entry
from followup_mail.workspace import Workspace


def export_outbox(workspace: Workspace, folder: str) -> tuple[tuple[Exported, ...], Path]:
    """Write every entry into a new folder: ``entries.json`` and one ``.eml`` each. Returns them, and the folder.

    Of a damaged outbox whatever can still be read is written.
    """
    path = Path(folder).expanduser().absolute()
    if path.exists():
        raise RefusedError(f"{path} is there already.", fix="Name a folder that does not exist yet.")
    exported = tuple(workspace.store.export())
    path.mkdir(mode=0o700, parents=True)
    for name, content in _files(exported):
        (path / name).write_bytes(content)
    return exported, path


def zip_outbox(workspace: Workspace) -> bytes:
    """Return the same files as a ZIP archive; a mail that cannot be read any more is only in ``entries.json``."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _files(tuple(workspace.store.export())):
            packed.writestr(f"outbox/{name}", content)
    return archive.getvalue()


def _files(exported: Sequence[Exported]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file."""
    for one in exported:
        if one.content:
            yield f"{one.entry.id:06}.eml", one.content
    listed = [{**_as_kept(one.entry), "moves": [nested_dict(move) for move in one.transitions]} for one in exported]
    yield "entries.json", (json.dumps(listed, indent=2, default=_plain) + "\n").encode()


def _as_kept(entry: Entry | Damaged) -> dict[str, Any]:
    """Return an entry as it is exported; of a damaged one the row as it lies in the database."""
    if not isinstance(entry, Entry):
        return {"id": entry.id, "damaged": entry.column, "row": entry.row}
    kept = nested_dict(entry)
    kept["mail"] = kept.pop("message")
    del kept["mail"]["content"], kept["handed_at"]
    return kept


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
