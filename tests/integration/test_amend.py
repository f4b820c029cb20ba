"""Other words for a queued mail: it stays the mail that later ones go on from, while nobody can have seen it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from outbox_samples import ACCEPTED, GREYLISTED, NO_SUCH_USER, WORKER, go

from followup_mail.cadence.step import Kind
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.pre_send_check import Action
from followup_mail.outbox.retry import decide
from followup_mail.services.context.contact_checks import check_thread
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.edit_entry import reword_entry
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Workspace:
    """A workspace with a thank-you to Priya in the queue, and a second note that goes on from it."""
    workspace = make_demo_workspace(tmp_path, clock)
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("priya",)))
    enqueue(workspace, Request(SLUG, Kind.ADDITIONAL_DETAIL, to=("priya",)))
    clock.shows = NEXT_MORNING
    return workspace


def _reword(workspace: Workspace) -> Entry:
    """Add a sentence to the thank-you."""
    entry = workspace.store.get(1)
    return reword_entry(
        workspace, entry, entry.message.subject, f"{entry.message.text}\nP.S. The diagram helped me.\n", ["FM"]
    )


def _attempt(workspace: Workspace) -> None:
    """Try to send the thank-you; the server puts it off after the intent was recorded."""
    claim = workspace.store.claim(WORKER, go, workspace.now(), only=[1])
    assert isinstance(claim, Claim)
    workspace.store.record_intent(claim, workspace.now())
    workspace.store.settle(claim, decide(claim.entry, GREYLISTED, workspace.now(), 0.5), workspace.now())


def _look(workspace: Workspace) -> Action:
    return check_thread(workspace.store.get(2), workspace.store, workspace.now()).action


def test_an_edited_mail_keeps_its_message_id(workspace: Workspace) -> None:
    """Entry and bytes keep the id, so a queued second note still waits for the mail that it goes on from."""
    before = workspace.store.get(1)
    edited = _reword(workspace)
    assert "diagram" in edited.message.text
    assert edited.message.message_id == before.message.message_id == workspace.store.get(2).message.references[-1]
    ids = re.findall(rb"^Message-ID:\s*(\S+)\r\n", workspace.store.content(1), re.MULTILINE)
    assert ids == [before.message.message_id.encode()]
    assert _look(workspace) is Action.POSTPONE


def test_an_edited_mail_that_was_tried_gets_a_new_id(workspace: Workspace) -> None:
    """Once an intent was recorded, somebody may know the old words by that id: each edit after a try has a new one."""
    ids = [workspace.store.get(1).message.message_id]
    for _ in range(3):
        _attempt(workspace)
        workspace.store.reschedule(1, workspace.store.get(1).timing, workspace.now())
        ids.append(_reword(workspace).message.message_id)
    assert len(set(ids)) == len(ids)
    assert all(one.endswith("@example.com>") for one in ids)
    assert workspace.store.get(1).state is State.QUEUED
    assert _look(workspace) is Action.BLOCK


def test_a_second_note_follows_a_mail_that_has_left(workspace: Workspace) -> None:
    """While the mail that it goes on from is leaving, it waits; once that is sent, nothing holds it back."""
    claim = workspace.store.claim(WORKER, go, workspace.now(), only=[1])
    assert isinstance(claim, Claim)
    workspace.store.record_intent(claim, workspace.now())
    assert _look(workspace) is Action.POSTPONE
    workspace.store.settle(claim, decide(claim.entry, ACCEPTED, workspace.now(), 0.5), workspace.now())
    assert _look(workspace) is Action.GO


def test_a_second_note_does_not_follow_a_mail_that_failed(workspace: Workspace) -> None:
    """A mail that failed, or was cancelled, was never seen: a note that goes on from it would puzzle its reader."""
    claim = workspace.store.claim(WORKER, go, workspace.now(), only=[1])
    assert isinstance(claim, Claim)
    workspace.store.settle(claim, decide(claim.entry, NO_SUCH_USER, workspace.now(), 0.5), workspace.now())
    assert _look(workspace) is Action.BLOCK
    workspace.store.cancel(1, workspace.now())
    assert _look(workspace) is Action.BLOCK
