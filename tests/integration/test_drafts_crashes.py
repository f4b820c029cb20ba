"""Killed while a draft is put into the mailbox: the next run completes it, it lies there once, and nothing is sent."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from changing import replace
from crash_play import KILLED, end, start
from mailboxes import as_user, keep_mailbox
from servers import PASSWORD, USER
from test_copy_crashes import lie_in_wait
from workspace_samples import with_script

from followup_mail.cadence.step import Kind
from followup_mail.outbox.draft_changes import LEASE
from followup_mail.services.context.request import Request
from followup_mail.services.mailbox.put_in_drafts import complete_drafts, put_in_drafts
from followup_mail.services.overview.demo import SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.settings.secret import Secret
from followup_mail.workspace import Workspace

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")

POINTS = ("before the login", "before the look", "before the copy", "after the copy")


def reopen(workspace: Workspace, mailbox: tuple[int, Path]) -> Workspace:
    port, ca_file = mailbox
    own: dict[str, Any] = {"imap_host": "localhost", "imap_port": port, "imap_user": USER, "smtp_host": "mail.example"}
    settings = replace(workspace.settings, imap_password=Secret(PASSWORD), smtp_ca_file=ca_file, **own)
    return with_script(workspace, settings)


def put(home: Path, mailbox: tuple[int, Path], point: str) -> None:
    """Put the queued mail into the Drafts folder, and die at the point."""
    from followup_mail.settings.load_settings import Loaded
    from followup_mail.settings.table import Settings

    own = Settings(name="Jordan Example", email="jordan@example.com", time_zone="America/Chicago")
    workspace = reopen(Workspace(Loaded(own, home, {}), Clock()), mailbox)
    lie_in_wait(point)
    put_in_drafts(workspace, (1,))


@pytest.fixture
def mailbox(good_tls: ssl.SSLContext, ca_file: Path) -> Iterator[tuple[int, Path]]:
    with keep_mailbox(good_tls) as port:
        with as_user(port, ca_file) as theirs:
            theirs.create_folder("Drafts")
        yield port, ca_file


@pytest.mark.parametrize("point", POINTS)
def test_killed_while_it_is_put_there(fast_path: Path, clock: Clock, mailbox: tuple[int, Path], point: str) -> None:
    """At each point: not due for any run in between, and afterwards one draft."""
    workspace = reopen(make_demo_workspace(fast_path, clock), mailbox)
    (entry,) = enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("tom",))).entries
    workspace.close()
    assert end(start(put, fast_path, mailbox, point)) == KILLED
    workspace = reopen(workspace, mailbox)
    clock.shows = entry.timing.due_at + LEASE
    assert workspace.store.first_due(clock.shows + timedelta(days=1), None) is None
    (done,) = complete_drafts(workspace)
    assert done.in_drafts
    with as_user(*mailbox) as theirs:
        theirs.select_folder("Drafts", readonly=True)
        assert len(theirs.search()) == 1
    workspace.close()
