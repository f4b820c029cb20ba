"""A row that cannot be understood: it is reported by its number, and everything else goes on without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from followup_mail.errors import OutboxError
from followup_mail.outbox.entry import State

UNREADABLE: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)
"""What reading a row that another program wrote can raise."""


class NoText(str):
    """A text of the database that is not UTF-8, as near as it can be shown. It is only ever shown, never used."""

    __slots__ = ()


def to_str(raw: bytes) -> str:
    """Read a text of the database; if it is not UTF-8 it is marked, and the query goes on."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return NoText(raw.decode("latin-1"))


class Damaged(Struct, frozen=True):
    """A row of an entry that cannot be understood: a disk that fails, or another program's hand."""

    id: int
    application: str
    column: str
    """The first column that cannot be read."""
    row: Mapping[str, Any]
    """Everything the row holds, to be kept."""

    @property
    def label(self) -> str:
        """As ``Entry.label``."""
        return f"#{self.id}"

    @property
    def state(self) -> State | None:
        """Where it stands; None when that cannot be read either."""
        state = self.row["state"]
        return State(state) if state in set(State) else None

    @property
    def sentence(self) -> str:
        """What to say about it."""
        return f"{self.label} for {self.application} is damaged: its '{self.column}' in the outbox cannot be read."

    @property
    def fix(self) -> str:
        """What the user can do about it."""
        return (
            "It will not be sent. `followup-mail outbox export FOLDER` saves what it holds, "
            f"`followup-mail outbox cancel {self.id}` takes it out of the queue."
        )


class DamagedRowError(OutboxError):
    """An entry that is damaged was asked for. It never leaves; everything else goes on without it."""

    def __init__(self, damaged: Damaged) -> None:
        super().__init__(damaged.sentence, fix=damaged.fix)
        self.damaged = damaged


class DamagedSeenError(OutboxError):
    """A mail that was seen was asked for, and its row cannot be understood."""

    def __init__(self, seen_id: int) -> None:
        super().__init__(
            f"The mail m{seen_id} is damaged in the outbox and cannot be read.",
            fix="`followup-mail inbox` shows the others; nothing waits for this one.",
        )
