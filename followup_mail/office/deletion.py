"""A candidate deleted on request, with everything that is theirs: rows, histories, files with their versions, jobs.

What stays is the number and the moment; and so that no mail is sent twice and no limit broken, checksums of the
Message-IDs that left, and for some hours of whom they went to (``delete_candidate`` in the migration).
"""

from __future__ import annotations

import psycopg

from followup_mail.errors import RefusedError
from followup_mail.office.asker import Asker
from followup_mail.office.database import OfficeDatabase


def delete_candidate(database: OfficeDatabase, asker: Asker) -> int:
    """Delete everything of a candidate, or nothing; return how many entries there were.

    Raises ``RefusedError`` while one of their mails is being sent, and ``OutboxError``.
    """
    try:
        with database.writing(asker):
            try:
                row = database.link.execute("SELECT delete_candidate(%s) AS gone", (asker.candidate,)).fetchone()
            except psycopg.errors.ObjectInUse:
                raise _SendingError from None
    except _SendingError:
        raise RefusedError(
            f"A mail of {asker.name} is being sent, so nothing was deleted.",
            fix="Run it again in a minute; after a crash, once a worker has freed the mail.",
        ) from None
    return int(row["gone"]) if row else 0


class _SendingError(Exception):
    pass
