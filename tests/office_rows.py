"""Rows of an office, written past the program: for what must hold whoever writes, and where thousands are wanted."""

from __future__ import annotations

from typing import Any

import psycopg

ENTRY: dict[str, Any] = {
    "application": "lumen",
    "kind": "thank_you",
    "round": 1,
    "person": "ada",
    "nth": 1,
    "to_name": "Ada",
    "to_email": "ada@employer.example",
    "to_domain": "employer.example",
    "subject": "Thank you",
    "body": "Dear Ada, thank you.",
    "wording": "",
    "message_id": "<id-1@home.example>",
    "refs": "[]",
    "account": "jordan@home.example",
    "mail_from": "jordan@home.example",
    "rcpt_to": '["ada@employer.example"]',
    "smtputf8": 0,
    "attached": "[]",
    "content_sha256": "0" * 64,
    "due_at": "2026-11-18T15:00:00Z",
    "place": '{"zone": "America/Chicago", "country": "US", "region": ""}',
    "insisted": 0,
    "ignored_rules": "[]",
    "state": "queued",
    "created_at": "2026-11-17T15:00:00Z",
    "ready_at": "2026-11-18T15:00:00Z",
}


def insert_entry(link: psycopg.Connection[Any], candidate: int, number: int, **changes: Any) -> None:
    """Insert one entry as the owner, each for a person of its own."""
    row = ENTRY | {"candidate": candidate, "id": number, "person": f"person-{number}"} | changes
    names = ", ".join(row)
    values = ", ".join(f"%({name})s" for name in row)
    link.execute(f"INSERT INTO followup.entries ({names}) VALUES ({values})".encode(), row)
