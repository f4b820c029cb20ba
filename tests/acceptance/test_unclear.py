"""A mail whose sending broke off after the last byte: what a user is told, and what a look into the mailbox does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme
from desk import Desk
from mailboxes import as_user, file_copy, keep_mailbox
from servers import PASSWORD, USER, FaultyServer, hang_up, server_context


@pytest.fixture
def doubtful(interviewed: Desk) -> Desk:
    """Somebody whose mail to Tom was taken or not: the server hung up after the dot."""
    with FaultyServer({"dot": hang_up}).running() as port:
        interviewed.environment |= {
            "FOLLOWUP_SMTP_HOST": "127.0.0.1",
            "FOLLOWUP_SMTP_PORT": str(port),
            "FOLLOWUP_SMTP_SECURITY": "plain",
            "FOLLOWUP_SMTP_AUTH": "none",
        }
        assert interviewed.run("send", "lumen", "thank_you", "--to", "tom", "--yes").returncode == 7
    return interviewed


@contextmanager
def with_mailbox(desk: Desk, tmp_path: Path) -> Iterator[int]:
    """Give the user a mailbox."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with keep_mailbox(server_context(authority.issue_cert("localhost"))) as port:
        desk.environment |= {
            "FOLLOWUP_IMAP_HOST": "localhost",
            "FOLLOWUP_IMAP_PORT": str(port),
            "FOLLOWUP_IMAP_USER": USER,
            "FOLLOWUP_IMAP_PASSWORD": PASSWORD,
            "FOLLOWUP_SMTP_CA_FILE": str(tmp_path / "ca.pem"),
        }
        yield port


def test_unclear_is_told_first_and_never_sent_again(doubtful: Desk) -> None:
    """``today`` names it first with the command to type, a run leaves it alone, and nothing calls it queued."""
    assert "outbox resolve 1 --look" in doubtful.say("today").split("\n\n")[0]
    assert doubtful.json("run") == []
    assert "(unclear)" in doubtful.say("list")
    assert "queued" not in doubtful.say("plan", "lumen").split("Thank-you by mail to Tom")[0]


def test_look_without_a_mailbox(doubtful: Desk) -> None:
    """Without a mailbox the look says what to look for, and changes nothing."""
    told = doubtful.say("outbox", "resolve", "1", "--look")
    assert "tom@lumen.example" in told
    assert "FOLLOWUP_IMAP_HOST" in told
    assert doubtful.json("outbox", "show", "1")["state"] == "unclear"


def test_look_finds_it(doubtful: Desk, tmp_path: Path) -> None:
    """A copy in the Sent folder closes it as sent, and the history says where it was found."""
    raw = doubtful.say("outbox", "show", "1", "--raw").encode()
    with with_mailbox(doubtful, tmp_path) as port:
        with as_user(port, tmp_path / "ca.pem") as theirs:
            file_copy(theirs, "Sent", raw.replace(b"\n", b"\r\n"), datetime.now(UTC))
        assert "'Sent'" in doubtful.run("doctor").stdout
        assert "recorded" in doubtful.say("outbox", "resolve", "1", "--look")
    shown = doubtful.say("outbox", "show", "1", "--history")
    assert "found in the folder 'Sent'" in shown
    assert doubtful.run("outbox", "resolve", "1", "--look").returncode == 8


def test_look_does_not_find_it(doubtful: Desk, tmp_path: Path) -> None:
    """Not found, it stays unclear: exit code 1, both commands to type, and still nothing is sent again by itself."""
    with with_mailbox(doubtful, tmp_path) as port:
        with as_user(port, tmp_path / "ca.pem") as theirs:
            theirs.create_folder("Sent")
        done = doubtful.run("outbox", "resolve", "1", "--look")
    assert done.returncode == 1
    assert "outbox resolve 1 --resend" in done.stdout
    assert "outbox resolve 1 --sent" in done.stdout
    assert doubtful.json("outbox", "show", "1")["state"] == "unclear"


def test_mailbox_out_of_reach(doubtful: Desk) -> None:
    """A mailbox that cannot be reached is told with exit code 10, and the password is not in it."""
    doubtful.environment |= {"FOLLOWUP_IMAP_HOST": "127.0.0.1", "FOLLOWUP_IMAP_PORT": "9"}
    done = doubtful.run("outbox", "resolve", "1", "--look", FOLLOWUP_IMAP_PASSWORD="wrong-secret-7")
    assert done.returncode == 10
    assert "127.0.0.1:9" in done.stderr
    assert "wrong-secret-7" not in done.stdout + done.stderr


def test_mailbox_without_a_password(doubtful: Desk) -> None:
    """That the mailbox has no password is said of the mailbox, with the setting to fill in."""
    doubtful.environment |= {"FOLLOWUP_IMAP_HOST": "127.0.0.1"}
    done = doubtful.run("outbox", "resolve", "1", "--look")
    assert done.returncode == 4
    assert "FOLLOWUP_IMAP_HOST is set, but no password for it." in done.stderr
    assert "FOLLOWUP_IMAP_PASSWORD" in done.stderr
