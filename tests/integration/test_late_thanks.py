"""A follow-up that was queued before the thank-you left late waits for three working days after it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_mail.cadence.step import Kind, StepId, Touch
from followup_mail.facts.application import Channel
from followup_mail.outbox.pre_send_check import Action
from followup_mail.services.demo import Clock, make_demo_workspace
from followup_mail.services.enqueue import enqueue
from followup_mail.services.fresh_check import make_check
from followup_mail.services.request import Request
from followup_mail.workspace import Workspace

CHICAGO = ZoneInfo("America/Chicago")
FACTS = """
company = "Acme"
role = "Engineer"
country = "US"
time_zone = "America/Chicago"
fit = ["I have moved two teams to streams"]
not_mentioned = ["I also write the on-call handbook"]

[[interviews]]
start = 2026-11-16 11:00:00
duration = "1 h"

[[interviews.people]]
name = "Anna Boss"
role = "hiring manager"
email = "anna@acme.example"
discussed = ["the move to streams"]
"""


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=CHICAGO)


def open_workspace(home: Path) -> Workspace:
    workspace = make_demo_workspace(home, Clock(at("2026-11-19 12:00")))
    workspace.facts.create("acme", FACTS)
    return workspace


def test_a_queued_note_waits_after_late_thanks(tmp_path: Path) -> None:
    """It is not sent the working day after; it waits until three working days have passed, and then leaves."""
    workspace = open_workspace(tmp_path)
    (note,) = enqueue(workspace, Request("acme", Kind.ADDITIONAL_DETAIL)).entries
    assert note.timing.due_at == at("2026-11-23 12:00")
    thanks = StepId("acme", Kind.THANK_YOU, 1, "anna-boss")
    workspace.store.log_touch(Touch(thanks, Channel.EMAIL, at("2026-11-20 09:00")))
    ruling = make_check(workspace, note)(note, workspace.store, at("2026-11-23 12:00"))
    assert (ruling.action, ruling.until) == (Action.POSTPONE, at("2026-11-25 08:30"))
    assert "three working days" in ruling.reason
    assert make_check(workspace, note)(note, workspace.store, at("2026-11-25 08:30")).action is Action.GO


def test_a_moment_of_the_users_own_holds(tmp_path: Path) -> None:
    """Whoever chose the moment is not made to wait."""
    workspace = open_workspace(tmp_path)
    wish = Request("acme", Kind.ADDITIONAL_DETAIL, at="2026-11-23 12:00")
    (note,) = enqueue(workspace, wish).entries
    thanks = StepId("acme", Kind.THANK_YOU, 1, "anna-boss")
    workspace.store.log_touch(Touch(thanks, Channel.EMAIL, at("2026-11-20 09:00")))
    assert make_check(workspace, note)(note, workspace.store, at("2026-11-23 12:00")).action is Action.GO
