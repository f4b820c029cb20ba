"""Accounts that rest: after a refused login or sender, offline, or at a limit. Runs in the caller's transaction."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import datetime

from followup_mail.outbox.entry import Entry
from followup_mail.outbox.retry import Pause
from followup_mail.outbox.row_changes import find_taken, move
from followup_mail.outbox.rows import columns_of_step, to_entries, to_moment, to_text
from followup_mail.outbox.transitions import Cause


def put_pause(connection: sqlite3.Connection, pause: Pause, now: datetime) -> None:
    """Let an account rest. A rest without an end is not shortened by a later one that has an end."""
    connection.execute(
        "INSERT INTO pauses (account, reason, fix, since_at, until_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (account) DO UPDATE SET reason = excluded.reason, fix = excluded.fix, "
        "since_at = excluded.since_at, until_at = excluded.until_at "
        "WHERE until_at IS NOT NULL AND (excluded.until_at IS NULL OR excluded.until_at > until_at)",
        (pause.account, pause.reason, pause.fix, to_text(now), pause.until and to_text(pause.until)),
    )


def list_pauses(connection: sqlite3.Connection, now: datetime) -> tuple[Pause, ...]:
    """Return the accounts that rest at ``now``."""
    rows = connection.execute(
        "SELECT * FROM pauses WHERE until_at IS NULL OR until_at > ? ORDER BY account", (to_text(now),)
    )
    return tuple(Pause(row["account"], row["reason"], _end_of(row["until_at"]), row["fix"]) for row in rows)


def _end_of(text: str | None) -> datetime | None:
    """Return when a rest ends; one whose end cannot be read ends when the user ends it."""
    with suppress(ValueError):
        return to_moment(text) if text else None
    return None


def end_pause(connection: sqlite3.Connection, account: str, now: datetime) -> tuple[Entry, ...]:
    """End a rest, and queue again what failed only because of the account (a refused login or sender)."""
    connection.execute("DELETE FROM pauses WHERE account = ?", (account.lower(),))
    rows = connection.execute(
        "SELECT * FROM entries WHERE account = ? AND state = 'failed' AND outcome IS NOT NULL ORDER BY id",
        (account.lower(),),
    ).fetchall()
    failed = [entry for entry in to_entries(rows) if entry.outcome and entry.outcome.pauses_account]
    return tuple(
        move(connection, entry, Cause.RETRIED, now, {"reason": "", "fix": "", "detail": "the account works again"})
        for entry in failed
        if find_taken(connection, columns_of_step(entry.step)) is None
    )
