"""What an outbox of an earlier version becomes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from outbox_samples import NOW, make_content

from followup_mail.message.message import fingerprint
from followup_mail.outbox.entry import FOLDER, State
from followup_mail.outbox.migrate import read_migrations, split_statements
from followup_mail.outbox.moments import to_text
from followup_mail.outbox.sqlite import SqliteStore

AT = to_text(NOW)
OUTCOME = {"verdict": "accepted", "phase": "done", "said": "ok", "enhanced": "", "queue_id": "q", "refused": []}
OUTCOME |= {"fix": "", "pauses_account": False}


@pytest.fixture
def old(path: Path) -> Path:
    """An outbox of the first version: sent, put into the folder (with and without the mark), queued; #9 forgotten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    first = read_migrations()[0]
    for statement in split_statements(first.sql):
        connection.execute(statement)
    connection.execute("CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
    connection.execute("INSERT INTO migrations VALUES (1, '0001_outbox')")
    connection.execute("PRAGMA application_id = 0x464D4C31")
    connection.execute("PRAGMA user_version = 1")
    said = {1: OUTCOME | {"code": 250}, 2: OUTCOME | {"code": None}, 3: OUTCOME | {"code": None, "in_folder": True}}
    for number in (1, 2, 3, 4, 9):
        _add(connection, number, said.get(number))
    connection.commit()
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("INSERT INTO forgetting VALUES ('lumen-9')")
    connection.execute("DELETE FROM entries WHERE id = 9")
    connection.execute("DELETE FROM forgetting")
    connection.commit()
    connection.close()
    return path


def _add(connection: sqlite3.Connection, number: int, outcome: dict[str, object] | None) -> None:
    content = make_content(number)
    columns = {
        "id": number,
        "application": f"lumen-{number}",
        "kind": "thank_you",
        "round": 1,
        "person": "tom",
        "nth": 1,
        "to_name": "Tom",
        "to_email": "tom@lumen.example",
        "to_domain": "lumen.example",
        "subject": "Thank you",
        "body": "Thank you.\n",
        "wording": "",
        "message_id": f"<{number}@home.example>",
        "refs": "[]",
        "account": "jordan@home.example",
        "mail_from": "Jordan@home.example",
        "rcpt_to": '["tom@lumen.example"]',
        "smtputf8": 0,
        "attached": "[]",
        "content_sha256": fingerprint(content),
        "due_at": AT,
        "ready_at": AT,
        "place": '["America/Chicago", "US", "", "08:30:00", "16:30:00"]',
        "insisted": 0,
        "ignored_rules": "[]",
        "created_at": AT,
        "state": "sent" if outcome else "queued",
        "sent_at": AT if outcome else None,
        "handed_at": AT if outcome else None,
        "outcome": json.dumps(outcome) if outcome else None,
    }
    marks = ", ".join(f":{name}" for name in columns)
    connection.execute(f"INSERT INTO entries ({', '.join(columns)}) VALUES ({marks})", columns)
    connection.execute("INSERT INTO contents VALUES (?, ?)", (number, content))
    line = (number, AT, "added", columns["state"], "")
    connection.execute("INSERT INTO moves (entry_id, at, cause, after, detail) VALUES (?, ?, ?, ?, ?)", line)


def test_what_never_left_is_not_called_sent(old: Path) -> None:
    """Mails in the folder, marked or not, become a state of their own; what was sent and what waits stays so."""
    store = SqliteStore(old)
    states = {entry.id: (entry.state, entry.account) for entry in store.entries()}
    assert states == {
        1: (State.SENT, "jordan@home.example"),
        2: (State.IN_FOLDER, FOLDER),
        3: (State.IN_FOLDER, FOLDER),
        4: (State.QUEUED, "jordan@home.example"),
    }
    assert store.get(3).filed_at == NOW
    assert store.verify() == ()
    store.close()


def test_nothing_is_lost_on_the_way(old: Path) -> None:
    """Bytes and histories are all there, and a number once given out is not given out again."""
    store = SqliteStore(old)
    assert [store.content(number) for number in (1, 2, 3, 4)] == [make_content(number) for number in (1, 2, 3, 4)]
    assert [len(store.transitions(number)) for number in (1, 2, 3, 4)] == [1, 2, 2, 1]
    store.close()
    connection = sqlite3.connect(old)
    assert connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'entries'").fetchone() == (9,)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        connection.execute("DELETE FROM entries WHERE id = 4")
    connection.close()


def test_older_entries_have_no_reason_of_their_step(old: Path) -> None:
    """What was queued before reasons were kept has none; of what was sent it is said that it was, and no more."""
    store = SqliteStore(old)
    assert {entry.why for entry in store.entries()} == {""}
    assert [touch.why for touch in store.history("lumen-1").touches] == ["it was sent from the outbox"]
    store.close()
