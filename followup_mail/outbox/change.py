"""A change of one entry as a value: rules decide it, a store writes it down together with its line of history."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.outbox.entry import TAKES_STEP, Entry
from followup_mail.outbox.transitions import Cause, check_allowed, state_after


class Change(Struct, frozen=True):
    """An entry as it was, as it becomes, and why."""

    cause: Cause
    before: Entry
    after: Entry
    detail: str = ""
    """For the line of history."""
    content: bytes | None = None
    """Other bytes for the mail; None: they stay as they are."""

    @property
    def takes_step(self) -> bool:
        """True when the entry takes its step by this change: no other entry may have taken it."""
        return self.after.state in TAKES_STEP and self.before.state not in TAKES_STEP


def make_change(entry: Entry, cause: Cause, after: Entry | None = None, detail: str = "") -> Change:
    """Return the change of an entry by ``cause``; ``after`` holds what else changes besides the state.

    A cause that the table of transitions does not allow here is a ``ValueError``: a mistake in the program.
    """
    return Change(cause, entry, replace(after or entry, state=state_after(entry.state, cause)), detail)


def grant(entry: Entry, cause: Cause, after: Entry | None = None, detail: str = "") -> Change:
    """Return the change that the user wants; raises ``RefusedError`` when the entry's state forbids it."""
    check_allowed(entry, cause)
    return make_change(entry, cause, after, detail)
