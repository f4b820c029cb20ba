"""What is shown is what happens: contacts by hand and absences move queued mails at the last moment, and every list
knows before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from changing import replace
from outbox_samples import make_content, make_mail
from seen_samples import make_absence, make_seen
from workspace_samples import give_account

from followup_mail.cadence.step import Kind, StepId, Touch
from followup_mail.cadence.worktime import Place
from followup_mail.facts.channels import Channel
from followup_mail.message.draft import Mailbox
from followup_mail.outbox.entry import NewEntry, State, Timing
from followup_mail.outbox.seen_mail import SeenState
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.departures import foresee_departures
from followup_mail.services.overview.demo import Clock, make_demo_workspace
from followup_mail.services.queueing.outbox_list import list_entries
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.workspace import Workspace

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 30, 9, tzinfo=CHICAGO)
FACTS = """
company = "{name}"
role = "Engineer"
country = "US"
time_zone = "America/Chicago"

[[contacts]]
name = "Rita Recruit"
role = "recruiter"
email = "rita@agency.example"

[[interviews]]
start = 2026-11-18 14:00:00
duration = "1 h"

[[interviews.people]]
name = "Dana Lee"
email = "dana@{name}.example"
"""
PEOPLE = {"rita-recruit": "rita@agency.example", "dana-lee": "dana@{}.example"}
KINDS = (Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY)
PLAN_RULES = tuple(f"FM50{n}" for n in range(1, 7))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two applications through one recruiter, and a mail server."""
    workspace = give_account(make_demo_workspace(tmp_path, Clock(NOW)))
    for name in ("acme", "bolt"):
        workspace.facts.create(name, FACTS.format(name=name))
    return workspace


def make_new(workspace: Workspace, n: int, step: StepId, at: datetime) -> NewEntry:
    own, to = workspace.settings.email, PEOPLE[step.person].format(step.application)
    content = make_content(n).replace(b"jordan@home.example", own.encode())
    content = content.replace(f"person{n}@employer.example".encode(), to.encode())
    mail = make_mail(n, to=Mailbox("", to), mail_from=own, rcpt_to=(to,), content=content)
    return NewEntry(step, mail, Timing(at, None, Place("America/Chicago", "US")), PLAN_RULES)


def fill(workspace: Workspace, random: Random) -> None:
    """Queue mails of both applications to both people, log contacts of the last days, and let some be away."""
    steps = [StepId(slug, kind, 1, person) for slug in ("acme", "bolt") for kind in KINDS for person in PEOPLE]
    queued = random.sample(steps, random.randint(1, 4))
    new = [
        make_new(workspace, n, step, NOW + timedelta(minutes=random.randint(-600, 6_000)))
        for n, step in enumerate(queued, start=1)
    ]
    workspace.store.add(new, NOW)
    for step in random.sample([step for step in steps if step not in queued], random.randint(0, 3)):
        way = random.choice([Channel.EMAIL, Channel.PHONE])
        touch = Touch(step, way, NOW - timedelta(minutes=random.randint(0, 8_000)), reached=random.random() < 0.8)
        workspace.store.log_touch(touch)
    for slug, email in random.sample([("acme", "rita@agency.example"), ("bolt", "dana@bolt.example")], 1):
        back_on = (NOW + timedelta(days=random.randint(-2, 9))).date()
        absence = make_absence(back_on, applications=(slug,), sender=email)
        workspace.store.keep_seen([absence], None, NOW)


def run_out(workspace: Workspace) -> dict[int, datetime]:
    """Send as soon as anything can go, until nothing is left; return when each mail left."""
    assert isinstance(workspace.clock, Clock)
    left: dict[int, datetime] = {}
    for _ in range(200):
        sent = [result.entry for result in deliver_once(workspace) if result.entry.state is State.SENT]
        left |= {entry.id: workspace.clock.shows for entry in sent}
        next_at = workspace.store.next_due_at(workspace.now(), workspace.sending_account)
        if next_at is None:
            break
        workspace.clock.shows = max(workspace.clock.shows, next_at.astimezone(CHICAGO))
    return left


@pytest.mark.parametrize("block", range(4))
def test_the_moment_foreseen_is_the_moment_of_sending(tmp_path: Path, block: int) -> None:
    """For drawn contacts by hand and queued mails, each mail leaves at the moment that was foreseen, to the second."""
    for seed in range(block * 4, block * 4 + 4):
        home = tmp_path / str(seed)
        home.mkdir()
        workspace = give_account(make_demo_workspace(home, Clock(NOW)))
        for name in ("acme", "bolt"):
            workspace.facts.create(name, FACTS.format(name=name))
        fill(workspace, Random(seed))
        queued = {entry.id for entry in workspace.store.entries(states={State.QUEUED})}
        foreseen = dict(foresee_departures(workspace).leaves)
        assert foreseen.keys() == queued
        assert run_out(workspace) == foreseen, seed
        workspace.close()


def test_every_list_says_the_moment(workspace: Workspace) -> None:
    """A call of this morning keeps a note to the same person away: the list and the plan say the day it leaves."""
    note = StepId("acme", Kind.ADDITIONAL_DETAIL, 1, "rita-recruit")
    workspace.store.add([make_new(workspace, 1, note, NOW + timedelta(days=1))], NOW)
    workspace.store.log_touch(Touch(replace(note, kind=Kind.STATUS_INQUIRY), Channel.PHONE, NOW))
    (listed,) = list_entries(workspace).entries
    planned = open_application(workspace, "acme").plan.step(note)
    thursday = datetime(2026, 12, 3, 8, 30, tzinfo=CHICAGO)
    assert planned is not None
    assert (listed.ready_at, planned.at) == (thursday, thursday)
    assert run_out(workspace) == {1: thursday}


def test_an_absence_is_shown_and_kept(workspace: Workspace) -> None:
    """They are away until Monday: every list says Monday morning, and then it leaves."""
    note = StepId("acme", Kind.ADDITIONAL_DETAIL, 1, "rita-recruit")
    workspace.store.add([make_new(workspace, 1, note, NOW + timedelta(days=1))], NOW)
    absence = make_absence(date(2026, 12, 7), applications=("acme",), sender="rita@agency.example")
    workspace.store.keep_seen([absence], None, NOW)
    (listed,) = list_entries(workspace).entries
    monday = datetime(2026, 12, 7, 8, 30, tzinfo=CHICAGO)
    assert listed.ready_at == monday
    assert run_out(workspace) == {1: monday}


def test_an_absence_that_was_none_moves_nothing(workspace: Workspace) -> None:
    """Postponed by a mail that was misunderstood, it goes at its own time again once the user says so."""
    note = StepId("acme", Kind.ADDITIONAL_DETAIL, 1, "rita-recruit")
    workspace.store.add([make_new(workspace, 1, note, NOW)], NOW)
    absence = make_absence(date(2026, 12, 7), applications=("acme",), sender="rita@agency.example")
    (seen,) = workspace.store.keep_seen([absence], None, NOW)
    list(deliver_once(workspace))
    assert workspace.store.get(1).reason == "they are away until 7 Dec 2026"
    workspace.store.settle_seen(seen.id, SeenState.DISMISSED, NOW)
    assert run_out(workspace) == {1: NOW}


def test_an_answer_stops_what_was_queued_after_it(workspace: Workspace) -> None:
    """Seen but not in the facts yet: a mail that is queued now does not leave."""
    (seen,) = workspace.store.keep_seen([make_seen(applications=("acme",))], None, NOW)
    note = StepId("acme", Kind.ADDITIONAL_DETAIL, 1, "rita-recruit")
    workspace.store.add([make_new(workspace, 1, note, NOW)], NOW)
    assert run_out(workspace) == {}
    assert workspace.store.get(1).held == "they replied"
    workspace.store.settle_seen(seen.id, SeenState.DISMISSED, NOW)
    assert run_out(workspace) == {1: NOW}


def test_who_is_back_earlier_hears_earlier(workspace: Workspace) -> None:
    """They first said Monday week, and then this Monday: it does not wait for the day that they named first."""
    note = StepId("acme", Kind.ADDITIONAL_DETAIL, 1, "rita-recruit")
    workspace.store.add([make_new(workspace, 1, note, NOW)], NOW)
    for n, (day, sent_at) in enumerate([(14, NOW - timedelta(days=2)), (7, NOW)], start=1):
        absence = make_absence(
            date(2026, 12, day), n, applications=("acme",), sender="rita@agency.example", sent_at=sent_at
        )
        workspace.store.keep_seen([absence], None, NOW)
        list(deliver_once(workspace))
    assert run_out(workspace) == {1: datetime(2026, 12, 7, 8, 30, tzinfo=CHICAGO)}
