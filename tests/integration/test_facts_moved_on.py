"""What the user put right in the facts after a mail was queued counts when it is to leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from workspace_samples import give_account

from followup_mail.cadence.step import Kind
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import CHICAGO, NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.sending.deliver import deliver_once

SECOND_NOTE_DAY = datetime(2026, 11, 25, 15, 0, tzinfo=CHICAGO)

Leave = Callable[[Kind, str, str, datetime], Entry]


@pytest.fixture
def leave(tmp_path: Path) -> Leave:
    """Queue a mail to Priya, replace a part of the facts, deliver at a moment, and return the entry as it is then."""

    def queue_change_deliver(kind: Kind, old: str, new: str, at: datetime) -> Entry:
        clock = Clock()
        workspace = give_account(make_demo_workspace(tmp_path, clock))
        enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("priya",)))
        if kind is not Kind.THANK_YOU:
            clock.shows = NEXT_MORNING
            list(deliver_once(workspace))
            enqueue(workspace, Request(SLUG, kind))
        path = workspace.facts.path(SLUG)
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        clock.shows = at
        return next(iter(deliver_once(workspace))).entry

    return queue_change_deliver


def test_a_mail_stays_when_they_asked_for_calls_since(leave: Leave) -> None:
    """Who asks to be followed up by phone gets no mail that was queued before."""
    entry = leave(Kind.ADDITIONAL_DETAIL, 'channel = "email"', 'channel = "phone"', SECOND_NOTE_DAY)
    assert (entry.state, entry.reason) == (State.FAILED, "they asked to be followed up by phone")
    assert f"`followup-mail plan {SLUG}`" in entry.fix


def test_thanks_leave_whatever_channel_they_asked_for(leave: Leave) -> None:
    """The channel is about follow-ups that press for an answer, not about thanks."""
    assert leave(Kind.THANK_YOU, 'channel = "email"', 'channel = "phone"', NEXT_MORNING).state is State.SENT


def test_a_mail_waits_for_the_morning_where_they_really_are(leave: Leave) -> None:
    """They turn out to sit in Tokyo: the mail does not arrive there in the middle of the night."""
    entry = leave(Kind.THANK_YOU, "America/Chicago", "Asia/Tokyo", NEXT_MORNING)
    assert entry.state is State.QUEUED
    tokyo = ZoneInfo("Asia/Tokyo")
    assert entry.ready_at.astimezone(tokyo) == datetime(2026, 11, 20, 8, 30, tzinfo=tokyo)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    """Somebody who renamed the facts file is told which name it should have again."""
    clock = Clock()
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("priya",)))
    path = workspace.facts.path(SLUG)
    path.rename(path.with_name("lumen.toml"))
    clock.shows = NEXT_MORNING + timedelta(minutes=1)
    entry = next(iter(deliver_once(workspace))).entry
    assert str(path) in entry.reason
    assert "renamed" in entry.fix
