"""What changed in the facts after a mail was queued is seen before it leaves."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from changing import replace
from outbox_samples import FakeContext, make_entry
from workspace_samples import give_account

from followup_mail.cadence.step import Kind, StepId
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.pre_send_check import GO, Action
from followup_mail.services.context.fresh_check import judge_by_days, judge_by_interview, make_check
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import (
    DAY_AFTER,
    NEXT_MORNING,
    REJECTION_CAME,
    SLUG,
    Clock,
    make_demo_workspace,
)
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.services.writing.prepare import prepare
from followup_mail.workspace import Workspace

Change = Callable[[str], str]


@pytest.fixture
def leave(tmp_path: Path) -> Callable[[Change], Entry]:
    """Queue a thank-you to Tom, change the text of the facts, deliver, and return the entry as it is then."""

    def queue_change_deliver(change: Change) -> Entry:
        clock = Clock()
        workspace = give_account(make_demo_workspace(tmp_path, clock))
        enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("tom",)))
        path = workspace.facts.path(SLUG)
        path.write_text(change(path.read_text("utf-8")), "utf-8")
        clock.shows = NEXT_MORNING
        return next(iter(deliver_once(workspace))).entry

    return queue_change_deliver


def _replace(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


@pytest.mark.parametrize(
    ("change", "told", "advised"),
    [
        (_replace("start = 2026-11-18", "start = 2026-11-25"), "begins on Wed 25 Nov 2026", "after the interview"),
        (_replace("round = 1", "round = 2"), "not in the facts any more", "after the interview"),
        (_replace("Tom Okafor", "Tomas Okafor"), "nobody called 'tom-okafor'", "put the name back"),
        (_replace("tom.okafor@", "tomas.okafor@"), "tom.okafor@lumenfreight.example is not in the facts", "put the"),
        (_replace('company = "', 'company = 3 # "'), "cannot be read", "Fix it"),
    ],
    ids=["postponed", "called off", "renamed", "new address", "broken"],
)
def test_a_mail_that_no_longer_fits_the_facts_stays(
    leave: Callable[[Change], Entry], change: Change, told: str, advised: str
) -> None:
    """It is not sent; the user is told why, and what would help."""
    entry = leave(change)
    assert entry.state is State.FAILED
    assert told in entry.reason
    assert advised in entry.fix


def test_a_mail_that_still_fits_leaves(leave: Callable[[Change], Entry]) -> None:
    """A change that does not concern the mail does not keep it back."""
    assert leave(_replace("Elena Petrova", "Elena Ivanova")).state is State.SENT


SECOND_ROUND = """
[[interviews]]
round = 2
start = 2026-11-25 14:00:00
duration = "45 min"
format = "video"

[[interviews.people]]
name = "Dr. Priya Raman"
email = "priya.raman@lumenfreight.example"
"""


@pytest.mark.parametrize(("ignored", "state"), [("FM502", State.CANCELLED), ("FM504", State.SENT)])
def test_to_ignore_one_objection_is_not_to_ignore_another(tmp_path: Path, ignored: str, state: State) -> None:
    """Who chose to go over the limit did not choose to go on when they have answered meanwhile."""
    clock = Clock()
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    asked = Request(SLUG, Kind.ADDITIONAL_DETAIL, ("priya",), at="thu 9:00", ignore=("FM501", ignored))
    enqueue(workspace, asked)
    workspace.facts.path(SLUG).write_text(f"{workspace.facts.path(SLUG).read_text('utf-8')}{SECOND_ROUND}", "utf-8")
    clock.shows = NEXT_MORNING
    entry = next(iter(deliver_once(workspace))).entry
    assert entry.state is state
    assert state is State.SENT or "they have answered: round 2" in entry.reason


def test_a_rule_that_is_gone_keeps_no_mail_back(tmp_path: Path) -> None:
    """A mail that was queued with ``--ignore`` of a rule that this version does not have still leaves."""
    clock = Clock()
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("tom",)))
    with closing(sqlite3.connect(workspace.store_path)) as outbox, outbox:
        outbox.execute("UPDATE entries SET ignored_rules = ?", ['["FM699,FM301", "a-rule-of-old"]'])
    clock.shows = NEXT_MORNING
    assert next(iter(deliver_once(workspace))).entry.state is State.SENT


@pytest.mark.parametrize(
    ("change", "state", "told"),
    [
        ('outcome.status = "rejected"', State.CANCELLED, "outcome: rejected"),
        ('outcome.status = "offer"', State.CANCELLED, "outcome: offer"),
        ('outcome.status = "withdrawn"', State.CANCELLED, "outcome: withdrawn"),
        ('outcome.status = "replied"', State.QUEUED, "they replied"),
        ('outcome.status = "waiting"', State.SENT, ""),
    ],
)
def test_what_came_of_the_application_decides(
    leave: Callable[[Change], Entry], change: str, state: State, told: str
) -> None:
    """An answer that was only written into the facts stops a queued mail like one that was told to the program."""
    entry = leave(lambda text: f"{change}\n{text}")
    assert entry.state is state
    assert told in (entry.held or entry.reason)


def test_who_asks_for_no_contact_gets_none(leave: Callable[[Change], Entry]) -> None:
    """A wish for silence that came after queueing keeps the mail back."""
    entry = leave(_replace("[said]", "[said]\ncontact = false"))
    assert (entry.state, entry.reason) == (State.FAILED, "they asked for no contact")


def test_an_answer_to_a_rejection_leaves_only_while_it_stands(tmp_path: Path) -> None:
    """A rejection that was taken back is not thanked for; one that stands is, although it ends everything else."""
    for folder, status, state in (("a", "rejected", State.SENT), ("b", "waiting", State.CANCELLED)):
        clock = Clock()
        workspace = give_account(make_demo_workspace(tmp_path / folder, clock))
        clock.shows = REJECTION_CAME
        path = workspace.facts.path(SLUG)
        facts = path.read_text("utf-8")
        by = 'outcome.by = "priya.raman@lumenfreight.example"\n'
        path.write_text(f'outcome.status = "rejected"\n{by}{facts}', "utf-8")
        enqueue(workspace, Request(SLUG, Kind.REJECTION_THANKS, ("priya",), at="tue 9:00", ignore=("FM",)))
        path.write_text(f'outcome.status = "{status}"\n{by if status == "rejected" else ""}{facts}', "utf-8")
        clock.shows = DAY_AFTER
        assert next(iter(deliver_once(workspace))).entry.state is state


@pytest.mark.parametrize(("ignored", "state"), [((), State.FAILED), (("FM503",), State.SENT)])
def test_a_wish_for_a_call_keeps_back_what_presses(tmp_path: Path, ignored: tuple[str, ...], state: State) -> None:
    """Asked for calls since, an inquiry by mail stays, unless the user chose to ignore such wishes when queueing it."""
    clock = Clock()
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    enqueue(workspace, Request(SLUG, Kind.STATUS_INQUIRY, ("priya",), at="thu 9:00", ignore=("FM501", *ignored)))
    path = workspace.facts.path(SLUG)
    path.write_text(path.read_text("utf-8").replace('channel = "email"', 'channel = "phone"\ncalls = true'), "utf-8")
    clock.shows = NEXT_MORNING
    entry = next(iter(deliver_once(workspace))).entry
    assert (entry.state, "phone" in entry.reason) == (state, state is State.FAILED)


def test_who_wrote_the_rejection_may_be_thanked_though_not_among_the_people(tmp_path: Path) -> None:
    """The address that a rejection came from is known by the outcome alone."""
    clock = Clock()
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    clock.shows = REJECTION_CAME
    path = workspace.facts.path(SLUG)
    outcome = 'outcome.status = "rejected"\noutcome.by = "jobs@lumenfreight.example"\n'
    path.write_text(f"{outcome}{path.read_text('utf-8')}", "utf-8")
    enqueue(workspace, Request(SLUG, Kind.REJECTION_THANKS, at="tue 9:00", ignore=("FM",)))
    clock.shows = DAY_AFTER
    entry = next(iter(deliver_once(workspace))).entry
    assert (entry.message.to.email, entry.state) == ("jobs@lumenfreight.example", State.SENT)


def test_only_a_thank_you_needs_its_interview(tmp_path: Path) -> None:
    """Other kinds speak of no interview: a check whether the application arrived has none to look for."""
    application = make_demo_workspace(tmp_path, Clock()).facts.load(SLUG)
    thanks = make_entry()
    check = replace(thanks, step=StepId(SLUG, Kind.APPLICATION_CHECK, 0, "tom-okafor"))
    assert judge_by_interview(check, application, NEXT_MORNING) == GO
    later = replace(thanks, step=StepId(SLUG, Kind.THANK_YOU, 2, "tom-okafor"))
    assert judge_by_interview(later, application, NEXT_MORNING).action is Action.BLOCK


def test_yesterday_is_said_only_where_it_leaves_at_once(tmp_path: Path) -> None:
    """What is sent now may say "yesterday"; what waits says the weekday."""
    workspace = make_demo_workspace(tmp_path, Clock(NEXT_MORNING))
    request = Request(SLUG, Kind.THANK_YOU, to=("tom",), wording="short_note", at="now")
    (waits,) = prepare(workspace, request).prepared
    (leaves,) = prepare(workspace, replace(request, at_once=True)).prepared
    assert "on Wednesday" in waits.written.draft.subject
    assert "yesterday" in leaves.written.draft.subject
    assert [finding.code for finding in leaves.findings if finding.code == "FM206"] == []


@pytest.mark.parametrize(("days", "action"), [(0, Action.GO), (1, Action.BLOCK)])
def test_a_mail_that_says_yesterday_does_not_leave_a_day_later(tmp_path: Path, days: int, action: Action) -> None:
    """A mail that was kept up over midnight is stopped, and the reason names the day of the interview."""
    workspace = make_demo_workspace(tmp_path, Clock(NEXT_MORNING))
    request = Request(SLUG, Kind.THANK_YOU, to=("tom",), wording="short_note", at="now", at_once=True)
    (entry,) = enqueue(workspace, request).entries
    ruling = judge_by_days(entry, workspace.facts.load(SLUG), NEXT_MORNING + timedelta(days=days))
    assert ruling.action is action
    assert ("18 November" in ruling.reason) == (action is Action.BLOCK)
    ignored = replace(entry, ignored_rules=("FM206",))
    assert judge_by_days(ignored, workspace.facts.load(SLUG), NEXT_MORNING + timedelta(days=days)) == GO


def test_an_account_is_held_to_what_its_provider_allows(tmp_path: Path) -> None:
    """At Gmail the day ends after 500 mails, whatever number the settings allow; elsewhere the settings count."""
    workspace = make_demo_workspace(tmp_path, Clock(NEXT_MORNING))
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, to=("tom",)))
    entry = workspace.store.get(1)
    entry = replace(entry, message=replace(entry.message, mail_from="jordan@gmail.com"))
    handed = tuple(NEXT_MORNING - timedelta(hours=23) + timedelta(minutes=n) for n in range(500))
    context = FakeContext(workspace.store.history(SLUG), handed)
    for host, most, verb in (
        ("SMTP.gmail.com", 2000, Action.PAUSE),
        ("mail.example", 2000, Action.GO),
        ("x", 500, Action.PAUSE),
    ):
        settings = replace(workspace.settings, smtp_host=host, per_day=most, email="jordan@gmail.com")
        check = make_check(Workspace(replace(workspace.loaded, settings=settings), workspace.clock), entry)
        assert check(entry, context, NEXT_MORNING).action is verb, host
