"""One job at a time for a candidate who signs in at a provider: each job has its own copy of the tokens.

A provider may take a refresh token once only (RFC 6749 section 10.4). Two jobs that renew the same one at once would
end the sign-in, so whoever comes second gives way and comes again. The lock is the database connection's: it is gone
with a worker that dies.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

import psycopg

from followup_mail.errors import FollowupError
from followup_mail.office.asker import Asker
from followup_mail.office.database import Link, Links, OfficeDatabase, explained

_LOCKS: Final = 0x464D54
"""The first key of these advisory locks."""
_SIGNS_IN: Final = (
    "SELECT EXISTS (SELECT FROM files WHERE candidate = %s AND path LIKE 'tokens/%%' AND content IS NOT NULL) AS yes"
)


class BusyError(FollowupError):
    """Another job is at work for this candidate: this one is to come again."""


@contextmanager
def alone_with_tokens(database: OfficeDatabase, links: Links, asker: Asker) -> Iterator[None]:
    """Keep other jobs of a candidate who has tokens away for a while. Raises ``BusyError`` while one is at work."""
    with database.reading(asker):
        row = database.link.execute(_SIGNS_IN, (asker.candidate,)).fetchone()
    if not (row and row["yes"]):
        yield
        return
    link = links.take()
    try:
        with explained():
            _lock(link, asker)
        try:
            yield
        finally:
            _unlock(link, asker)
    finally:
        links.give_back(link)


def _lock(link: Link, asker: Asker) -> None:
    row = link.execute("SELECT pg_try_advisory_lock(%s, %s) AS got", (_LOCKS, asker.lock_key)).fetchone()
    if not (row and row["got"]):
        raise BusyError(f"Another job is at work for candidate {asker.candidate}.")


def _unlock(link: Link, asker: Asker) -> None:
    with suppress(psycopg.Error):
        link.execute("SELECT pg_advisory_unlock(%s, %s)", (_LOCKS, asker.lock_key))
        return
    link.close()  # with it the lock is gone
