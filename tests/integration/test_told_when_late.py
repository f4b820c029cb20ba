"""A mail that did not leave at its moment is told, whatever the reason."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from outbox_samples import WORKER, go

from followup_mail.cli.views.show_today import show_today
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.retry import Pause, decide
from followup_mail.services.applications.pause_application import pause_application
from followup_mail.services.overview.demo import CHICAGO, NEXT_MORNING, SLUG, Clock
from followup_mail.services.undo.undo_step import look_back, take_step_back
from followup_mail.services.undo.undo_words import say_what
from followup_mail.workspace import Workspace


def today(queued: Workspace, capsys: pytest.CaptureFixture[str]) -> str:
    show_today(queued, json=False)
    return capsys.readouterr().out


def test_a_mail_that_nothing_sends_is_told(queued: Workspace, clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody ran anything that sends: today says since when the mail waits, and what to type."""
    clock.shows = NEXT_MORNING
    said = today(queued, capsys)
    assert (
        "#1 to Tom Okafor should have left on Thu 19 Nov 2026, 08:34 in Chicago; nothing has tried to send it yet."
        in said
    )
    assert "followup-mail run\n" in said
    assert "leaves on Thu 19 Nov" not in said


def test_a_mail_that_is_tried_again_is_told(
    queued: Workspace, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """A server puts it off: today says its words, and when it is tried again."""
    clock.shows = NEXT_MORNING
    claim = queued.store.claim(WORKER, go, clock.shows)
    assert isinstance(claim, Claim)
    busy = AttemptResult(Verdict.DEFERRED, Phase.RCPT, "450 4.2.0 greylisted", 450, "4.2.0")
    queued.store.settle(claim, decide(claim.entry, busy, clock.shows, 0), clock.shows)
    said = today(queued, capsys).replace("\n    ", " ")
    assert "#1 to Tom Okafor should have left on Thu 19 Nov 2026, 08:34 in Chicago: 450 4.2.0 greylisted;" in said
    assert "next try Thu 19 Nov 2026, 09:02 in Chicago." in said


def test_a_mail_whose_time_has_passed_is_told(
    queued: Workspace, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """The laptop slept over its last sensible moment: today says so before any run does, and offers a new mail."""
    clock.shows = datetime(2026, 12, 1, 9, 0, tzinfo=CHICAGO)
    said = today(queued, capsys)
    assert "its last sensible moment, Tue 24 Nov 2026, 16:30 in Chicago, has passed" in said.replace("\n    ", " ")
    assert f"followup-mail send {SLUG} thank_you --to tom-okafor" in said


def test_a_mail_that_was_paused_is_not_said_to_be_forgotten(
    queued: Workspace, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once the pause is over, the reason is the pause, not that nothing ran."""
    pause_application(queued, SLUG, datetime(2026, 11, 20, tzinfo=CHICAGO).date())
    clock.shows = NEXT_MORNING + timedelta(days=1)
    said = " ".join(today(queued, capsys).split())
    assert "it was paused then, and leaves with the next run" in said
    assert "nothing has tried" not in said


def test_a_mail_of_this_very_minute_is_not_called_late(
    queued: Workspace, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """Runs in the background come every few minutes: until then nobody is worried."""
    clock.shows = NEXT_MORNING.replace(hour=8, minute=34) + timedelta(minutes=2)
    assert "should have left" not in today(queued, capsys)


def test_a_mail_whose_account_rests_is_told(
    queued: Workspace, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a refused login nothing leaves: today says so, and does not send the user to a run that sends nothing."""
    clock.shows = NEXT_MORNING
    queued.store.pause(Pause("jordan@example.com", "535 5.7.8 wrong", fix="Check the password."), clock.shows)
    said = today(queued, capsys)
    assert "#1 to Tom Okafor should have left on Thu 19 Nov 2026, 08:34 in Chicago; its account rests." in said
    assert "followup-mail run\n" not in said


def test_programs_are_told_too(queued: Workspace, clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON of today lists what is late."""
    clock.shows = NEXT_MORNING
    show_today(queued, json=True)
    assert [one["id"] for one in json.loads(capsys.readouterr().out)["late"]] == [1]


def test_what_was_brought_back_later_is_due_since_then(
    queued: Workspace, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """A cancelled mail that is taken back on a Saturday after its moment: it leaves on Monday, and is late then."""
    acting = Workspace(queued.loaded, queued.clock, command="outbox cancel")
    acting.__dict__["transport"] = queued.transport
    acting.store.cancel(1, clock.shows)
    clock.shows = datetime(2026, 11, 21, 9, 0, tzinfo=CHICAGO)
    step = look_back(acting)
    monday = "#1 to Tom Okafor is queued again, for Mon 23 Nov 2026, 08:30 in Chicago."
    assert any(line.startswith(monday[:-1]) for line in say_what(acting, step))
    assert any(line.startswith(monday[:-1]) for line in say_what(acting, take_step_back(acting, step)))
    assert "#1 to Tom Okafor should have left" not in today(acting, capsys)
    clock.shows = datetime(2026, 11, 23, 9, 0, tzinfo=CHICAGO)
    said = today(acting, capsys)
    assert "#1 to Tom Okafor should have left on Mon 23 Nov 2026, 08:30 in Chicago; nothing has tried" in said
    acting.close()
