"""What was seen in the mailbox reaches the facts, whatever happens in between; an unread mailbox holds what presses."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from changing import replace
from workspace_samples import give_account

from followup_mail.cadence.step import Kind
from followup_mail.cli.views.show_facts import show_application
from followup_mail.facts.terms import Status
from followup_mail.incoming.tenors import Tenor
from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.seen_mail import LastLook, MailPlace, NewSeen, SeenMail, SeenState
from followup_mail.services.answers.record_outcome import record_outcome, resume_application
from followup_mail.services.context.request import Request
from followup_mail.services.mailbox.correct_seen import correct_seen
from followup_mail.services.mailbox.inbox_list import read_inbox
from followup_mail.services.mailbox.mailbox_rest import rest_after
from followup_mail.services.mailbox.record_seen import record_seen
from followup_mail.services.overview.demo import DAY_AFTER, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.settings.mailbox_choices import WhenUnread
from followup_mail.workspace import Workspace

PRIYA = "priya.raman@lumenfreight.example"


def see(workspace: Workspace, mail: Understood, number: int = 1) -> SeenMail:
    """Keep a mail as a look would."""
    place = MailPlace("jordan@example.com", "INBOX", 7, number)
    (seen,) = workspace.store.keep_seen([NewSeen(place, mail)], None, workspace.now())
    return seen


def answer(at: datetime, *slugs: str, **more: object) -> Understood:
    """An answer of Priya's."""
    given = {"message_id": f"<{at:%Y%m%d%H}@lumen.example>", "subject": "Hello", "sent_at": at, **more}
    return Understood(Understanding.ANSWER, slugs or (SLUG,), "Priya Raman wrote it", PRIYA, **given)  # type: ignore[arg-type]


def test_a_program_that_dies_before_the_facts_know(queued: Workspace) -> None:
    """What was kept is held at once; whoever comes next brings it into the facts, once."""
    seen = see(queued, answer(queued.now()))
    assert queued.store.get(1).held
    assert queued.facts.load(SLUG).outcome.status is Status.WAITING
    assert [one.id for one in record_seen(queued)] == [seen.id]
    outcome = queued.facts.load(SLUG).outcome
    assert (outcome.status, outcome.by, outcome.on) == (Status.REPLIED, PRIYA, queued.now().date())
    assert record_seen(queued) == ()


def test_an_end_is_not_opened_again(queued: Workspace) -> None:
    """Mail about an application that has ended changes nothing in the facts."""
    record_outcome(queued, SLUG, Status.WITHDRAWN, None, None)
    see(queued, answer(queued.now()))
    record_seen(queued)
    assert queued.facts.load(SLUG).outcome.status is Status.WITHDRAWN


def test_a_no_that_is_on_record_asks_for_nothing(queued: Workspace) -> None:
    """A no that the user has recorded, before or after it was seen, is not proposed any more."""
    see(queued, answer(queued.now(), tenor=Tenor.NO, sentence="We chose somebody else."))
    record_seen(queued)
    assert len(read_inbox(queued).open) == 1
    record_outcome(queued, SLUG, Status.REJECTED, None, None)
    assert read_inbox(queued).open == ()
    see(queued, answer(queued.now(), tenor=Tenor.NO, sentence="We chose somebody else.", message_id="<again@x>"), 2)
    record_seen(queued)
    assert read_inbox(queued).open == ()


def test_an_earlier_answer_does_not_replace_a_later_one(queued: Workspace) -> None:
    """The answer that the facts know is the latest, in whatever order mails are found."""
    now = queued.now()
    see(queued, answer(now, subject="Later"))
    record_seen(queued)
    see(queued, answer(now - timedelta(days=1), subject="Earlier"), 2)
    record_seen(queued)
    assert queued.facts.load(SLUG).outcome.subject == "Later"


def test_an_answer_to_one_of_two_applications(queued: Workspace) -> None:
    """Where nothing tells which application was answered, both wait, until the user says which."""
    text = queued.facts.text(SLUG)
    queued.facts.create("other", text.replace("Data Engineer", "Data Analyst"))
    enqueue(queued, Request("other", Kind.THANK_YOU, to=("tom",), at="in 3 days 10:00", ignore=("FM506",)))
    seen = see(queued, answer(queued.now(), SLUG, "other"))
    record_seen(queued)
    assert [entry.held for entry in queued.store.entries()] == ["they replied", "they replied"]
    assert queued.store.get_seen(seen.id).state is SeenState.NEW
    correct_seen(queued, seen.id, None, "other", None)
    assert {entry.step.application: bool(entry.held) for entry in queued.store.entries()} == {
        SLUG: False,
        "other": True,
    }
    assert queued.facts.load("other").outcome.status is Status.REPLIED
    assert queued.facts.load(SLUG).outcome.status is Status.WAITING


def test_to_go_on_settles_an_answer_that_nothing_tells_apart(queued: Workspace) -> None:
    """Who goes on with an application is not stopped again by an answer that may belong to another one."""
    queued.facts.create("other", queued.facts.text(SLUG).replace("Data Engineer", "Data Analyst"))
    seen = see(queued, answer(queued.now(), SLUG, "other"))
    resume_application(queued, SLUG, {})
    assert queued.store.get_seen(seen.id).state is SeenState.RECORDED
    assert not queued.store.get(1).held


def test_a_new_day_without_a_reply_on_record_is_their_answer(queued: Workspace) -> None:
    """Told on the phone when they decide now, the question about it is no contact too many, and waits for no reply."""
    new_day = queued.now().date() + timedelta(days=9)
    resume_application(queued, SLUG, {"decision_by": new_day, "not_before": None})
    outcome = queued.facts.load(SLUG).outcome
    assert (outcome.status, outcome.on) == (Status.WAITING, queued.now().date())


def test_what_goes_on_after_an_answer_is_shown_with_its_day(
    queued: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """``show`` says of an application that goes on when they last answered, not that it waits on that day."""
    record_outcome(queued, SLUG, Status.REPLIED, None, None)
    show_application(queued, SLUG, json=False)
    resume_application(queued, SLUG, {})
    show_application(queued, SLUG, json=False)
    said = [line.strip() for line in capsys.readouterr().out.splitlines() if "Outcome" in line]
    assert said == [
        "Outcome: replied on Wed 18 Nov 2026",
        "Outcome: waiting; they last answered on Wed 18 Nov 2026",
    ]


def test_a_day_that_is_known_is_no_answer(queued: Workspace) -> None:
    """Going on with the day that stands in the facts already makes no answer of theirs out of it."""
    known = queued.facts.load(SLUG).said.decision_by
    resume_application(queued, SLUG, {"decision_by": known, "not_before": None})
    assert queued.facts.load(SLUG).outcome.on is None


def test_an_answer_after_all_waits_again(queued: Workspace) -> None:
    """Who goes on after an answer, and then says that it is one after all, is asked to answer it."""
    seen = see(queued, answer(queued.now()))
    record_seen(queued)
    resume_application(queued, SLUG, {})
    correct_seen(queued, seen.id, Understanding.NOTHING, "", None)
    correct_seen(queued, seen.id, Understanding.ANSWER, "", None)
    assert queued.facts.load(SLUG).outcome.status is Status.REPLIED
    assert queued.store.get(1).held


def test_what_was_no_answer_leaves_the_facts_waiting(queued: Workspace) -> None:
    """After a correction nothing of the mail is left in the facts, and what was held goes on."""
    before = queued.facts.text(SLUG)
    seen = see(queued, answer(queued.now()))
    record_seen(queued)
    correct_seen(queued, seen.id, Understanding.NOTHING, "", None)
    assert not queued.store.get(1).held
    outcome = queued.facts.load(SLUG).outcome
    assert (outcome.status, outcome.by, outcome.message_id) == (Status.WAITING, None, None)
    assert len(queued.facts.text(SLUG)) - len(before) < 40


def test_what_was_written_by_hand_after_all_counts_once(queued: Workspace) -> None:
    """A mail that the user says they wrote themselves is a contact, however often they say so."""
    seen = see(queued, answer(queued.now()))
    record_seen(queued)
    correct_seen(queued, seen.id, Understanding.BY_HAND, "", None)
    assert [touch.message_id for touch in queued.store.touches(SLUG)] == [seen.mail.message_id]
    correct_seen(queued, seen.id, Understanding.ANSWER, "", None)
    correct_seen(queued, seen.id, Understanding.BY_HAND, "", None)
    assert len(queued.store.touches(SLUG)) == 1


def test_a_mail_by_hand_in_two_folders_counts_once(queued: Workspace) -> None:
    """Without a Message-ID the mail of the user's own is kept at each place, and is one contact all the same."""
    mail = replace(answer(queued.now(), message_id=""), understanding=Understanding.BY_HAND, first_line="Thank you.")
    see(queued, mail)
    see(queued, mail, 2)
    record_seen(queued)
    assert len(queued.store.touches(SLUG)) == 1


@pytest.mark.parametrize(("wish", "left"), [(WhenUnread.WAIT, State.QUEUED), (WhenUnread.SEND, State.SENT)])
def test_an_unread_mailbox(tmp_path: Path, wish: WhenUnread, left: State) -> None:
    """What asks for something waits while the mailbox cannot be read, and says so; the user may want it otherwise."""
    entry = _deliver_inquiry(tmp_path, wish)
    assert entry.state is left
    assert ("could look" in entry.reason) == (wish is WhenUnread.WAIT)


def _deliver_inquiry(home: Path, wish: WhenUnread) -> Entry:
    """Queue a status inquiry where nothing listens on the port of the mailbox, and deliver."""
    clock = Clock()
    workspace = give_account(make_demo_workspace(home, clock))
    settings = replace(workspace.settings, imap_host="127.0.0.1", imap_port=1, smtp_timeout=1, unread_mailbox=wish)
    reading = Workspace(replace(workspace.loaded, settings=settings), clock)
    reading.__dict__["transport"] = workspace.transport
    clock.shows = DAY_AFTER
    codes = ("FM501", "FM301", "FM303", "FM506")
    enqueue(reading, Request(SLUG, Kind.STATUS_INQUIRY, ("priya",), at="now", ignore=codes))
    clock.shows = DAY_AFTER + timedelta(minutes=2)
    results = list(deliver_once(reading))
    return results[-1].entry


@pytest.mark.parametrize(
    ("minutes", "rest"),
    [(None, timedelta(minutes=10)), (1, timedelta(minutes=5)), (40, timedelta(minutes=20)), (9000, timedelta(hours=1))],
)
def test_a_mailbox_that_refuses_is_left_alone(minutes: int | None, rest: timedelta) -> None:
    """The longer a mailbox could not be read, the longer the next try waits: no account is locked by our tries."""
    looked_at = None if minutes is None else DAY_AFTER - timedelta(minutes=minutes)
    assert rest_after(LastLook("jordan@example.com", looked_at, DAY_AFTER, "refused")) == rest
