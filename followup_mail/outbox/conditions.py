"""Conditions in SQL that find entries by their state, worded as the indexes are, in SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Final

from followup_mail.outbox.entry import State
from followup_mail.outbox.mail_to import MAY_HAVE_LEFT

_NOT_OVER: Final = " AND ".join(f"state <> '{state}'" for state in (State.SENT, State.CANCELLED))
"""The condition of the index by state, to the letter: most entries are one of these in the end."""

TAKEN: Final = "state IN ('draft', 'queued', 'sending', 'unclear', 'sent', 'in folder')"
"""The condition of the index on steps, to the letter: the states of ``TAKES_STEP``."""


def list_states(states: Iterable[StrEnum]) -> str:
    """Return states as a list in SQL: a partial index is only used for states that are written out."""
    return ", ".join(f"'{state}'" for state in sorted(states))


def in_states(states: Collection[State]) -> str:
    """Return the condition for entries in these states, such that the index by state is used wherever it can be."""
    wanted = f"state IN ({list_states(states)})"
    return wanted if {State.SENT, State.CANCELLED} & {*states} else f"{wanted} AND {_NOT_OVER}"


def in_no_state_but(states: Collection[State]) -> str:
    """Return the condition for entries in these states, and in those that only another program can have written."""
    others = f"state NOT IN ({list_states(frozenset(State) - {*states})})"
    return others if {State.SENT, State.CANCELLED} & {*states} else f"{others} AND {_NOT_OVER}"


LEFT: Final = f"state IN ({list_states(MAY_HAVE_LEFT)})"
"""The condition for entries that left, or may have."""
