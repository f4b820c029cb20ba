"""What is done about a database that came out of a backup: whatever may have left since then is not sent again.

It does not know what was sent after the backup was made. So what could have left becomes unclear, which only the user
or a copy in their mailbox ends, and what waits for a later day is held until somebody lets it go on. The work of the
owner: it concerns every candidate at once.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import Any, Final

from msgspec import Struct

from followup_mail.errors import RefusedError
from followup_mail.office.database import Link, connect, explained
from followup_mail.outbox.entry import TO_DRAFTS


class Place(Struct, frozen=True):
    """Where the database is, and where it was when it was last known to hold everything."""

    now: str
    """Cluster, database, table and timeline, with slashes between."""
    known: str
    doubt: str
    """Why nothing may leave although the place is right; empty if there is no doubt."""

    @property
    def is_known(self) -> bool:
        return self.now == self.known and not self.doubt

    @property
    def what_happened(self) -> str:
        """Say what the difference comes from; empty where there is none."""
        if self.is_known:
            return ""
        if self.now == self.known:
            return self.doubt
        (cluster, *_, timeline), (was_cluster, *_, was_timeline) = self.now.split("/"), self.known.split("/")
        if cluster != was_cluster:
            return "it is in another cluster of PostgreSQL than before: a dump was read back, or it was upgraded"
        if timeline != was_timeline:
            return "a standby took over, or a recovery from the archive has ended"
        return "its tables were created again: a dump was read back"


class Cleared(Struct, frozen=True):
    """What was done; numbers of mails."""

    unclear: int
    held: int
    candidates: int
    """How many candidates have such mails."""


def find_place(link: Link) -> Place:
    """Return where the database is. Raises ``OutboxError``."""
    query = "SELECT place_now() AS now, place, doubt FROM followup.whereabouts"
    with explained():
        row = link.execute(query).fetchone()
    assert row is not None, "the migration writes it"
    return Place(row["now"], row["place"], row["doubt"])


def clear_up(url: str, since: datetime, now: datetime, actor: str) -> Cleared:
    """Take back what may have left after ``since``, and let the rest leave again; all of it or nothing.

    ``url`` signs in as the owner. Raises ``RefusedError`` for a moment in the future, ``OutboxError``.
    """
    if since > now:
        raise RefusedError("The backup can't have been made in the future.", fix="Give --since the moment it began at.")
    given = {
        "since": since.astimezone(UTC),
        "now": now.astimezone(UTC),
        "actor": actor,
        "why": _why(since),
        "to_drafts": TO_DRAFTS,
    }
    with closing(connect(url)) as link, explained(), link.transaction():
        link.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
        link.execute("SELECT set_config('followup.actor', %(actor)s, true)", given)
        # Nobody changes an entry while this goes through all of them.
        link.execute("LOCK TABLE entries IN SHARE ROW EXCLUSIVE MODE")
        link.execute("CREATE TEMP TABLE concerned (candidate bigint NOT NULL) ON COMMIT DROP")
        unclear = link.execute(_DOUBT_WHAT_COULD_LEAVE, given).rowcount
        held = link.execute(_HOLD_THE_REST, given).rowcount
        _confirm(link, actor)
        row = link.execute("SELECT count(DISTINCT candidate) AS number FROM concerned").fetchone()
        return Cleared(unclear, held, row["number"] if row else 0)


def confirm_nothing_lost(url: str, actor: str) -> None:
    """Let mails leave again from a database of which it is certain that it forgot nothing; signs in as the owner."""
    with closing(connect(url)) as link, explained(), link.transaction():
        _confirm(link, actor)


def _confirm(link: Link, actor: str) -> None:
    given: dict[str, Any] = {"actor": actor}
    link.execute(
        "UPDATE whereabouts SET place = place_now(), doubt = '', confirmed_at = now(), confirmed_by = %(actor)s, "
        "cleared_at = clock_timestamp()",
        given,
    )


def _why(since: datetime) -> str:
    return f"the office's database was restored to its state of {since.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


# Under way, waiting and due by now, or failed for the account's sake, which lets such mails go on by itself. They are
# written as claimed and lost: a worker that really sent one of them may still report it ("took late").
_DOUBT_WHAT_COULD_LEAVE: Final = """
WITH doubtful AS (
    SELECT candidate, id, state FROM entries
    WHERE state = 'sending' OR (state = 'queued' AND held = '' AND ready_at <= %(now)s)
    OR (state = 'failed' AND was_sent_at IS NULL AND coalesce((outcome ->> 'pauses_account')::boolean, false)
        AND NOT EXISTS (
            SELECT 1 FROM entries AS other WHERE other.candidate = entries.candidate
            AND other.application = entries.application AND other.kind = entries.kind AND other.round = entries.round
            AND other.person = entries.person AND other.nth = entries.nth
            AND other.state IN ('draft', 'queued', 'sending', 'unclear', 'sent', 'in folder')
        ))
), changed AS (
    UPDATE entries SET state = 'unclear', claims = claims + 1, claimed_at = %(since)s, claimed_by = 'restored',
        intent_at = %(since)s, handed_at = %(now)s, lease_until = NULL, next_attempt_at = NULL, ready_at = due_at,
        reason = %(why)s || ': it may have left after that',
        fix = 'Look into your Sent folder, then run `followup-mail outbox resolve ' || entries.id
            || ' --sent` or `--resend`.'
    FROM doubtful WHERE (entries.candidate, entries.id) = (doubtful.candidate, doubtful.id)
    RETURNING entries.candidate, entries.id, doubtful.state AS was
), told AS (
    INSERT INTO moves (candidate, entry_id, at, cause, before, after, detail)
    SELECT candidate, changed.id, %(now)s, cause, before, after, %(why)s FROM changed, (VALUES
        (1, 'failed', 'retried', 'failed', 'queued'), (2, 'failed queued', 'claimed', 'queued', 'sending'),
        (3, 'failed queued sending', 'lost', 'sending', 'unclear')
    ) AS steps (number, for_states, cause, before, after)
    WHERE was = ANY (string_to_array(for_states, ' ')) ORDER BY candidate, changed.id, number
)
INSERT INTO concerned SELECT candidate FROM changed
"""

# Moved forward by the user, resumed or approved, it may have left as well; but then the user knows of it.
_HOLD_THE_REST: Final = """
WITH changed AS (
    UPDATE entries SET held = concat_ws('; ', nullif(held, ''), %(why)s::text,
        'moved forward, resumed or approved after that, it may have left')
    WHERE state IN ('queued', 'draft') AND held <> %(to_drafts)s RETURNING candidate, id, state
), told AS (
    INSERT INTO moves (candidate, entry_id, at, cause, before, after, detail)
    SELECT candidate, id, %(now)s, 'held', state, state, %(why)s FROM changed ORDER BY candidate, id
)
INSERT INTO concerned SELECT candidate FROM changed
"""
