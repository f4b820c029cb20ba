"""A row of the outbox that names another recipient than the mail itself."""

from __future__ import annotations

import sqlite3

import pytest

from followup_mail.outbox.entry import State
from followup_mail.services.queueing.verify import verify_outbox
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.workspace import Workspace


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ("rcpt_to = '[\"evil@other.example\"]'", "list of recipients"),
        ("rcpt_to = json_insert(rcpt_to, '$[#]', 'evil@other.example')", "list of recipients"),
        ("to_email = 'evil@other.example'", "recipient"),
        ("mail_from = 'evil@other.example'", "sender"),
        ("message_id = '<x@other.example>'", "Message-ID"),
    ],
)
def test_an_envelope_that_was_changed_is_not_believed(due: Workspace, change: str, part: str) -> None:
    """The message is guarded by its hash and says to whom it goes; a row that differs is found, and nothing is sent."""
    assert verify_outbox(due) == ()
    connection = sqlite3.connect(due.store_path)
    connection.execute(f"UPDATE entries SET {change} WHERE id = 1")
    connection.commit()
    connection.close()
    assert [sentence for sentence in verify_outbox(due) if "#1" in sentence and part in sentence]
    list(deliver_once(due))
    assert due.store.get(1).state is State.FAILED
    assert due.transport.handed == []  # type: ignore[attr-defined]
