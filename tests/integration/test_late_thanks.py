"""A follow-up that was queued before the thank-you left late waits for three working days after it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from changing import replace
from workspace_samples import give_account

from followup_mail.cadence.step import Kind, StepId, Touch
from followup_mail.facts.application import Channel
from followup_mail.outbox.entry import State
from followup_mail.outbox.pre_send_check import Action
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.departures import as_it_leaves
from followup_mail.services.context.fresh_check import make_check
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import Clock, make_demo_workspace
from followup_mail.services.queueing.as_queued import take_queued
from followup_mail.services.queueing.carried_through import find_outdated
from followup_mail.services.queueing.enqueue import enqueue, enqueue_planned
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.services.writing.prepare import prepare
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
    """It yields to nothing but a contact less than three working days before, and not to that by choice."""
    workspace = open_workspace(tmp_path)
    wish = Request("acme", Kind.ADDITIONAL_DETAIL, at="2026-11-23 12:00")
    (note,) = enqueue(workspace, wish).entries
    thanks = StepId("acme", Kind.THANK_YOU, 1, "anna-boss")
    workspace.store.log_touch(Touch(thanks, Channel.EMAIL, at("2026-11-20 09:00")))
    ruling = make_check(workspace, note)(note, workspace.store, at("2026-11-23 12:00"))
    assert (ruling.action, ruling.until) == (Action.POSTPONE, at("2026-11-25 08:30"))
    assert make_check(workspace, note)(note, workspace.store, at("2026-11-25 07:00")).action is Action.GO
    chosen = replace(note, ignored_rules=("FM507",))
    assert make_check(workspace, chosen)(chosen, workspace.store, at("2026-11-23 12:00")).action is Action.GO


DECIDED = FACTS.replace("[[interviews]]", "[said]\ndecision_by = 2026-11-19\n\n[[interviews]]", 1)


def queue_all(home: Path) -> tuple[Workspace, Clock, dict[Kind, int]]:
    """Queue all that is planned after an interview whose decision was to fall three days later."""
    clock = Clock(at("2026-11-16 12:30"))
    workspace = give_account(make_demo_workspace(home, clock))
    workspace.facts.create("acme", DECIDED)
    queued = enqueue_planned(workspace, Request("acme", Kind.THANK_YOU)).entries
    return workspace, clock, {entry.step.kind: entry.id for entry in queued}


def run_at(workspace: Workspace, clock: Clock, moment: str) -> list[int]:
    clock.shows = at(moment)
    return [result.entry.id for result in deliver_once(workspace) if result.entry.state is State.SENT]


def test_what_is_queued_moves_with_the_mail_before_it(tmp_path: Path) -> None:
    """An inquiry that left a week late: the note after it is two weeks later everywhere, and leaves then."""
    workspace, clock, ids = queue_all(tmp_path)
    asked, told = ids[Kind.STATUS_INQUIRY], ids[Kind.ADDITIONAL_DETAIL]
    assert run_at(workspace, clock, "2026-11-16 14:00") == [ids[Kind.THANK_YOU]]
    assert workspace.store.get(told).timing.due_at.date() == date(2026, 12, 7)
    assert run_at(workspace, clock, "2026-11-30 10:00") == [asked]
    plan = open_application(workspace, "acme").plan
    step = next(step for step in plan.steps if step.kind is Kind.ADDITIONAL_DETAIL)
    assert step.at == as_it_leaves(workspace, workspace.store.get(told)).ready_at == at("2026-12-14 10:00")
    assert step.reason == "two weeks after your status inquiry of Mon 30 Nov"
    assert find_outdated(workspace, "acme") == ()
    assert run_at(workspace, clock, "2026-12-07 10:00") == []
    assert "planned for later by now: two weeks after" in workspace.store.get(told).reason
    assert run_at(workspace, clock, "2026-12-14 10:00") == [told]


def test_what_was_done_keeps_the_reason_that_was_true_when_it_left(tmp_path: Path) -> None:
    """The thank-you left on another day than it was queued for: the reason of the inquiry names the day it left."""
    workspace, clock, ids = queue_all(tmp_path)
    assert run_at(workspace, clock, "2026-11-19 10:00") == [ids[Kind.THANK_YOU]]
    assert run_at(workspace, clock, "2026-11-24 10:00") == [ids[Kind.STATUS_INQUIRY]]
    plan = open_application(workspace, "acme").plan
    step = next(step for step in plan.steps if step.kind is Kind.STATUS_INQUIRY)
    assert step.reason == "three working days after your thank-you of Thu 19 Nov"


def test_the_preview_of_a_mail_that_moved_finds_nothing_too_early(tmp_path: Path) -> None:
    """It leaves on the day that the plan has for it, and the reason that is shown is the one of that day."""
    workspace, clock, ids = queue_all(tmp_path)
    run_at(workspace, clock, "2026-11-16 14:00")
    run_at(workspace, clock, "2026-11-30 10:00")
    prepared = prepare(workspace, Request("acme", Kind.ADDITIONAL_DETAIL, even_taken=True)).prepared
    ((shown,), (entry,)) = take_queued(workspace, prepared)
    assert entry.id == ids[Kind.ADDITIONAL_DETAIL]
    assert shown.written.timing.due_at == at("2026-12-14 10:00")
    assert shown.written.why == "two weeks after your status inquiry of Mon 30 Nov"
    assert "FM506" not in {finding.code for finding in shown.findings}
