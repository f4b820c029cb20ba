"""The histories of many applications, read in one look: most applications have nothing in the outbox at a time."""

from __future__ import annotations

from collections.abc import Collection
from typing import Self

from msgspec import Struct

from followup_mail.cadence.step import History, Touch
from followup_mail.outbox.application_history import to_history
from followup_mail.outbox.base_store import BaseStore
from followup_mail.outbox.entry import Entry, State


class AllHistories(Struct, frozen=True):
    """What plans ask the outbox, for whoever asks about many applications."""

    store: BaseStore
    with_entries: frozenset[str]
    logged: dict[str, list[Touch]]

    @classmethod
    def read(cls, store: BaseStore) -> Self:
        """Read what was logged, and which applications have entries. Raises ``OutboxError``."""
        logged: dict[str, list[Touch]] = {}
        with store.reading():
            for touch in store.touches():
                logged.setdefault(touch.step.application, []).append(touch)
            return cls(store, frozenset(store.applications()), logged)

    def history(self, application: str) -> History:
        """Return what was done and what stands ready for an application."""
        entries = self.entries(application=application) if application in self.with_entries else ()
        return to_history(entries, self.logged.get(application, ()))

    def entries(self, *, application: str | None = None, states: Collection[State] = ()) -> tuple[Entry, ...]:
        """Return the entries that fit."""
        return self.store.entries(application=application, states=states)
