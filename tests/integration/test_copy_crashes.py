"""Killed around the copy: in the Sent folder lies one copy or none, never two, and the mail is sent or unclear."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from crash_child import die, smtp
from crash_play import KILLED, check, end, fill, look, start
from crash_server import Counting
from imapclient import IMAPClient
from mailboxes import as_user, keep_mailbox
from outbox_samples import NOW, make_go
from servers import PASSWORD, USER

from followup_mail.delivery.dispatch import Dispatch, deliver_due
from followup_mail.delivery.smtp_account import Account, Security
from followup_mail.mailbox.imap_client import BoundedClient
from followup_mail.mailbox.sent_copy import CopyTerms, SentCopies
from followup_mail.outbox.entry import State
from followup_mail.outbox.lease import name_worker
from followup_mail.outbox.sqlite import SqliteStore

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")

POINTS = ("before the login", "before the look", "before the copy", "after the copy", "never")


def send_with_copy(path: Path, port: int, mailbox: tuple[int, Path], point: str) -> None:
    """Send what is due and file copies, as ``followup-mail run`` does; die at the point."""
    lie_in_wait(point)
    imap_port, ca_file = mailbox
    account = Account("localhost", imap_port, Security.TLS, USER, secret=lambda: PASSWORD, ca_file=ca_file)
    copies = SentCopies(CopyTerms(lambda: account))
    transport, store = smtp(port), SqliteStore(path)
    list(deliver_due(Dispatch(store, transport, make_go, name_worker(), lambda: NOW, file_copy=copies.file)))
    copies.close()
    transport.close()
    store.close()


def lie_in_wait(point: str) -> None:
    """Die at the point."""

    def dying(method: Callable[..., Any], after: bool) -> Callable[..., Any]:
        def act(*given: Any, **named: Any) -> Any:
            if not after:
                die()
            method(*given, **named)
            die()

        return act

    spots = {
        "before the login": ("plain_login", False),
        "before the look": ("search", False),
        "before the copy": ("append", False),
        "after the copy": ("append", True),
    }
    if point in spots:
        name, after = spots[point]
        setattr(BoundedClient, name, dying(getattr(IMAPClient, name), after))


@pytest.fixture
def mailbox(good_tls: ssl.SSLContext, ca_file: Path) -> Iterator[tuple[int, Path]]:
    with keep_mailbox(good_tls) as port:
        with as_user(port, ca_file) as theirs:
            theirs.create_folder("Sent")
        yield port, ca_file


def count_copies(mailbox: tuple[int, Path], message_id: str) -> int:
    with as_user(*mailbox) as theirs:
        theirs.select_folder("Sent", readonly=True)
        return len(theirs.search(["HEADER", "Message-ID", message_id]))


@pytest.mark.parametrize("point", POINTS)
def test_killed_around_the_copy(
    fast_path: Path, server: tuple[Counting, int], mailbox: tuple[int, Path], point: str
) -> None:
    """At each point the server has the mail once, the outbox is not wrong about it, and there is at most one copy."""
    (counting, port), path = server, fast_path / "outbox.sqlite3"
    fill(path, 2)
    code = end(start(send_with_copy, path, port, mailbox, point))
    entries = look(path)
    check(counting, entries, kills=1)
    assert code == (0 if point == "never" else KILLED)
    assert entries[0].state is (State.SENT if point == "never" else State.UNCLEAR)
    first = entries[0].message.message_id
    assert count_copies(mailbox, first) == (1 if point in {"after the copy", "never"} else 0)


def test_sent_again_after_a_crash(fast_path: Path, server: tuple[Counting, int], mailbox: tuple[int, Path]) -> None:
    """When the user has a mail sent again whose copy was filed before the crash, its copy stays the only one."""
    (counting, port), path = server, fast_path / "outbox.sqlite3"
    fill(path, 1)
    assert end(start(send_with_copy, path, port, mailbox, "after the copy")) == KILLED
    (entry,) = look(path)
    store = SqliteStore(path)
    store.resolve(entry.id, was_sent=False, now=NOW)
    store.close()
    assert end(start(send_with_copy, path, port, mailbox, "never")) == 0
    (entry,) = look(path)
    assert entry.state is State.SENT
    assert entry.reason.endswith("its copy is in the folder 'Sent'")
    assert count_copies(mailbox, entry.message.message_id) == 1
    assert counting.taken[entry.message.message_id] == 2  # the user's own word
