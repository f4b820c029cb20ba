"""What is displayed happens: a queued mail that does not leave says so everywhere at once, and is no contact."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from workspace_samples import give_account

from followup_mail.cadence.step import Kind, StepState
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.applications.pause_application import pause_application
from followup_mail.services.by_hand.log_contact import Done, log_touch
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.departures import find_next_departure, foresee_departures
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import CHICAGO, SLUG, Clock, make_demo_workspace
from followup_mail.services.overview.today import look_at_today
from followup_mail.services.overview.urgent_first import list_headlines
from followup_mail.services.queueing.carried_through import find_outdated, rewrite
from followup_mail.services.queueing.change_entry import cancel, retry
from followup_mail.services.queueing.enqueue import QueueTerms, enqueue_planned, enqueue_prepared
from followup_mail.services.queueing.outbox_list import list_entries
from followup_mail.services.queueing.way_out import find_way_out
from followup_mail.services.sending.run_due import has_failed, run_once
from followup_mail.services.writing.prepare import prepare
from followup_mail.workspace import Workspace

AFTER_LUNCH = datetime(2026, 11, 18, 15, 30, tzinfo=CHICAGO)


@pytest.fixture
def clock() -> Clock:
    """A clock to be turned on."""
    return Clock(AFTER_LUNCH)


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Workspace:
    """The demonstration with all mails of its plan queued, and an account that sends them nowhere."""
    made = give_account(make_demo_workspace(tmp_path, clock))
    enqueue_planned(made, Request(SLUG, None))
    return made


def find(workspace: Workspace, kind: Kind) -> Entry:
    """Return the mail of a kind that goes on from another, or the first of them."""
    found = [entry for entry in workspace.store.entries() if entry.step.kind is kind]
    return next((entry for entry in found if entry.message.references), found[0])


def run_to(workspace: Workspace, clock: Clock, until: datetime) -> bool:
    """Run each morning and afternoon up to a moment; returns whether one of the runs failed."""
    failed = False
    while clock.shows < until:
        failed = has_failed(run_once(workspace, lambda _: None, may_notify=False)) or failed
        clock.shows += timedelta(hours=6)
    return failed


def test_today_names_a_draft_that_waits_for_approval(tmp_path: Path, clock: Clock) -> None:
    """It is no quiet day while a mail waits for a yes."""
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    prepared = prepare(workspace, Request(SLUG, Kind.STATUS_INQUIRY)).prepared
    (entry,) = enqueue_prepared(workspace, prepared, QueueTerms(state=State.DRAFT))
    today = look_at_today(workspace)
    assert not today.is_quiet
    (told,) = (one for one in list_headlines(workspace, today) if one.mark == "draft")
    assert (told.text.endswith("waits for your approval"), told.command) == (True, f"outbox approve {entry.id}")


def test_a_last_moment_to_come_is_not_told_as_past(workspace: Workspace) -> None:
    """Of a mail whose pause ends after its last sensible moment it is said that this comes first."""
    first = workspace.store.entries()[0]
    assert first.timing.last_at
    pause_application(workspace, SLUG, (first.timing.last_at + timedelta(days=2)).date())
    assert foresee_departures(workspace).stays[first.id].reason.endswith(", comes before it could leave")


def test_a_follow_up_goes_alone_when_the_mail_before_it_never_left(workspace: Workspace, clock: Clock) -> None:
    """It leaves at the moment that was shown, with a subject of its own, and answers nothing."""
    asks = find(workspace, Kind.STATUS_INQUIRY)
    assert asks.message.references
    for entry in workspace.store.entries():
        if entry.message.message_id in asks.message.references:
            cancel(workspace, entry.id)
    shown = foresee_departures(workspace).leaves[asks.id]
    assert not any(entry.stays for entry in list_entries(workspace).entries if entry.id == asks.id)
    clock.shows = shown.astimezone(CHICAGO)
    run_once(workspace, lambda _: None, may_notify=False)
    left = workspace.store.get(asks.id)
    assert left.state is State.SENT
    assert left.message.references == ()
    assert not left.message.subject.startswith("Re:")


def test_what_was_done_by_phone_is_no_contact_and_no_failure(workspace: Workspace, clock: Clock) -> None:
    """Its mail is shown as one that does not leave, at once; at its hour it goes away without a word of failure."""
    asks = find(workspace, Kind.STATUS_INQUIRY)
    clock.shows += timedelta(days=6)
    log_touch(workspace, Done(SLUG, "call", asks.step.person, kind="status_inquiry"))
    (shown,) = (entry for entry in list_entries(workspace).entries if entry.id == asks.id)
    assert shown.stays.startswith("you did this yourself")
    assert find_way_out(shown) == f"outbox cancel {asks.id}"
    assert any(entry.id == asks.id for entry in look_at_today(workspace).undecided)
    assert not look_at_today(workspace).outdated or all(
        one.entry.id != asks.id for one in look_at_today(workspace).outdated
    )
    history = open_application(workspace, SLUG).history
    assert all(waiting.stays for waiting in history.waiting if waiting.step == asks.step)
    run_to(workspace, clock, asks.ready_at.astimezone(CHICAGO) + timedelta(days=2))
    assert workspace.store.get(asks.id).state is State.CANCELLED


def test_a_mail_before_the_day_they_name_since_does_not_leave_until_it_is_moved(
    workspace: Workspace, clock: Clock
) -> None:
    """Plan, list and the next departure agree; a run at its hour puts it off, and fails nothing."""
    asks = find(workspace, Kind.STATUS_INQUIRY)
    workspace.facts.change(SLUG, {"said": {"decision_by": date(2027, 1, 20)}})
    (shown,) = (entry for entry in list_entries(workspace).entries if entry.id == asks.id)
    assert "they decide by" in shown.stays
    assert find_way_out(shown) == f"outbox rewrite {SLUG}"
    step = open_application(workspace, SLUG).plan.step(asks.step)
    assert step is not None
    assert step.state is StepState.QUEUED
    assert step.standing == "stays"
    assert step.at is None
    assert f"`followup-mail outbox rewrite {SLUG}`" in step.note
    run_once(workspace, lambda _: None, may_notify=False)
    clock.shows = asks.ready_at.astimezone(CHICAGO) + timedelta(minutes=1)
    assert find_next_departure(workspace) != asks.ready_at
    run_once(workspace, lambda _: None, may_notify=False)
    assert workspace.store.get(asks.id).state is State.QUEUED
    (shown,) = (entry for entry in list_entries(workspace).entries if entry.id == asks.id)
    assert "they decide by" in shown.stays


def test_a_mail_tried_again_has_one_moment_in_plan_and_list(workspace: Workspace, clock: Clock) -> None:
    """After ``retry`` the plan counts from the moment that the list shows, not from the one that passed."""
    first = workspace.store.entries()[0]
    clock.shows += timedelta(days=10)
    run_once(workspace, lambda _: None, may_notify=False)
    assert workspace.store.get(first.id).state is State.MISSED
    again = retry(workspace, first.id).entry
    assert isinstance(again, Entry)
    step = open_application(workspace, SLUG).plan.step(first.step)
    assert step is not None
    assert step.at == again.ready_at


def test_a_follow_up_goes_alone_although_its_words_stay(workspace: Workspace, clock: Clock) -> None:
    """The second note is cancelled, and the inquiry reads the same without it: it leaves when it is shown to."""
    asks, note = find(workspace, Kind.STATUS_INQUIRY), find(workspace, Kind.ADDITIONAL_DETAIL)
    cancel(workspace, note.id)
    assert note.message.message_id == asks.message.references[-1]
    run_to(workspace, clock, asks.ready_at.astimezone(CHICAGO) - timedelta(days=1))
    shown = foresee_departures(workspace).leaves[asks.id]
    clock.shows = shown.astimezone(CHICAGO)
    run_once(workspace, lambda _: None, may_notify=False)
    left = workspace.store.get(asks.id)
    assert left.state is State.SENT
    assert note.message.message_id not in left.message.references


def test_a_pause_past_the_last_sensible_moment_is_shown_so(workspace: Workspace, clock: Clock) -> None:
    """The list says of a mail that is too late on the day on which a pause ends that it does not leave."""
    first = workspace.store.entries()[0]
    assert first.timing.last_at
    pause_application(workspace, SLUG, (first.timing.last_at + timedelta(days=2)).date())
    (shown,) = (entry for entry in list_entries(workspace).entries if entry.id == first.id)
    assert "last sensible moment" in shown.stays
    pause_application(workspace, SLUG, None)
    (shown,) = (entry for entry in list_entries(workspace).entries if entry.id == first.id)
    assert (shown.held, shown.stays) == ("paused", "")


def test_a_thank_you_is_not_moved_to_before_its_interview(workspace: Workspace, clock: Clock) -> None:
    """Taken out of a later interview, its reader is known from an earlier one, whose days are none of this one's."""
    path = workspace.facts.path(SLUG)
    person = '[[interviews.people]]\nname = "Tom Okafor"\nemail = "tom.okafor@lumenfreight.example"\n'
    later = '[[interviews]]\nround = 2\nstart = 2026-11-30 14:00:00\nduration = "45 min"\nformat = "video"\n'
    ana = '[[interviews.people]]\nname = "Ana Bo"\nemail = "ana@lumenfreight.example"\n'
    talked = 'discussed = ["paper rota"]\nmoment = "I liked how openly you spoke about the paper rota."\n'
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n{later}\n{ana}{talked}\n{person}{talked}", "utf-8")
    queued = enqueue_planned(workspace, Request(SLUG, None, ignore=("FM302", "FM303"))).entries
    (thanks,) = (entry for entry in queued if entry.step.round == 2 and entry.step.person == "tom-okafor")
    path.write_text(f"{before}\n{later}\n{ana}{talked}", "utf-8")
    rewrite(workspace, find_outdated(workspace, SLUG))
    assert workspace.store.get(thanks.id).ready_at == thanks.ready_at
