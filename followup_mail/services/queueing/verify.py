"""Look whether the outbox is sound: the store itself, and each entry against the mail that is stored with it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from followup_mail.errors import OutboxError
from followup_mail.workspace import Workspace


def verify_outbox(workspace: Workspace) -> tuple[str, ...]:
    """Return what is wrong with the outbox, in sentences; nothing when it is sound, or not there yet."""
    return (*workspace.store.verify(), *_verify_envelopes(workspace))


def _verify_envelopes(workspace: Workspace) -> Iterator[str]:
    for entry in workspace.store.entries():
        try:
            differing = replace(entry.message, content=workspace.store.content(entry.id)).find_mismatch()
        except OutboxError:
            continue  # its bytes are not those that were stored, as the store itself says
        if differing:
            yield f"The {differing} of {entry.label} is not the one in the mail that is stored."
