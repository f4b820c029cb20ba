"""The states of an entry in the outbox: the planner goes by them too, and they are spelled out nowhere else."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where an entry stands. *Held* is not a state but a mark beside it (``outbox.entry.Entry.held``).

    An entry can be held whatever it is doing, also while it is being sent: should that attempt be put off, the mark is
    still there when the entry is queued again.
    """

    DRAFT = "draft"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    IN_FOLDER = "in folder"
    """Put into the folder, since no account was set when it was written: it never left this machine."""
    FAILED = "failed"
    UNCLEAR = "unclear"
    MISSED = "missed"
    CANCELLED = "cancelled"


WAITS = frozenset({State.DRAFT, State.QUEUED})
"""States of a mail that nobody has begun to send: it can still be changed or taken back."""

OPEN = WAITS | {State.SENDING, State.UNCLEAR, State.FAILED, State.MISSED}
"""States in which something may still happen, or somebody must decide."""

TAKES_STEP = WAITS | {State.SENDING, State.UNCLEAR, State.SENT, State.IN_FOLDER}
"""States in which an entry takes its step: no second entry may be queued for it."""

NEEDS_USER = (State.UNCLEAR, State.FAILED, State.MISSED)
"""States that only the user ends, most urgent first."""
