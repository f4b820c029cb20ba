"""What a run says at its end is how things stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from changing import replace
from workspace_samples import give_account

from followup_mail.cadence.step import Kind
from followup_mail.cli.views.run_view import run_and_show, telling
from followup_mail.cli.views.show_today import show_today
from followup_mail.delivery.dispatch import Result
from followup_mail.errors import OutboxError
from followup_mail.outbox.retry import Pause
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.services.sending.run_due import follow
from followup_mail.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Thank-yous are queued, and their morning has come."""
    clock = Clock()
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU))
    clock.shows = NEXT_MORNING
    return workspace


def test_what_rests_is_not_called_nothing(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """After a refused login a run does not say that nothing is queued."""
    workspace.store.pause(Pause("jordan@example.com", "535 5.7.8 wrong"), workspace.now())
    run_and_show(workspace, watch=False, limit=None, json=False)
    said = capsys.readouterr().out
    assert "nothing is queued" not in said
    assert "nothing leaves by itself for now: #1, #2, #3. See `followup-mail today`" in said


def test_a_home_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The disk with the home folder is missing: neither today nor a run sounds as if all were well."""
    workspace = make_demo_workspace(tmp_path / "here", Clock())
    away = Workspace(replace(workspace.loaded, home=tmp_path / "away", places={"home": "environment"}), workspace.clock)
    run_and_show(away, watch=False, limit=None, json=False)
    show_today(away, json=False)
    assert capsys.readouterr().out.count(f"the home folder {tmp_path / 'away'} is not there") == 2
    assert not away.home.exists()


def break_after(results: Iterator[Result], count: int) -> Iterator[Result]:
    for _ in range(count):
        yield next(results)
    raise OutboxError("The disk is full.")


@pytest.mark.parametrize("as_json", [False, True])
def test_what_left_before_the_outbox_gave_up_is_told(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    """Into a pipe too: two mails left, then the disk was full; both are named."""
    with pytest.raises(OutboxError), telling(workspace, as_json) as tell:
        follow(break_after(deliver_once(workspace), 2), tell)
    said = capsys.readouterr().out
    if as_json:
        assert [one["id"] for one in json.loads(said)] == [1, 2]
    else:
        assert "#1" in said
        assert "#2" in said
