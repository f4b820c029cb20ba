"""A look that cannot be finished says so, and the next one goes on where it ended."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import trustme
from changing import replace
from mailboxes import as_user, file_copy, keep_mailbox
from servers import PASSWORD, USER, server_context
from workspace_samples import give_account

from followup_mail.mailbox import mail_look, new_mail
from followup_mail.services.mailbox.look_in_mailbox import AccountLook, look_everywhere
from followup_mail.services.overview.demo import DAY_AFTER, Clock, make_demo_workspace
from followup_mail.settings.secret import Secret
from followup_mail.workspace import Workspace

PRIYA = "priya.raman@lumenfreight.example"


@pytest.fixture
def reading(tmp_path: Path) -> Iterator[tuple[Workspace, int]]:
    """Somebody with a mailbox that holds five answers; with its port."""
    authority, clock = trustme.CA(), Clock()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    tls: ssl.SSLContext = server_context(authority.issue_cert("localhost"))
    clock.shows = DAY_AFTER
    workspace = give_account(make_demo_workspace(tmp_path / "home", clock))
    with keep_mailbox(tls) as port:
        way = {"imap_host": "localhost", "imap_port": port, "imap_user": USER, "imap_password": Secret(PASSWORD)}
        settings = replace(workspace.settings, smtp_ca_file=tmp_path / "ca.pem", **way)  # type: ignore[arg-type]
        with as_user(port, tmp_path / "ca.pem") as client:
            for number in range(5):
                file_copy(client, "INBOX", _mail(number), DAY_AFTER)
        yield Workspace(replace(workspace.loaded, settings=settings), clock), port


def _mail(number: int) -> bytes:
    head = (
        f"From: Priya Raman <{PRIYA}>\r\nTo: {USER}\r\nSubject: Note {number}\r\nMessage-ID: <n{number}@x.example>\r\n"
    )
    return f"{head}Date: {DAY_AFTER:%a, %d %b %Y %H:%M:%S} +0000\r\n\r\nCan you call me?\r\n".encode()


def look(workspace: Workspace) -> AccountLook:
    """Look once."""
    (found,) = look_everywhere(workspace)
    return found


def test_more_mail_than_one_look_reads(reading: tuple[Workspace, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look at a full mailbox ends before its last mail, and each further one goes on from there."""
    few = partial(mail_look.LookTerms, limits=mail_look.LookLimits(mails=2))
    monkeypatch.setattr(mail_look, "LookTerms", few)
    looks = [look(reading[0]) for _ in range(3)]
    assert [len(one.new) for one in looks] == [2, 2, 1]
    assert [bool(one.error) for one in looks] == [True, True, False]


def test_an_inbox_that_cannot_be_opened(reading: tuple[Workspace, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """While the inbox cannot be opened nobody has looked: it is an error of the look, and no mail counts as read."""
    monkeypatch.setattr(new_mail, "open_folder", lambda *_: None)
    found = look(reading[0])
    assert found.error is not None
    assert "'INBOX' cannot be opened" in found.error.sentence
    assert reading[0].store.last_look(reading[0].settings.email.lower()).looked_at is None
