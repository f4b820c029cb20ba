"""What a form was made from: its version goes with it, so that an old tab cannot undo what happened since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import Entry

_LENGTH = 20


class ChangedError(RefusedError):
    """What a form was made from is not so any more; nothing was done."""


def facts_version(text: str) -> str:
    """Return the version of a facts file, or of any text that a form was made from."""
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


def entry_version(entry: Entry) -> str:
    """Return the version of an entry: whatever a page shows of it changes it."""
    shown = (entry.id, entry.state, entry.held, entry.reason, entry.timing, entry.ready_at, entry.content_sha256)
    return facts_version(repr(shown))


def entries_version(entries: Iterable[Entry]) -> str:
    """Return the version of several entries."""
    return facts_version(",".join(map(entry_version, entries)))
