"""The copy of a sent mail, in a real mailbox: exactly one, or none and why, and the mail never waits long for it."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from imapclient import IMAPClient
from mailboxes import as_user, file_copy, keep_mailbox
from outbox_samples import NOW, Script, make_content, make_go, make_mail, make_new
from servers import PASSWORD, USER

from followup_mail.delivery.dispatch import NO_COPY, Dispatch, Result, deliver_due
from followup_mail.delivery.smtp_account import Account, Security
from followup_mail.mailbox.sent_copy import PROVEN, REST, CopyTerms, SentCopies
from followup_mail.message.message import Message
from followup_mail.outbox.entry import State
from followup_mail.outbox.lease import name_worker
from followup_mail.outbox.sqlite import SqliteStore


@pytest.fixture
def port(good_tls: ssl.SSLContext) -> Iterator[int]:
    with keep_mailbox(good_tls) as running:
        yield running


@pytest.fixture
def theirs(port: int, ca_file: Path) -> Iterator[IMAPClient]:
    """The mailbox as its own server sees it, with a Sent folder."""
    with as_user(port, ca_file) as client:
        client.create_folder("Sent")
        yield client


def mail(n: int) -> Message:
    return make_mail(n, content=make_content(n))


def account(port: int, ca_file: Path, **more: object) -> Account:
    given = {"user": USER, "secret": lambda: PASSWORD, "ca_file": ca_file, "timeout": 5, "service": "IMAP"}
    return Account("localhost", port, Security.TLS, **(given | more))  # type: ignore[arg-type]


def make_copies(
    port: int, ca_file: Path, sleep: Callable[[float], object] = lambda _: None, **terms: object
) -> SentCopies:
    return SentCopies(CopyTerms(lambda: account(port, ca_file), **terms), sleep=sleep)  # type: ignore[arg-type]


def in_folder(client: IMAPClient, folder: str = "Sent") -> dict[int, dict[bytes, object]]:
    client.select_folder(folder, readonly=True)
    uids = client.search()
    return dict(client.fetch(uids, ["RFC822", "FLAGS", "INTERNALDATE"])) if uids else {}


def test_copy_is_the_mail_itself(port: int, ca_file: Path, theirs: IMAPClient) -> None:
    """The copy has the mail's own bytes, is marked as read, and is filed at the moment of sending."""
    copies = make_copies(port, ca_file)
    assert copies.file(mail(1), NOW) == "a copy was put into the folder 'Sent'"
    copies.close()
    (found,) = in_folder(theirs).values()
    assert found[b"RFC822"] == mail(1).content
    assert b"\\Seen" in found[b"FLAGS"]  # type: ignore[operator]
    theirs.normalise_times = False
    (found,) = in_folder(theirs).values()
    assert found[b"INTERNALDATE"].astimezone(UTC) == NOW.replace(microsecond=0)  # type: ignore[attr-defined]


@pytest.mark.parametrize("patient", [True, False])
def test_copy_that_is_there_stays_the_only_one(port: int, ca_file: Path, theirs: IMAPClient, patient: bool) -> None:
    """Where a copy lies already, whoever put it there, no second one is added."""
    file_copy(theirs, "Sent", mail(1).content, NOW)
    copies = make_copies(port, ca_file, patient=patient)
    assert copies.file(mail(1), NOW) == "its copy is in the folder 'Sent'"
    copies.close()
    assert len(in_folder(theirs)) == 1


def test_server_gets_a_moment(port: int, ca_file: Path, theirs: IMAPClient) -> None:
    """Where nobody knows whether the server files copies, it gets a moment to do so, and then ours is not added."""
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            file_copy(theirs, "Sent", mail(1).content, NOW)

    copies = make_copies(port, ca_file, wait, patient=True)
    assert copies.file(mail(1), NOW) == "its copy is in the folder 'Sent'"
    assert 0 < sum(waits) < 5
    copies.close()
    assert len(in_folder(theirs)) == 1


def test_second_copy_is_taken_back(port: int, ca_file: Path, theirs: IMAPClient) -> None:
    """A server that files its copy after ours is left with its own alone, and other mails are not touched."""
    file_copy(theirs, "Sent", mail(9).content, NOW)
    theirs.select_folder("Sent")
    theirs.add_flags(theirs.search(), [b"\\Deleted"])  # somebody else's mark: an EXPUNGE of all would delete it
    copies = make_copies(port, ca_file, patient=True)
    copies.file(mail(1), NOW)
    file_copy(theirs, "Sent", mail(1).content + b"by the server\r\n", NOW)
    copies.close()
    left = [found[b"RFC822"] for found in in_folder(theirs).values()]
    assert left == [mail(9).content, mail(1).content + b"by the server\r\n"]


def test_server_that_files_late_is_known_the_next_time(port: int, ca_file: Path, theirs: IMAPClient) -> None:
    """Two copies of an earlier mail show that the server files its own late: then none is added any more."""
    for _ in range(2):
        file_copy(theirs, "Sent", mail(1).content, NOW)
    copies = make_copies(port, ca_file, patient=True, earlier=lambda: [mail(1).message_id])
    for n in (2, 3):
        assert copies.file(mail(n), NOW) == f"{NO_COPY}: your mail server files its own, a little later"
    copies.close()
    assert len(in_folder(theirs)) == 2


def test_waits_until_the_server_is_known(port: int, ca_file: Path, theirs: IMAPClient) -> None:
    """Once a copy of ours has stayed alone for a while, the server files none, and no mail waits for it any more."""
    waits, now = [], [0.0]
    copies = SentCopies(
        CopyTerms(lambda: account(port, ca_file), patient=True), monotonic=lambda: now[0], sleep=waits.append
    )
    copies.file(mail(1), NOW)
    assert len(waits) == 2
    now[0] = PROVEN + 1
    for n in (2, 3):
        copies.file(mail(n), NOW)
    assert len(waits) == 2
    copies.close()
    assert len(in_folder(theirs)) == 3


def test_one_connection_for_a_run(good_tls: ssl.SSLContext, ca_file: Path) -> None:
    """A hundred copies need one login, and one that the server has ended meanwhile is opened again."""
    with keep_mailbox(good_tls) as port, as_user(port, ca_file) as theirs:
        theirs.create_folder("Sent")
        asked: list[int] = []

        def counted() -> Account:
            asked.append(1)
            return account(port, ca_file)

        copies = SentCopies(CopyTerms(counted), sleep=lambda _: None)
        for n in range(1, 11):
            assert NO_COPY not in copies.file(mail(n), NOW)
        assert len(asked) == 1
        copies._client.shutdown()  # as a server does that finds a connection idle
        assert NO_COPY not in copies.file(mail(11), NOW)
        assert len(asked) == 2
        copies.close()
        assert len(in_folder(theirs)) == 11


def test_failure_is_not_repeated_at_once(ca_file: Path) -> None:
    """A mailbox that cannot be reached is left alone for a while, and tried again then."""
    asked: list[int] = []
    now = [0.0]

    def counted() -> Account:
        asked.append(1)
        return account(9, ca_file)

    copies = SentCopies(CopyTerms(counted), monotonic=lambda: now[0], sleep=lambda _: None)
    said = [copies.file(mail(n), NOW) for n in (1, 2, 3)]
    assert said[0].startswith(f"{NO_COPY}: The mailbox at localhost:9 cannot be reached")
    assert said[1:] == [f"{NO_COPY}: not tried again so soon after a failure"] * 2
    assert len(asked) == 1
    now[0] = REST + 1
    copies.file(mail(4), NOW)
    assert len(asked) == 2
    copies.close()


def test_mailbox_without_a_sent_folder(port: int, ca_file: Path) -> None:
    """Without a Sent folder there is no copy, and that is said with the folders that there are."""
    copies = make_copies(port, ca_file)
    assert copies.file(mail(1), NOW).startswith(f"{NO_COPY}: The mailbox has no folder for sent mails; it has: INBOX")
    copies.close()


def test_slow_mailbox_does_not_hold_the_mail_up(monkeypatch: pytest.MonkeyPatch, ca_file: Path) -> None:
    """A mailbox that accepts the connection and says nothing is given up when the time for a copy is over."""
    monkeypatch.setattr("followup_mail.mailbox.sent_copy.LONGEST", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:  # the system takes the connection, and nobody answers
        port = server.getsockname()[1]
        silent = Account("127.0.0.1", port, Security.TLS, USER, secret=lambda: PASSWORD, timeout=30, service="IMAP")
        copies = SentCopies(CopyTerms(lambda: silent))
        began = time.monotonic()
        assert copies.file(mail(1), NOW).startswith(NO_COPY)
        assert time.monotonic() - began < 3
        copies.close()


def deliver(path: Path, file_copy: Callable[[Message, object], str] | None) -> list[Result]:
    store = SqliteStore(path / "outbox.sqlite3")
    store.add([make_new(1)], NOW - timedelta(minutes=1))
    dispatch = Dispatch(store, Script(), make_go, name_worker(), lambda: NOW, file_copy=file_copy)
    results = list(deliver_due(dispatch))
    store.close()
    return results


def test_verdict_does_not_depend_on_the_copy(tmp_path: Path) -> None:
    """Whatever goes wrong with the copy, the mail is sent and settled, and its history says that there is none."""

    def fail(*_: object) -> str:
        raise ZeroDivisionError

    (result,) = deliver(tmp_path, fail)
    assert result.entry.state is State.SENT
    assert result.entry.reason.endswith(f"{NO_COPY}: it broke off (ZeroDivisionError)")
    assert result.copy.startswith(NO_COPY)


def test_interruption_during_the_copy(tmp_path: Path) -> None:
    """Ctrl-C while the copy is filed ends the run, and the mail is known as sent."""

    def interrupt(*_: object) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver(tmp_path, interrupt)
    store = SqliteStore(tmp_path / "outbox.sqlite3")
    (entry,) = store.entries()
    store.close()
    assert entry.state is State.SENT
    assert entry.reason.endswith(f"{NO_COPY}: interrupted")


def test_copy_carries_the_date(tmp_path: Path) -> None:
    """What is filed is what was sent, with its Date header."""
    filed: list[Message] = []

    def keep(message: Message, _: object) -> str:
        filed.append(message)
        return "a copy was put into the folder 'Sent'"

    deliver(tmp_path, keep)
    assert b"\r\nDate: " in b"\r\n" + filed[0].content
