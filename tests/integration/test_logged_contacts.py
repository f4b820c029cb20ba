"""What the user did by hand is taken for the step that it was."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_mail.cadence.step import Kind, StepId
from followup_mail.checks import all_rules
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_log import log_and_show
from followup_mail.facts.channels import Channel
from followup_mail.services.by_hand.log_contact import Done, Logged, log_touch
from followup_mail.services.checking.check_application import check_application
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import Clock, make_demo_workspace
from followup_mail.services.queueing.enqueue import enqueue
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
round = 1
start = 2026-11-10 14:00:00
duration = "1 h"

[[interviews.people]]
name = "Anna Boss"
role = "hiring manager"
email = "anna@acme.example"
phone = "+1 312 555 0142"
discussed = ["the move to streams"]
"""
SECOND_ROUND = """
[[interviews]]
round = 2
start = 2026-11-23 14:00:00
duration = "1 h"

[[interviews.people]]
name = "{name}"
email = "{name}@acme.example"
discussed = ["night shifts"]
"""


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=CHICAGO)


def log(workspace: Workspace, moment: str, channel: str = "email", **more: str) -> Logged:
    assert isinstance(workspace.clock, Clock)
    workspace.clock.shows = at(moment)
    return log_touch(workspace, Done("acme", channel, **more))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """One application, with one interview on Tuesday 10 November."""
    workspace = make_demo_workspace(tmp_path, Clock(at("2026-11-10 15:30")))
    workspace.facts.create("acme", FACTS)
    return workspace


@pytest.fixture
def two_rounds(workspace: Workspace) -> Workspace:
    """The same with a second round on Monday 23 November, with Bob only."""
    workspace.facts.create("bolt", FACTS + SECOND_ROUND.format(name="Bob"))
    return workspace


@pytest.mark.parametrize("kind", ["", "thank_you", "additional_detail", "status_inquiry"])
def test_a_round_still_to_come_is_not_meant(workspace: Workspace, kind: str) -> None:
    """A contact before a round is not of that round, whatever its kind: round one is over, round two is not."""
    workspace.facts.create("both", FACTS + SECOND_ROUND.format(name="Anna Boss").replace("Anna Boss@", "anna@"))
    log_touch(workspace, Done("both", "email", "anna", "thank_you"))
    workspace.clock.shows = at("2026-11-16 12:00")  # type: ignore[attr-defined]
    step = log_touch(workspace, Done("both", "email", "anna", kind)).touch.step
    assert (step.round, step.kind) == (1, kind or "additional_detail")


def test_nothing_is_of_an_interview_to_come(workspace: Workspace) -> None:
    """What was done before the first interview is of no round, and its thank-you stays planned."""
    logged = log(workspace, "2026-11-09 12:00", to="anna")
    assert logged.touch.step.round == 0
    assert log(workspace, "2026-11-10 17:30").touch.step == StepId("acme", Kind.THANK_YOU, 1, "anna-boss")


def test_a_mail_is_the_thanks_that_are_owed(workspace: Workspace) -> None:
    """A mail after the thank-you's time is that thank-you all the same, not the note that comes later."""
    logged = log(workspace, "2026-11-16 12:00")
    assert (logged.touch.step.kind, logged.others) == (Kind.THANK_YOU, ())
    assert log(workspace, "2026-11-16 12:01").touch.step.kind is Kind.ADDITIONAL_DETAIL


def test_what_else_it_could_be_is_told(workspace: Workspace) -> None:
    """When a later note is due as well, the user chooses, or is told what else it could have been."""
    logged = log(workspace, "2026-11-18 12:00")
    assert logged.touch.step.kind is Kind.THANK_YOU
    assert [step.kind for step in logged.others] == [Kind.ADDITIONAL_DETAIL]


def test_the_user_chooses(workspace: Workspace) -> None:
    """The step that the user picks of several is the one that is recorded."""
    workspace.clock.shows = at("2026-11-18 12:00")  # type: ignore[attr-defined]
    logged = log_touch(workspace, Done("acme", "email"), lambda steps: steps[-1])
    assert logged.touch.step.kind is Kind.ADDITIONAL_DETAIL
    assert log_touch(workspace, Done("acme", "email", kind="thank_you")).others == ()


def test_a_call_in_place_of_a_mail_is_told_as_a_call(workspace: Workspace) -> None:
    """The plan says by call, and no reason of a mail that was planned for later."""
    log(workspace, "2026-11-12 12:00", "call", to="anna", kind="status_inquiry")
    step = next(step for step in open_application(workspace, "acme").plan.steps if step.kind is Kind.STATUS_INQUIRY)
    assert (step.way, step.reason) == (Channel.PHONE, "you did this")


def test_late_thanks_can_be_written_after_a_round_with_others(two_rounds: Workspace) -> None:
    """Whoever was met in round one only is thanked for that round, also once round two is over."""
    two_rounds.clock.shows = at("2026-11-24 12:00")  # type: ignore[attr-defined]
    (mail,) = prepare(two_rounds, Request("bolt", Kind.THANK_YOU, to=("anna",))).prepared
    assert mail.written.step.id == StepId("bolt", Kind.THANK_YOU, 1, "anna-boss")


def test_on_a_terminal_the_user_is_asked(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number typed says which of the two it was; anything else means the first."""
    monkeypatch.setattr(screen, "is_interactive", lambda: True)
    monkeypatch.setattr(screen, "ask", lambda _: "2\n")
    workspace.clock.shows = at("2026-11-18 12:00")  # type: ignore[attr-defined]
    log_and_show(workspace, Done("acme", "email"), json=False)
    assert [touch.step.kind for touch in workspace.store.touches("acme")] == [Kind.ADDITIONAL_DETAIL]


def test_without_a_terminal_the_other_is_named(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said which step was taken, and how to say that it was the other one."""
    workspace.clock.shows = at("2026-11-18 12:00")  # type: ignore[attr-defined]
    log_and_show(workspace, Done("acme", "email"), json=False)
    told = capsys.readouterr()
    assert "as the thank-you of round 1" in told.out
    assert "followup-mail log acme email --kind additional_detail" in " ".join(told.err.split())


def test_a_call_to_the_second_of_a_panel_comes_in_its_turn(workspace: Workspace) -> None:
    """It is the next of the weekly calls, whoever was to be called: none of the plan is given up, no week is added."""
    other = (
        '\n[[interviews.people]]\nname = "Zoe Cane"\nemail = "zoe@acme.example"\nphone = "+1 312 555 0143"\n'
        'discussed = ["the depot"]\n'
    )
    workspace.facts.create("weekly", f'cadence = "weekly-calls"\n{FACTS}{other}')
    for moment, whom in (("2026-11-17 15:00", "anna"), ("2026-11-18 12:00", "zoe")):
        workspace.clock.shows = at(moment)  # type: ignore[attr-defined]
        log_touch(workspace, Done("weekly", "call", whom, reached=False))
    calls = [step for step in open_application(workspace, "weekly").plan.steps if step.kind is Kind.STATUS_INQUIRY]
    assert [(step.id.nth, step.state) for step in calls[:3]] == [(1, "done"), (2, "done"), (3, "upcoming")]
    assert calls[2].due_at == at("2026-12-01 15:00")


@pytest.mark.parametrize(("first", "second"), [(False, True), (True, True), (True, False), (False, False)])
def test_two_calls_of_one_day_are_one_weekly_call(workspace: Workspace, first: bool, second: bool) -> None:
    """Whoever calls back on the same day has made the call of that week and takes no second one. Towards the
    three that reach somebody, and the five attempts, both count."""
    workspace.facts.create("weekly", f'cadence = "weekly-calls"\n{FACTS}')
    for moment, reached in (("2026-11-17 15:00", first), ("2026-11-17 16:30", second)):
        workspace.clock.shows = at(moment)  # type: ignore[attr-defined]
        log_touch(workspace, Done("weekly", "call", "anna", reached=reached))
    calls = [step for step in open_application(workspace, "weekly").plan.steps if step.kind is Kind.STATUS_INQUIRY]
    assert [(step.id.nth, step.state) for step in calls[:2]] == [(1, "done"), (2, "upcoming")]
    assert (calls[0].note == "") is (first or second)
    assert calls[1].due_at == at("2026-11-24 16:30")
    assert len(calls) == 1 + min(3 - first - second, 5 - 2)
    workspace.clock.shows = at("2026-11-24 17:00")  # type: ignore[attr-defined]
    assert log_touch(workspace, Done("weekly", "call", "anna")).touch.step.nth == 2


def test_what_was_done_on_its_day_keeps_the_reason_of_the_plan(workspace: Workspace) -> None:
    """Hours before the moment of the plan is no other day."""
    log(workspace, "2026-11-10 17:30")
    log(workspace, "2026-11-17 12:00", kind="additional_detail")
    step = next(step for step in open_application(workspace, "acme").plan.steps if step.kind is Kind.ADDITIONAL_DETAIL)
    assert step.reason == "one week after your interview on Tue 10 Nov"


def test_a_queued_mail_that_a_call_took_the_place_of_is_not_checked(workspace: Workspace) -> None:
    """It does not leave any more, so there is nothing to check in it."""
    (entry,) = enqueue(workspace, Request("acme", Kind.THANK_YOU)).entries
    named = f"({entry.label}, queued)"
    assert any(named in mail.name for mail in check_application(workspace, "acme", all_rules()).mails)
    log(workspace, "2026-11-10 15:40", "call", kind="thank_you")
    assert not any(named in mail.name for mail in check_application(workspace, "acme", all_rules()).mails)
