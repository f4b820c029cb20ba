"""One recruiter in two applications: a mail a day, from the plan to the moment of sending."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from changing import replace

from followup_mail.cadence.step import Kind, Plan, Step
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.pre_send_check import Action, check_same_day
from followup_mail.services.by_hand.log_contact import Done, log_touch
from followup_mail.services.context.application_context import open_all, open_application
from followup_mail.services.context.request import Request
from followup_mail.services.context.written_elsewhere import check_by_hand, find_by_hand
from followup_mail.services.overview.demo import Clock, make_demo_workspace
from followup_mail.services.queueing.change_entry import reschedule
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.writing.early import EarlyError
from followup_mail.workspace import Workspace

CHICAGO = ZoneInfo("America/Chicago")
FACTS = """
company = "{name}"
role = "Engineer"
country = "US"
time_zone = "America/Chicago"
fit = ["I have moved two teams to streams"]
not_mentioned = ["I also write the on-call handbook"]

[[contacts]]
name = "Rita Recruit"
role = "recruiter"
email = "{email}"

[[interviews]]
start = 2026-11-18 14:00:00
duration = "1 h"

[[interviews.people]]
name = "Dana Lee"
email = "dana@{slug}.example"
discussed = ["the move to streams"]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two applications through one recruiter, whose second notes fall on Wednesday 25 November."""
    workspace = make_demo_workspace(tmp_path, Clock(datetime(2026, 11, 24, 9, tzinfo=CHICAGO)))
    for slug, email in (("acme", "rita@agency.example"), ("bolt", "Rita@Agency.example")):
        workspace.facts.create(slug, FACTS.format(name=slug.capitalize(), slug=slug, email=email))
    return workspace


def second_note(workspace: Workspace, slug: str) -> Step:
    return find_note(open_application(workspace, slug).plan)


def find_note(plan: Plan) -> Step:
    return next(step for step in plan.steps if step.kind is Kind.ADDITIONAL_DETAIL)


def test_the_second_goes_the_day_after(workspace: Workspace) -> None:
    """Once a mail about one application is queued, the other's is planned for the next working day, with the reason."""
    assert second_note(workspace, "acme").due_at == datetime(2026, 11, 25, 15, tzinfo=CHICAGO)
    (first,) = enqueue(workspace, Request("acme", Kind.ADDITIONAL_DETAIL)).entries
    moved = second_note(workspace, "bolt")
    # Thursday is Thanksgiving.
    assert moved.due_at == datetime(2026, 11, 27, 8, 30, tzinfo=CHICAGO)
    assert (
        "on which Rita Recruit hears from you about nothing else; on Wed 25 Nov it is another application"
        in moved.reason
    )
    contexts, _ = open_all(workspace)
    assert moved in next(context.plan.steps for context in contexts if context.application.slug == "bolt")
    (second,) = enqueue(workspace, Request("bolt", Kind.ADDITIONAL_DETAIL)).entries
    assert (first.timing.due_at.day, second.timing.due_at.day) == (25, 27)
    assert second_note(workspace, "acme").at == first.timing.due_at


def test_two_that_are_only_planned_name_different_days(workspace: Workspace) -> None:
    """With nothing queued the second by interview and name is planned for the next day, in every view; no day is lost
    to one that stays undone."""
    days = {slug: second_note(workspace, slug).due_at for slug in ("acme", "bolt")}
    assert days == {
        "acme": datetime(2026, 11, 25, 15, tzinfo=CHICAGO),
        "bolt": datetime(2026, 11, 27, 8, 30, tzinfo=CHICAGO),
    }
    contexts, _ = open_all(workspace)
    slugs = [context.application.slug for context in contexts]
    assert slugs == sorted(slugs)
    notes = {context.application.slug: find_note(context.plan).due_at for context in contexts}
    assert {slug: notes[slug] for slug in days} == days
    text = workspace.facts.text("bolt").replace("11-18 14:00", "11-18 09:00")
    workspace.facts.replace("bolt", text)
    assert second_note(workspace, "acme").due_at == datetime(2026, 11, 27, 8, 30, tzinfo=CHICAGO)
    assert isinstance(workspace.clock, Clock)
    workspace.clock.shows = datetime(2026, 11, 27, 9, tzinfo=CHICAGO)
    assert second_note(workspace, "acme").due_at == datetime(2026, 11, 25, 15, tzinfo=CHICAGO)


def test_what_comes_after_counts_from_the_moved_day(workspace: Workspace) -> None:
    """The question that follows a note which was moved comes two weeks after the day that the note really has."""

    enqueue(workspace, Request("acme", Kind.ADDITIONAL_DETAIL))
    assert second_note(workspace, "bolt").due_at == datetime(2026, 11, 27, 8, 30, tzinfo=CHICAGO)
    steps = open_application(workspace, "bolt").plan.steps
    question = next(step for step in steps if step.kind is Kind.STATUS_INQUIRY)
    assert question.due_at == datetime(2026, 12, 11, 8, 30, tzinfo=CHICAGO)
    assert question.reason.startswith("two weeks after the ")


def test_others_are_not_held_back(workspace: Workspace) -> None:
    """Who is in one of them only gets the mail on its day."""
    enqueue(workspace, Request("acme", Kind.ADDITIONAL_DETAIL))
    plan = open_application(workspace, "bolt").plan
    assert [step.due_at for step in plan.steps if step.kind is Kind.THANK_YOU] == [
        datetime(2026, 11, 19, 8, 30, tzinfo=CHICAGO)
    ]


class Outbox:
    """What the check asks, made of entries."""

    def __init__(self, *entries: Entry) -> None:
        self._entries = entries

    def handed_over_to(self, _: str, since: datetime) -> tuple[Entry, ...]:
        return tuple(entry for entry in self._entries if entry.handed_at and entry.handed_at >= since)

    def last_handed_over_to(self, _: str) -> datetime | None:
        return max((entry.handed_at for entry in self._entries if entry.handed_at), default=None)


def test_a_late_mail_waits_for_the_next_day(workspace: Workspace) -> None:
    """Two mails that are due on different days and late together do not leave on one day, unless the user insists."""
    (first,) = enqueue(workspace, Request("acme", Kind.ADDITIONAL_DETAIL)).entries
    (second,) = enqueue(workspace, Request("bolt", Kind.ADDITIONAL_DETAIL)).entries
    friday = datetime(2026, 11, 27, 8, 31, tzinfo=CHICAGO)
    sent = replace(first, state=State.SENT, sent_at=friday, handed_at=friday)
    ruling = check_same_day(second, Outbox(sent), friday)  # type: ignore[arg-type]
    assert (ruling.action, ruling.until) == (Action.POSTPONE, datetime(2026, 11, 28, tzinfo=CHICAGO))
    assert ruling.reason == "they got a mail about acme today"
    monday = datetime(2026, 11, 30, 8, 31, tzinfo=CHICAGO)
    assert check_same_day(second, Outbox(sent), monday).action is Action.GO  # type: ignore[arg-type]
    insisted = replace(second, timing=replace(second.timing, insisted=True))
    assert check_same_day(insisted, Outbox(sent), friday).action is Action.GO  # type: ignore[arg-type]
    own = replace(sent, step=replace(sent.step, application="bolt"))
    assert check_same_day(second, Outbox(own), friday).action is Action.GO  # type: ignore[arg-type]


def meet_recruiter(workspace: Workspace) -> None:
    """Rita held both interviews, this morning."""
    for slug in ("acme", "bolt"):
        file = workspace.facts.path(slug)
        met = '[[interviews.people]]\nname = "Rita Recruit"\ndiscussed = ["the on-call rota"]\n'
        file.write_text(f"{file.read_text()}{met}".replace("2026-11-18 14:00", "2026-11-24 07:00"))


def test_thanks_to_a_recruiter_are_kept_apart_also_where_they_are_to_leave_at_once(workspace: Workspace) -> None:
    """Sent or queued for another moment, the second would leave on the day of the first: that needs a reason."""
    meet_recruiter(workspace)
    enqueue(workspace, Request("acme", Kind.THANK_YOU, ("rita",)))
    for at in ("now", "today 16:00"):
        with pytest.raises(EarlyError, match="hears from you about nothing else"):
            enqueue(workspace, Request("bolt", Kind.THANK_YOU, ("rita",), at=at))
    (second,) = enqueue(workspace, Request("bolt", Kind.THANK_YOU, ("rita",), at="today 16:00", early="asked")).entries
    assert second.timing.due_at.day == 24


def test_a_chosen_day_of_another_application_needs_a_reason(workspace: Workspace) -> None:
    """Moved or queued to a day on which its reader hears about another application, a mail is refused without a reason,
    also where that day comes after the plan's; with one it goes, and is not called early."""
    (first,) = enqueue(workspace, Request("acme", Kind.ADDITIONAL_DETAIL)).entries
    (second,) = enqueue(workspace, Request("bolt", Kind.ADDITIONAL_DETAIL)).entries
    assert (first.timing.due_at.day, second.timing.due_at.day) == (25, 27)
    with pytest.raises(EarlyError, match="Rita Recruit hears from you about another application"):
        reschedule(workspace, second.id, "Wed 25 Nov 11:00")
    with pytest.raises(EarlyError, match="Rita Recruit hears from you about another application"):
        reschedule(workspace, first.id, "Fri 27 Nov 11:00")
    assert reschedule(workspace, first.id, "Mon 30 Nov 11:00").entry.ready_at.day == 30
    moved = reschedule(workspace, first.id, "Fri 27 Nov 11:00", (), "she knows about both")
    assert moved.entry.ready_at.day == 27
    assert "earlier" not in workspace.store.get(first.id).why
    workspace.store.cancel(first.id, workspace.now())
    wish = Request("acme", Kind.ADDITIONAL_DETAIL, at="Fri 27 Nov 11:00")
    with pytest.raises(EarlyError, match="Rita Recruit hears from you about another application"):
        enqueue(workspace, wish)


def test_late_thanks_to_a_recruiter_wait_for_the_next_day(workspace: Workspace) -> None:
    """Planned for two days and late together, they still leave on two; others are thanked on any day."""
    meet_recruiter(workspace)
    (first,) = enqueue(workspace, Request("acme", Kind.THANK_YOU, ("rita",))).entries
    (second,) = enqueue(workspace, Request("bolt", Kind.THANK_YOU, ("rita",))).entries
    assert (first.timing.due_at.day, second.timing.due_at.day) == (24, 25)
    friday = datetime(2026, 11, 27, 8, 31, tzinfo=CHICAGO)
    sent = replace(first, state=State.SENT, sent_at=friday, handed_at=friday)
    ruling = check_same_day(second, Outbox(sent), friday)  # type: ignore[arg-type]
    assert (ruling.action, ruling.until) == (Action.POSTPONE, datetime(2026, 11, 28, tzinfo=CHICAGO))
    free = replace(second, why="two hours after your interview")
    assert check_same_day(free, Outbox(sent), friday).action is Action.GO  # type: ignore[arg-type]


@pytest.mark.parametrize("channel", ["email", "call"])
def test_what_was_done_by_hand_counts_as_well(workspace: Workspace, channel: str) -> None:
    """A mail or a call that was logged about one application keeps the other's off the same day, planned or queued."""
    (waiting,) = enqueue(workspace, Request("bolt", Kind.ADDITIONAL_DETAIL)).entries
    workspace.store.cancel(waiting.id, workspace.now())
    assert isinstance(workspace.clock, Clock)
    workspace.clock.shows = datetime(2026, 11, 25, 10, tzinfo=CHICAGO)
    log_touch(workspace, Done("acme", channel, "rita", "additional_detail"))
    assert second_note(workspace, "bolt").due_at == datetime(2026, 11, 27, 8, 30, tzinfo=CHICAGO)
    by_hand = find_by_hand(workspace, workspace.now())
    check = check_by_hand(lambda: by_hand)
    ruling = check(waiting, workspace.store, datetime(2026, 11, 25, 15, tzinfo=CHICAGO))
    assert (ruling.action, ruling.until) == (Action.POSTPONE, datetime(2026, 11, 26, tzinfo=CHICAGO))
    assert ruling.reason == "you were in touch with them about acme today"
    friday = datetime(2026, 11, 27, 9, tzinfo=CHICAGO)
    assert check(waiting, workspace.store, friday).action is Action.GO
