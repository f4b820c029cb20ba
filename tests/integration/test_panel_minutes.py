"""Mails to people who sit together: minutes apart however they leave, and shown at the moment at which they leave."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from workspace_samples import give_account

from followup_mail.cadence.step import Kind
from followup_mail.cadence.turns import PANEL_GAP
from followup_mail.checks.show_findings import FindingsError
from followup_mail.facts.terms import Status
from followup_mail.outbox.entry import State
from followup_mail.services.answers.record_outcome import record_outcome, resume_application
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import CHICAGO, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.change_entry import reschedule
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.queueing.grace import GRACE
from followup_mail.services.queueing.outbox_list import list_entries
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.services.sending.send_now import Sent, deliver_queued, queue_to_send
from followup_mail.services.writing.early import EarlyError
from followup_mail.services.writing.prepare import prepare
from followup_mail.workspace import Workspace

MORNING = datetime(2026, 11, 19, 10, 0, 20, tzinfo=CHICAGO)
THANKS = Request(SLUG, Kind.THANK_YOU, at="now", at_once=True)


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Workspace:
    """A workspace with an account, on the morning after an interview with three people."""
    clock.shows = MORNING
    return give_account(make_demo_workspace(tmp_path, clock))


def send(workspace: Workspace, request: Request) -> Sent:
    batch = prepare(workspace, request)
    queued = queue_to_send(workspace, batch.prepared, request)
    return deliver_queued(workspace, queued, lambda _: None, threading.Event())


def run_every_minute(workspace: Workspace, clock: Clock, minutes: int) -> dict[int, datetime]:
    """Run each minute; return when each mail left."""
    left = {}
    for _ in range(minutes):
        sent = [result.entry for result in deliver_once(workspace) if result.entry.state is State.SENT]
        left |= {entry.id: clock.shows for entry in sent}
        clock.shows += timedelta(minutes=1)
    return left


def shown(workspace: Workspace) -> dict[int, datetime]:
    """Return when the list says that each mail leaves."""
    return {entry.id: entry.ready_at for entry in list_entries(workspace).entries}


def least_gap(moments: dict[int, datetime]) -> timedelta:
    return min(later - earlier for earlier, later in pairwise(sorted(moments.values())))


def test_send_lets_the_first_leave_and_says_when_the_others_do(workspace: Workspace, clock: Clock) -> None:
    """Three mails that are sent now leave now, in four minutes and in eight, and that is what is said."""
    sent = send(workspace, THANKS)
    assert [result.entry.state for result in sent.results] == [State.SENT, State.QUEUED, State.QUEUED]
    assert [entry.ready_at - MORNING for entry in sent.later] == [PANEL_GAP, 2 * PANEL_GAP]
    said = shown(workspace)
    left = run_every_minute(workspace, clock, 12)
    assert {number: at - said[number] for number, at in left.items()} == dict.fromkeys((2, 3), timedelta())


def test_one_by_one_they_keep_their_minutes_too(workspace: Workspace, clock: Clock) -> None:
    """A second ``send`` half a minute later, for another person, waits for its turn."""
    send(workspace, Request(SLUG, Kind.THANK_YOU, ("priya",), at="now", at_once=True))
    clock.shows += timedelta(seconds=40)
    (later,) = send(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",), at="now", at_once=True)).later
    assert later.ready_at == MORNING + PANEL_GAP


def test_late_after_a_night_off_they_leave_minutes_apart(workspace: Workspace, clock: Clock) -> None:
    """All three are overdue: the first run sends one, and the list says when the others leave."""
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU))
    clock.shows = MORNING + timedelta(days=1)
    first = [result.entry for result in deliver_once(workspace)]
    assert [entry.state for entry in first] == [State.SENT, State.QUEUED, State.QUEUED]
    said = shown(workspace)
    left = run_every_minute(workspace, clock, 12)
    assert left == said
    assert least_gap({**left, first[0].id: MORNING + timedelta(days=1)}) >= PANEL_GAP


def test_into_the_folder_all_go_at_once(tmp_path: Path, clock: Clock) -> None:
    """Nobody gets them there."""
    clock.shows = MORNING
    workspace = make_demo_workspace(tmp_path, clock)
    assert [result.entry.state for result in send(workspace, THANKS).results] == [State.IN_FOLDER] * 3


def test_what_is_queued_on_a_saturday_is_shown_for_monday(workspace: Workspace, clock: Clock) -> None:
    """An overdue mail that is queued out of working time: queue, list and plan say the next working morning."""
    clock.shows = datetime(2026, 11, 21, 7, 22, tzinfo=CHICAGO)
    queued = enqueue(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",))).entries
    monday = datetime(2026, 11, 23, 8, 30, tzinfo=CHICAGO)
    (step,) = [step for step in open_application(workspace, SLUG).plan.steps if step.state == "queued"]
    assert [queued[0].timing.due_at, queued[0].ready_at, shown(workspace)[1], step.at] == [monday] * 4


def test_what_waits_for_a_place_that_was_corrected_is_shown_there(workspace: Workspace, clock: Clock) -> None:
    """The check before sending goes by the facts of today, and so does what is shown."""
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",)))
    path = workspace.facts.path(SLUG)
    path.write_text(path.read_text("utf-8").replace("America/Chicago", "Asia/Tokyo").replace('"US"', '"JP"'), "utf-8")
    said = shown(workspace)[1]
    assert said > clock.shows + timedelta(hours=5)
    clock.shows += GRACE
    assert [result.entry.ready_at for result in deliver_once(workspace)] == [said]


def test_a_limit_of_the_day_is_in_what_is_shown(tmp_path: Path, clock: Clock) -> None:
    """With one mail a day, the second is shown for the day after, and leaves then."""
    from changing import replace

    clock.shows = MORNING
    given = give_account(make_demo_workspace(tmp_path, clock))
    workspace = Workspace(replace(given.loaded, settings=replace(given.settings, per_day=1)), clock)
    workspace.__dict__["transport"] = given.transport
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, ("tom", "elena")))
    first = MORNING + GRACE
    assert sorted(shown(workspace).values()) == [first, first + timedelta(days=1)]


def test_a_missed_mail_is_not_resumed_as_queued(workspace: Workspace, clock: Clock) -> None:
    """What was held past its last sensible moment is missed when the application goes on."""
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",)))
    record_outcome(workspace, SLUG, Status.REPLIED, None, None)
    clock.shows = MORNING + timedelta(days=12)
    (entry,) = resume_application(workspace, SLUG, {}).entries
    assert (entry.state, entry.held) == (State.MISSED, "")
    assert "last sensible moment" in entry.reason


def test_days_before_its_plan_is_one_choice_with_a_reason(workspace: Workspace, clock: Clock) -> None:
    """Refused with the planned day and how to insist; with a reason it is queued, keeps it, and leaves."""
    request = Request(SLUG, Kind.ADDITIONAL_DETAIL, ("priya",), at="tomorrow 9:00")
    with pytest.raises(EarlyError, match="is planned for Wed 25 Nov: one week after your interview") as refused:
        enqueue(workspace, request)
    assert '--early "they asked for it"' in refused.value.fix
    (entry,) = enqueue(workspace, Request(**{**_fields(request), "early": "Priya asked for it"})).entries
    assert workspace.store.transitions(entry.id)[0].detail == "earlier than planned: Priya asked for it"
    clock.shows = entry.ready_at
    assert [result.entry.state for result in deliver_once(workspace)] == [State.SENT]


def test_a_queued_mail_moves_before_its_plan_with_a_reason(workspace: Workspace) -> None:
    """``outbox reschedule`` asks the same choice, and the check before sending knows of it."""
    (entry,) = enqueue(workspace, Request(SLUG, Kind.ADDITIONAL_DETAIL, ("priya",))).entries
    with pytest.raises(EarlyError):
        reschedule(workspace, entry.id, "tomorrow 9:00")
    reschedule(workspace, entry.id, "tomorrow 9:00", (), "they called")
    assert workspace.store.transitions(entry.id)[-1].detail.endswith("earlier than planned: they called")
    assert "FM506" in workspace.store.get(entry.id).ignored_rules


def test_before_the_day_that_they_named_is_the_same_choice(workspace: Workspace, clock: Clock) -> None:
    """It is refused with what they asked and how to insist, and no rule's code; with a reason it leaves."""
    workspace.facts.change(SLUG, {"said": {"not_before": date(2026, 11, 24)}})
    request = Request(SLUG, Kind.ADDITIONAL_DETAIL, ("priya",), at="tomorrow 9:00")
    with pytest.raises(EarlyError) as refused:
        enqueue(workspace, request)
    assert refused.value.sentence == (
        "It is too early for the second note to Dr. Priya Raman: they asked not to be followed up before Tue 24 Nov."
    )
    assert refused.value.fix == 'To let it leave then, say why: --early "they asked for it".'
    (entry,) = enqueue(workspace, Request(**{**_fields(request), "early": "Priya called"})).entries
    assert workspace.store.transitions(entry.id)[0].detail == "earlier than planned: Priya called"
    clock.shows = entry.ready_at
    assert [result.entry.state for result in deliver_once(workspace)] == [State.SENT]


def test_a_queued_mail_moves_before_the_day_that_they_named(workspace: Workspace) -> None:
    """``outbox reschedule`` asks the same choice there."""
    workspace.facts.change(SLUG, {"said": {"not_before": date(2026, 11, 24)}})
    (entry,) = enqueue(workspace, Request(SLUG, Kind.ADDITIONAL_DETAIL, ("priya",))).entries
    with pytest.raises(EarlyError, match=rf"too early for {entry.label} to Dr. Priya Raman: they asked not"):
        reschedule(workspace, entry.id, "tomorrow 9:00")
    reschedule(workspace, entry.id, "tomorrow 9:00", (), "they called")
    assert workspace.store.transitions(entry.id)[-1].detail.endswith("earlier than planned: they called")


def test_a_reason_does_not_thank_for_what_has_not_been(workspace: Workspace, clock: Clock) -> None:
    """Before the interview has ended there is something to mend, and a reason to be early lifts nothing."""
    clock.shows = workspace.facts.load(SLUG).interviews[0].start
    request = Request(SLUG, Kind.THANK_YOU, ("priya",), at="now", early="I like to")
    with pytest.raises(FindingsError, match=r"The thank-you to Dr. Priya Raman is not fit to send") as refused:
        enqueue(workspace, request)
    assert "Let it leave after the interview." in refused.value.fix
    assert "FM501" not in refused.value.sentence


def _fields(request: Request) -> dict[str, object]:
    from msgspec.structs import asdict

    return asdict(request)


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (datetime(2026, 11, 19, 10, tzinfo=CHICAGO), "written later than that, so at once"),
        (datetime(2026, 11, 19, 19, 40, tzinfo=CHICAGO), "written later than that, so once their offices open again"),
        (
            datetime(2026, 11, 20, 19, 40, tzinfo=CHICAGO),
            "written later than that, so once their offices open again, past the weekend",
        ),
    ],
)
def test_a_moved_moment_says_what_moved_it(workspace: Workspace, clock: Clock, at: datetime, why: str) -> None:
    """Where the moment of the plan has passed, the preview says why its mail leaves at the one that is shown."""
    clock.shows = at
    first, *others = prepare(workspace, Request(SLUG, Kind.THANK_YOU, even_taken=True)).prepared
    assert first.written.why == f"{first.written.step.reason}; {why}"
    assert all("minutes apart from the others" in other.written.why for other in others)
    chosen, *_ = prepare(workspace, THANKS).prepared
    assert chosen.written.why == "you chose this moment"


NAMES = ("Anna", "Berta", "Cora", "Dora", "Emma", "Gerda")
TOPICS = ("night shift", "paper rota", "new depot", "old ferry", "spare parts", "winter timetable")


def run_every_five_minutes(workspace: Workspace, clock: Clock, until: datetime) -> list[datetime]:
    """Do as an installed service does; return when a mail left each time."""
    left = []
    while clock.shows < until:
        left += [clock.shows for result in deliver_once(workspace) if result.entry.state is State.SENT]
        clock.shows += timedelta(minutes=5)
    return left


@pytest.mark.parametrize("people", [1, 2, 6])
def test_a_panel_of_a_friday_afternoon_is_thanked_whole_on_friday(tmp_path: Path, clock: Clock, people: int) -> None:
    """Planned for the last minutes before offices close, all leave that day although a service runs now and then."""
    clock.shows = datetime(2026, 11, 20, 14, 33, 40, tzinfo=CHICAGO)
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    met = "".join(
        f'[[interviews.people]]\nname = "{name} Lee"\nemail = "{name.lower()}@acme.example"\n'
        f'discussed = ["the {what}"]\nmoment = "I liked how you spoke about the {what}."\n'
        for name, what in list(zip(NAMES, TOPICS, strict=True))[:people]
    )
    head = 'company = "Acme"\nrole = "Planner"\ncountry = "US"\ntime_zone = "America/Chicago"\n[[interviews]]\n'
    workspace.facts.create("acme", f'{head}format = "video"\nstart = 2026-11-20 13:29:00\nduration = "1 h"\n{met}')
    assert len(enqueue(workspace, Request("acme", Kind.THANK_YOU, ignore=("FM302",))).entries) == people
    left = run_every_five_minutes(workspace, clock, datetime(2026, 11, 20, 18, tzinfo=CHICAGO))
    assert len(left) == people
    assert max(left) <= datetime(2026, 11, 20, 17, tzinfo=CHICAGO)


def test_a_panel_that_has_begun_is_finished_that_day_and_shown_so(workspace: Workspace, clock: Clock) -> None:
    """Late, the first leaves minutes before offices close, the others within the hour after, or on the next morning."""
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU))
    clock.shows = datetime(2026, 11, 20, 16, 28, 40, tzinfo=CHICAGO)
    first = [result.entry for result in deliver_once(workspace)]
    assert [entry.state for entry in first] == [State.SENT, State.QUEUED, State.QUEUED]
    said = shown(workspace)
    assert {at.astimezone(CHICAGO).date() for at in said.values()} == {date(2026, 11, 20)}
    clock.shows = datetime(2026, 11, 20, 17, 31, tzinfo=CHICAGO)
    assert {at.astimezone(CHICAGO).date() for at in shown(workspace).values()} == {date(2026, 11, 23)}
