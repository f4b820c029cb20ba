"""The candidates of an office: found by name, listed, added. What is theirs is behind a wall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import psycopg

from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.facts.candidate_names import can_name_candidate, clean_name, refuse_name
from followup_mail.office.asker import Asker
from followup_mail.office.database import OfficeDatabase

_AT_ONCE: Final = 1000


def find_candidate(database: OfficeDatabase, name: str, actor: str) -> Asker:
    """Return who asks for the candidate of this name, in whatever case. Raises ``NotFoundError``, ``OutboxError``."""
    with database.for_all(actor) as link:
        row = link.execute("SELECT id, name FROM find_candidate(%s)", (clean_name(name),)).fetchone()
    if row is None:
        raise NotFoundError(
            f"There is no candidate '{name}' in the office's database.",
            fix="See all with: followup-mail office candidates. A new candidate: followup-mail office add NAME",
        )
    return Asker(row["id"], row["name"], actor)


def list_candidates(database: OfficeDatabase, actor: str) -> Iterator[Asker]:
    """Yield every candidate, in the order in which they came."""
    last = 0
    while True:
        with database.for_all(actor) as link:
            rows = link.execute("SELECT id, name FROM list_candidates(%s, %s)", (last, _AT_ONCE)).fetchall()
        yield from (Asker(row["id"], row["name"], actor) for row in rows)
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1]["id"]


def add_candidate(database: OfficeDatabase, name: str, actor: str) -> Asker:
    """Add a candidate. Raises ``RefusedError`` when there is one of this name."""
    clean = clean_name(name)
    if not can_name_candidate(clean) or not any(map(str.isalnum, clean)):
        raise refuse_name(name)
    try:
        with database.for_all(actor) as link:
            try:
                row = link.execute("SELECT add_candidate(%s) AS id", (clean,)).fetchone()
            except psycopg.errors.UniqueViolation:
                raise _TakenError from None
    except _TakenError:
        raise RefusedError(f"There is a candidate {clean} already.", fix="Choose another name.") from None
    assert row is not None
    return Asker(row["id"], clean, actor)


class _TakenError(Exception):
    pass
