"""How PostgreSQL finds what is asked of the store: by an index, so nothing costs more for what is old or of others.

Looked at as the program's own role, which row-level security binds, in tables with many rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
import pytest
from office_samples import OwnStore, open_store
from office_server import OWNER, OfficeServer
from seen_samples import ACCOUNT
from test_store_queries import ASKED

from followup_mail.outbox.seen_mail import MailPlace, SeenState
from followup_mail.outbox.store import Store

OF_MAIL: dict[str, Callable[[Store], object]] = {
    "a mail by its number": lambda store: store.knows_mail(MailPlace(ACCOUNT, "INBOX", 1, 1), "<a@b.example>"),
    "a mail by its place": lambda store: store.knows_mail(MailPlace(ACCOUNT, "INBOX", 1, 1), ""),
    "mails with a Message-ID": lambda store: store.seen_as("<a@b.example>"),
    "who is away": lambda store: store.absences("rita@acme.example"),
    "new mail": lambda store: store.seen(states={SeenState.NEW}),
}
MANY = """
INSERT INTO candidates (name, added_by, last_entry)
SELECT 'candidate-' || c, 'tests', 500 FROM generate_series(1, 10) AS c;
INSERT INTO entries (candidate, id, application, kind, round, person, nth, to_name, to_email, to_domain, subject, body,
    wording, message_id, refs, account, mail_from, rcpt_to, smtputf8, attached, content_sha256, due_at, place, insisted,
    ignored_rules, state, created_at, ready_at, claims, handed_at, sent_at)
SELECT c, n, 'app-' || n / 4, 'thank_you', 1, 'person-' || n, 1, 'Person', 'person' || n || '@' || d || '.example',
    d || '.example', 'Thank you', 'Dear Person', 'plain', '<' || c || '-' || n || '@home.example>', '[]',
    'jordan@home.example', 'jordan@home.example', '["a@b.example"]', 0, '[]', repeat('0', 64), at,
    '["America/Chicago", "US", "", "08:30:00", "16:30:00"]', 0, '[]', state, at, at, 1,
    CASE state WHEN 'sent' THEN at END, CASE state WHEN 'sent' THEN at END
FROM generate_series(1, 10) AS c, generate_series(1, 500) AS n,
    LATERAL (SELECT 'employer-' || n % 50 AS d, timestamptz '2025-01-01Z' + n * interval '8 hours' AS at,
    CASE WHEN n % 9 = 0 THEN 'cancelled' WHEN n > 490 THEN 'queued' ELSE 'sent' END AS state) AS made;
INSERT INTO contents SELECT candidate, id, 'x' FROM entries;
INSERT INTO moves (candidate, entry_id, at, cause, before, after, detail)
SELECT candidate, id, due_at, 'added', NULL, state, '' FROM entries, generate_series(1, 3);
INSERT INTO touches (candidate, id, application, kind, round, person, nth, channel, at, reached, body, subject,
    message_id, refs)
SELECT candidate, id, application, kind, 1, person, 1, 'phone', due_at, 1, '', '', '', '[]' FROM entries;
INSERT INTO seen_mail (candidate, id, account, folder, uid_validity, uid, seen_at, state, understanding, applications,
    why, sender, name, subject, message_id, refs, first_line, tenor, sentence, has_invitation, back_on, returned,
    returned_to)
SELECT candidate, id, 'jordan@home.example', 'INBOX', 1, id, due_at, 'accepted', 'answer', '[]', '', to_email, '', '',
    CASE id % 2 WHEN 0 THEN message_id ELSE '' END, '[]', '', 'unknown', '', 0, '2025-01-01', '[]', '[]' FROM entries;
"""
"""Ten candidates with five hundred entries each, nearly all long over; each entry with its history, a call, a mail."""
MOST_ROWS, MOST_PAGES = 15, 15
"""What a question may look at: a few rows, where a candidate has five hundred and all have five thousand."""


@pytest.fixture(scope="module")
def url(office_server: OfficeServer) -> str:
    """The address of an office with many rows."""
    office_server.make_database("many")
    with psycopg.connect(office_server.url("many", OWNER), autocommit=True) as link:
        link.execute("SET search_path = followup")
        link.execute(MANY)
        link.execute("VACUUM ANALYZE")
    return office_server.url("many")


@pytest.fixture
def store(url: str) -> Iterator[OwnStore]:
    """The store of one of these candidates."""
    opened = open_store(url, "candidate-7")
    yield opened
    opened.close()


@pytest.mark.parametrize("asked", [*ASKED, *OF_MAIL])
def test_no_question_goes_through_all_rows(store: OwnStore, asked: str) -> None:
    """Each of the questions that plans, claims, looks and lists ask is answered by an index, however much is kept."""
    for query, rows, pages in look_into(store, (ASKED | OF_MAIL)[asked]):
        assert rows <= MOST_ROWS, query
        assert pages <= MOST_PAGES, query


def test_a_look_through_everything_is_noticed(store: OwnStore) -> None:
    """The look at how rows are found sees a statement that reads all that a candidate has."""
    ((_, rows, pages),) = look_into(store, lambda asked: asked.entries())
    assert rows > MOST_ROWS
    assert pages > MOST_PAGES


@contextmanager
def watched(store: OwnStore, told: Callable[[psycopg.Cursor[Any], Any], object]) -> Iterator[None]:
    """Call ``told`` after each statement of the store, with its cursor and what it was given."""
    database = store._database

    class Watching(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
            done = super().execute(query, params, **how)
            if params is not None:
                told(self, (query, params))
            return done

    with database.reading(store._asker):
        link = database.link
    link.cursor_factory = Watching
    try:
        yield
    finally:
        link.cursor_factory = psycopg.Cursor


class _EnoughSeenError(Exception):
    """Ends a transaction that was only a look."""


def look_into(store: OwnStore, ask: Callable[[Store], object]) -> Iterator[tuple[str, int, int]]:
    """Yield each statement of a question, how many rows it looked at, and how many pages."""
    asked: list[tuple[bytes, Mapping[str, Any]]] = []
    with watched(store, lambda _, given: asked.append(given)):
        ask(store)
    assert asked
    for query, given in asked:
        if not query.startswith(b"INSERT"):
            plan = explain(store, query, given)
            yield query.decode(), sum(map(rows_of, steps(plan))), plan["Plan"]["Shared Hit Blocks"]


def explain(store: OwnStore, query: bytes, given: Mapping[str, Any]) -> Any:
    """Run a statement, undo what it did, and return how it went."""
    with suppress(_EnoughSeenError), store.writing():
        row = store._database.link.execute(b"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + query, given).fetchone()
        raise _EnoughSeenError
    assert row is not None
    return json.loads(row["QUERY PLAN"])[0]


def steps(plan: Any) -> Iterator[dict[str, Any]]:
    """Yield every step of a plan."""
    if isinstance(plan, list):
        for part in plan:
            yield from steps(part)
    elif isinstance(plan, dict):
        if "Node Type" in plan:
            yield plan
        for part in plan.values():
            yield from steps(part)


def rows_of(step: dict[str, Any]) -> int:
    """Return how many rows of a table a step looked at."""
    if "Relation Name" not in step or step["Node Type"] == "ModifyTable":
        return 0
    looked_at = (
        step["Actual Rows"] + step.get("Rows Removed by Filter", 0) + step.get("Rows Removed by Index Recheck", 0)
    )
    return int(looked_at * step["Actual Loops"])
