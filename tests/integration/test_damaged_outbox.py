"""A damaged or shut outbox: what can be saved is saved, what can be told is told."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from followup_mail.cadence.step import Kind
from followup_mail.cli.views.show_entries import list_and_show
from followup_mail.errors import OutboxError
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.services.context.request import Request
from followup_mail.services.health import doctor
from followup_mail.services.overview.demo import SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.queueing.export_outbox import export_outbox
from followup_mail.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Thank-yous to all three are queued, and nobody has the file open."""
    workspace = make_demo_workspace(tmp_path, Clock())
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU))
    workspace.store.close()
    del workspace.__dict__["store"]
    return workspace


def zero_page_with(path: Path, words: bytes) -> None:
    """Do what a failing disk does: a page of the file that holds ``words`` comes back empty."""
    content = bytearray(path.read_bytes())
    page = content.index(words) // 4096 * 4096
    content[page : page + 4096] = bytes(4096)
    path.write_bytes(content)


def test_an_export_saves_what_can_be_read(workspace: Workspace, tmp_path: Path) -> None:
    """One mail is damaged: the others are written out whole, and what is known of the damaged one too."""
    zero_page_with(workspace.store_path, b"MIME-Version")
    exported, folder = export_outbox(workspace, str(tmp_path / "saved"))
    lost = {one.entry.id for one in exported if not one.content}
    assert len(exported) == 3
    assert lost
    written = {int(one.stem) for one in folder.glob("*.eml")}
    assert written == {one.entry.id for one in exported} - lost
    text = (folder / "entries.json").read_text("utf-8")
    assert all(one.entry.message.subject in text for one in exported)


@pytest.mark.skipif(os.name != "posix", reason="rights are other ones there")
def test_a_file_made_read_only_stays_so(workspace: Workspace) -> None:
    """Who took the right to write away meant it; only the rights of others are taken away unasked."""
    workspace.store_path.chmod(0o444)
    with pytest.raises(OutboxError, match="read-only") if os.geteuid() else closing(workspace.store):
        SqliteStore(workspace.store_path).close()
    assert workspace.store_path.stat().st_mode & 0o777 == 0o400


def test_what_is_there_can_be_listed_while_another_program_writes(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mail of a dead run cannot be freed just now; the list is shown all the same."""
    workspace.__dict__["store"] = SqliteStore(workspace.store_path, busy_after=0)
    with closing(sqlite3.connect(workspace.store_path, isolation_level=None)) as other:
        other.execute(
            "UPDATE entries SET state = 'sending', claimed_by = 'gone:1:aa', lease_until = due_at WHERE id = 1"
        )
        other.execute("BEGIN IMMEDIATE")
        list_and_show(workspace, "", every=False, json=False)
    assert "#1" in capsys.readouterr().out


def test_a_login_that_works_is_not_blamed_for_the_outbox(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The outbox is damaged and the server is well: doctor says no to the one and yes to the other."""
    monkeypatch.setattr(Workspace, "leaves_machine", True)
    monkeypatch.setattr(Workspace, "check_login", lambda _: AttemptResult(Verdict.ACCEPTED, Phase.LOGIN))
    monkeypatch.setitem(
        workspace.__dict__, "account", type("A", (), {"host": "localhost", "port": 1, "security": "tls"})()
    )
    workspace.store_path.write_bytes(b"no database at all, and longer than a header" * 9)
    found = {one.what: one for one in doctor.check_setup(workspace)}
    assert not found["outbox"].ok
    assert found["mail server"].ok
