"""What the user decided about an application holds for its mails, its plan and ``today``, and can be taken back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from workspace_samples import give_account

from followup_mail.cadence.step import Kind, StepState
from followup_mail.errors import RefusedError, WhenError
from followup_mail.facts.terms import Status
from followup_mail.outbox.entry import State
from followup_mail.services.answers.record_outcome import record_outcome, resume_application
from followup_mail.services.applications.archive_application import archive_application, archive_ended, bring_back
from followup_mail.services.applications.pause_application import pause_all, pause_application, resume_all
from followup_mail.services.applications.skip_step import bring_back_step, choose_skip, skip_step
from followup_mail.services.applications.snooze_application import snooze_application
from followup_mail.services.changing.keep_note import keep_note
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.departures import read_end_of_pause
from followup_mail.services.context.request import Request
from followup_mail.services.overview.application_list import list_applications
from followup_mail.services.overview.calendars import make_calendar
from followup_mail.services.overview.demo import CHICAGO, NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.overview.today import Today, look_at_today
from followup_mail.services.queueing.change_entry import retry
from followup_mail.services.queueing.edit_entry import reword_entry
from followup_mail.services.queueing.editor_holds import describe_hold
from followup_mail.services.queueing.enqueue import enqueue, enqueue_planned
from followup_mail.services.queueing.outbox_list import list_entries, show_entry
from followup_mail.services.sending.run_due import run_once
from followup_mail.services.typed.day_ahead import read_day_ahead
from followup_mail.workspace import Workspace

NO_DAYS: dict[str, date | None] = {"decision_by": None, "not_before": None}
FRIDAY = date(2026, 11, 20)


def _run(workspace: Workspace) -> list[State]:
    run_once(workspace, lambda _: None, may_notify=False)
    return [entry.state for entry in workspace.store.entries(application=SLUG)]


def _slugs_due(today: Today) -> set[str]:
    return {due.application.slug for due in today.due}


def _decided(workspace: Workspace) -> str:
    """Return the lines of decisions in the facts file."""
    names = ("paused", "snoozed", "archived", "skipped")
    return "\n".join(line for line in workspace.facts.text(SLUG).splitlines() if line.startswith(names))


def test_a_pause_holds_what_is_queued_and_its_end_lets_it_go(due: Workspace) -> None:
    """Nothing leaves while an application is paused; after ``resume`` the mail does."""
    assert [entry.id for entry in pause_application(due, SLUG, None).held] == [1]
    assert _run(due) == [State.QUEUED]
    assert resume_application(due, SLUG, NO_DAYS).past == ()
    assert _run(due) == [State.SENT]
    assert _decided(due) == ""


def test_a_pause_of_which_only_the_facts_were_written_stops_the_mail(due: Workspace) -> None:
    """A program that ends between facts and outbox has stopped the mail all the same; so has somebody's own editor."""
    due.facts.change(SLUG, {"paused": True})
    assert _run(due) == [State.QUEUED]
    assert due.store.get(1).held == "paused"


def test_a_pause_taken_out_of_the_file_lets_the_mail_go(due: Workspace) -> None:
    """The facts decide, however they were changed."""
    pause_application(due, SLUG, None)
    due.facts.change(SLUG, {"paused": None})
    assert _run(due) == [State.SENT]


def test_a_pause_ends_by_itself_on_its_day(due: Workspace, clock: Clock) -> None:
    """A pause until Friday holds the mail on Thursday; on Friday it leaves."""
    pause_application(due, SLUG, FRIDAY)
    assert _run(due) == [State.QUEUED]
    clock.shows = NEXT_MORNING + timedelta(days=1)
    assert _run(due) == [State.SENT]


def test_what_passed_its_moment_in_a_pause_is_said_and_not_sent(due: Workspace, clock: Clock) -> None:
    """A thank-you whose time has passed is named by ``resume``, and the next run does not send it."""
    pause_application(due, SLUG, None)
    clock.shows = NEXT_MORNING + timedelta(days=10)
    assert [entry.id for entry in resume_application(due, SLUG, NO_DAYS).past] == [1]
    assert _run(due) == [State.MISSED]


def test_a_list_says_when_a_pause_ends_and_the_mail_leaves(due: Workspace) -> None:
    """While a pause lasts until a day, the list has the first working time of that day, not the one that is past."""
    pause_application(due, SLUG, FRIDAY)
    (entry,) = list_entries(due).entries
    assert entry.held == "paused"
    assert entry.ready_at.astimezone(CHICAGO) == datetime(2026, 11, 20, 8, 30, tzinfo=CHICAGO)
    assert read_end_of_pause(due, entry) == FRIDAY
    assert describe_hold(due, entry).reason == "paused until Fri 20 Nov"
    (step,) = [step for step in open_application(due, SLUG).plan.steps if step.state is StepState.QUEUED]
    assert step.moment == datetime(2026, 11, 20, 8, 30, tzinfo=CHICAGO)


def test_a_list_on_the_day_after_a_pause_says_what_the_next_run_does(due: Workspace, clock: Clock) -> None:
    """The pause is over before any run: the list does not call the mail held that the next run sends."""
    pause_application(due, SLUG, FRIDAY)
    clock.shows = NEXT_MORNING + timedelta(days=1)
    assert [entry.held for entry in list_entries(due).entries] == [""]
    assert show_entry(due, 1).entry.held == ""


def test_a_pause_says_what_will_be_too_late(due: Workspace) -> None:
    """Whoever pauses for weeks learns at once which mail will not survive that."""
    assert [entry.id for entry in pause_application(due, SLUG, date(2026, 12, 14)).too_late] == [1]


def test_a_mail_that_goes_on_from_a_missed_one_is_told_and_not_tried_in_vain(tmp_path: Path, clock: Clock) -> None:
    """A pause names the note in the thread of a mail that it lets pass, where the user worded it themselves.

    Nobody else may take it out of the thread; ``retry`` says what helps instead.
    """
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    enqueue_planned(workspace, Request(SLUG, None))
    for entry in workspace.store.entries():
        if entry.message.references:
            reword_entry(workspace, entry, entry.message.subject, f"{entry.message.text}\nYours", ())
    follows = [entry for entry in workspace.store.entries() if entry.message.references]
    assert follows
    until = max(entry.ready_at for entry in workspace.store.entries()).date() + timedelta(days=1)
    paused = pause_application(workspace, SLUG, until)
    assert {entry.message.references[-1] for entry in paused.stranded} <= {
        entry.message.message_id for entry in (*paused.too_late, *paused.stranded)
    }
    assert paused.stranded
    number = paused.stranded[0].id
    clock.shows = datetime.combine(until, time(9), CHICAGO) + timedelta(days=3)
    for _ in range(8):
        run_once(workspace, lambda _: None, may_notify=False)
        clock.shows += timedelta(days=1)
    failed = workspace.store.get(number)
    assert failed.state is State.FAILED
    assert f"followup-mail outbox cancel {number}`, then `followup-mail send {SLUG} " in failed.fix
    with pytest.raises(RefusedError, match="never left"):
        retry(workspace, number)
    assert workspace.store.get(number).state is State.FAILED


def test_the_end_of_a_pause_changes_no_outcome(queued: Workspace) -> None:
    """A rejection that came during a pause is not taken back by ``resume``."""
    pause_application(queued, SLUG, None)
    queued.facts.change(SLUG, {"outcome": {"status": "rejected"}})
    resume_application(queued, SLUG, NO_DAYS)
    assert queued.facts.load(SLUG).outcome.status == "rejected"


def test_the_end_of_all_pauses_leaves_a_reply_standing(queued: Workspace) -> None:
    """What waits for an answer of the user's still waits after ``resume --all``."""
    record_outcome(queued, SLUG, Status.REPLIED, None, None)
    pause_all(queued, None)
    resumed = resume_all(queued)
    assert (resumed.slugs, resumed.entries) == ((SLUG,), ())
    assert queued.store.get(1).held == "they replied"
    assert queued.facts.load(SLUG).outcome.status == "replied"


def test_pausing_all_leaves_out_what_is_finished(queued: Workspace) -> None:
    """An application that ended with nothing left to do needs no pause; a broken file hides no other."""
    queued.facts.create("gone", 'company = "Gone"\nrole = "Clerk"\noutcome.status = "withdrawn"\n')
    (queued.facts.folder / "broken.toml").write_text("company = \n")
    paused, broken = pause_all(queued, FRIDAY)
    assert [one.slug for one in paused] == [SLUG]
    assert len(broken) == 1
    again, _ = pause_all(queued, FRIDAY)
    assert [one.slug for one in again] == [SLUG]
    assert _decided(queued) == "paused_until = 2026-11-20"


def test_nothing_is_queued_for_what_is_paused(queued: Workspace) -> None:
    """A mail that would only be held is refused, and the sentence says how to go on."""
    pause_application(queued, SLUG, None)
    with pytest.raises(RefusedError) as refused:
        enqueue(queued, Request(SLUG, Kind.THANK_YOU, to=("elena",)))
    assert "paused" in refused.value.sentence
    assert f"followup-mail resume {SLUG}" in refused.value.fix


def test_the_calendar_proposes_nothing_for_what_is_paused(queued: Workspace) -> None:
    """Steps that were exported are called off while an application is paused; the interview stays."""
    before, count = make_calendar(queued, SLUG)
    pause_application(queued, SLUG, None)
    after, still = make_calendar(queued, SLUG)
    assert b"STATUS:CANCELLED" not in before
    assert still == count
    # All but the interview: the mail that is queued is held.
    assert after.count(b"STATUS:CANCELLED") == count - 1


def test_a_skipped_step_leaves_the_plan_with_its_mail(queued: Workspace) -> None:
    """The mail is cancelled, the plan says by whom and how it comes back, and it does come back."""
    choice = choose_skip(queued, SLUG, Kind.THANK_YOU, "tom")
    assert choice.entry is not None
    skip_step(queued, choice)
    assert queued.store.get(1).state is State.CANCELLED
    assert _decided(queued) == 'skipped = ["thank_you to tom-okafor in round 1"]'
    (skipped,) = [step for step in open_application(queued, SLUG).plan.steps if step.state is StepState.SKIPPED]
    assert skipped.note.startswith("by you")
    assert f"followup-mail skip {SLUG} thank_you --to tom-okafor --undo" in skipped.note
    assert [step.id for step in bring_back_step(queued, SLUG, None, "")] == [choice.step.id]
    assert _decided(queued) == ""
    back = open_application(queued, SLUG).plan.step(choice.step.id)
    assert back is not None
    assert back.state is not StepState.SKIPPED


def test_a_mail_does_not_leave_for_a_step_skipped_in_the_file(due: Workspace) -> None:
    """Whoever writes ``skipped`` into the file by hand has stopped the mail, too."""
    due.facts.change(SLUG, {"skipped": ["thank_you"]})
    assert _run(due) == [State.CANCELLED]
    assert due.store.get(1).reason.startswith("by you")


def test_several_people_are_not_skipped_at_once(queued: Workspace) -> None:
    """Each thank-you to a panel is a step of its own, so it has to be said whose."""
    with pytest.raises(RefusedError, match="a step of its own"):
        choose_skip(queued, SLUG, Kind.THANK_YOU, "")


def test_without_a_kind_the_next_step_is_skipped(queued: Workspace, clock: Clock) -> None:
    """What is due comes first; else the next in time, whether a fact is missing for it or not."""
    queued.facts.change(SLUG, {"unsaid": {"problem": None, "point": None, "use": None}, "not_mentioned": None})
    clock.shows = NEXT_MORNING + timedelta(days=1)
    seen = []
    for _ in range(4):
        choice = choose_skip(queued, SLUG, None, "")
        seen.append((choice.step.kind, choice.step.id.person))
        skip_step(queued, choice)
    assert seen == [
        (Kind.THANK_YOU, "dr-priya-raman"),
        (Kind.THANK_YOU, "elena-petrova"),
        (Kind.THANK_YOU, "tom-okafor"),
        (Kind.ADDITIONAL_DETAIL, "dr-priya-raman"),
    ]


def test_a_mail_that_may_have_been_sent_is_not_skipped(due: Workspace) -> None:
    """What nobody knows the fate of is decided first."""
    due.__dict__["transport"].parts["tom.okafor@lumenfreight.example"] = RuntimeError("the connection broke")
    assert _run(due) == [State.UNCLEAR]
    with pytest.raises(RefusedError, match="#1 for this step is unclear"):
        choose_skip(due, SLUG, Kind.THANK_YOU, "tom")


def test_a_snooze_hides_and_stops_nothing(due: Workspace, clock: Clock) -> None:
    """``today`` is silent until the day, and the queued mail leaves all the same."""
    assert SLUG in _slugs_due(look_at_today(due))
    assert [entry.id for entry in snooze_application(due, SLUG, FRIDAY).still_sent] == [1]
    today = look_at_today(due)
    assert _slugs_due(today) == set()
    assert today.hidden == ((SLUG, "snoozed until Fri 20 Nov"),)
    assert _run(due) == [State.SENT]
    clock.shows = datetime(2026, 11, 20, 0, 1, tzinfo=CHICAGO)
    assert SLUG in _slugs_due(look_at_today(due))


def test_an_application_with_queued_mails_is_not_archived_unasked(due: Workspace) -> None:
    """It is refused with the numbers of the mails; on a yes they are cancelled."""
    with pytest.raises(RefusedError, match="#1 waits in the outbox"):
        archive_application(due, SLUG, cancel=False)
    assert _decided(due) == ""
    assert [entry.id for entry in archive_application(due, SLUG, cancel=True).cancelled] == [1]
    assert not look_at_today(due).due
    listed = list_applications(due)
    assert (listed.lines, listed.archived) == ((), (SLUG,))
    assert [line.application.slug for line in list_applications(due, ["archived"]).lines] == [SLUG]
    bring_back(due, SLUG)
    assert _decided(due) == ""


def test_only_what_has_nothing_left_to_do_is_archived_together(queued: Workspace) -> None:
    """An unanswered rejection stays; so does whatever goes on."""
    queued.facts.create("gone", 'company = "Gone"\nrole = "Clerk"\noutcome = { status = "offer", on = 2026-10-01 }\n')
    assert look_at_today(queued).long_ended == ("gone",)
    record_outcome(queued, SLUG, Status.REJECTED, None, None)
    done = archive_ended(queued)
    assert (done.slugs, done.left) == (("gone",), (SLUG,))
    assert look_at_today(queued).long_ended == ()


def test_what_was_missed_leaves_today_after_a_week(due: Workspace, clock: Clock) -> None:
    """It is told for a week from when it was found, and stays in the outbox."""
    clock.shows = NEXT_MORNING + timedelta(days=30)
    assert _run(due) == [State.MISSED]
    assert [entry.id for entry in look_at_today(due).undecided] == [1]
    clock.shows += timedelta(days=8)
    today = look_at_today(due)
    assert not today.undecided
    assert "tom-okafor" not in {found.step.id.person for found in today.due}
    assert due.store.get(1).state is State.MISSED


def test_taking_everything_back_leaves_the_file_as_it_was(queued: Workspace) -> None:
    """Each decision adds lines of its own and takes them out again, byte for byte; remarks stay."""
    text = f"# mine\n{queued.facts.text(SLUG)}# the end"
    queued.facts.replace(SLUG, text)
    pause_application(queued, SLUG, FRIDAY)
    snooze_application(queued, SLUG, FRIDAY)
    skip_step(queued, choose_skip(queued, SLUG, Kind.THANK_YOU, "elena"))
    archive_application(queued, SLUG, cancel=True)
    application = queued.facts.load(SLUG)
    assert (application.paused_until, application.snoozed_until, application.archived) == (FRIDAY, FRIDAY, True)
    assert application.skipped == ("thank_you to elena-petrova in round 1",)
    bring_back(queued, SLUG)
    bring_back_step(queued, SLUG, Kind.THANK_YOU, "")
    snooze_application(queued, SLUG, None)
    resume_all(queued)
    assert queued.facts.text(SLUG) == text


def test_a_reply_is_told_once(queued: Workspace) -> None:
    """Where a held mail says that they replied, nothing else does; without one, a line of its own."""
    queued.facts.create("other", 'company = "Other"\nrole = "Clerk"\noutcome.status = "replied"\n')
    record_outcome(queued, SLUG, Status.REPLIED, None, None)
    today = look_at_today(queued)
    assert [application.slug for application in today.replied] == [SLUG, "other"]
    assert [application.slug for application in today.to_answer] == ["other"]
    assert [entry.held for entry in today.undecided] == ["they replied"]


def test_notes_grow_by_a_line_with_the_day(queued: Workspace) -> None:
    """What stood there before stays, and the file shows the lines as lines."""
    queued.facts.change(SLUG, {"notes": "as before"})
    keep_note(queued, SLUG, 'Priya says "hello" \\ ünïcode')
    assert keep_note(queued, SLUG, "second").notes.split("\n") == [
        "as before",
        '2026-11-18: Priya says "hello" \\ ünïcode',
        "2026-11-18: second",
    ]
    assert "\n2026-11-18: second" in queued.facts.text(SLUG)


@pytest.mark.parametrize("text", ["yesterday", "2026-11-01", "2026-11-18", "today", "soon", "", "2026-02-30"])
def test_a_day_that_is_not_ahead_is_refused(tmp_path: Path, text: str) -> None:
    """One sentence says what was understood, or how days are written."""
    workspace = make_demo_workspace(tmp_path, Clock())
    with pytest.raises(WhenError) as refused:
        read_day_ahead(workspace, "--until", text)
    assert refused.value.sentence.startswith("--until: ")
    assert "friday" in f"{refused.value.sentence} {refused.value.fix}" or "has passed" in refused.value.sentence


def test_a_weekday_is_the_coming_one(tmp_path: Path) -> None:
    """On Wednesday, "Friday" is the day after tomorrow."""
    assert read_day_ahead(make_demo_workspace(tmp_path, Clock()), "--until", "Friday") == FRIDAY


@pytest.mark.parametrize(
    ("text", "days"),
    [("next week", ("2026-11-23", "2026-11-27")), ("the week after next", ("2026-11-30", "2026-12-04"))],
)
def test_a_week_to_come_is_asked_about_with_its_first_and_last_day(
    tmp_path: Path, text: str, days: tuple[str, ...]
) -> None:
    """A whole week names no day, so its Monday and its Friday are offered."""
    with pytest.raises(WhenError) as asked:
        read_day_ahead(make_demo_workspace(tmp_path, Clock()), "--until", text)
    assert tuple(written for _, written in asked.value.readings) == days
