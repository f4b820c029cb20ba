"""``queue --planned`` chooses facts for all mails together: nobody reads a sentence twice, also over two rounds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from workspace_samples import give_account

from followup_mail.cadence.step import Kind
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.context.departures import as_they_leave
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import CHICAGO, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.enqueue import Queued, enqueue_planned
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.workspace import Workspace

TOP = """\
company = "Lumen Freight"
role = "Data Engineer"
country = "US"
time_zone = "America/Chicago"
fit = ["moved nightly batch -> streaming @ Harbor, 0 days down", "5 yrs on call", "trained 4 juniors"]
not_mentioned = ["wrote our on-call handbook, team of 12 works by it"]
"""
NAMES = ("Priya Raman", "Tom Okafor", "Elena Petrova", "Ben Sato", "Mia Kern")
TOLD = (
    ("the move from nightly batches to streaming", "the plan for the second region"),
    ("the on-call rota and its quiet hours", "the two juniors who come in spring"),
    ("the first ninety days in the team", "the data contracts with finance"),
    ("the cost of the warehouse", "the backlog of alerts"),
    ("the way in which releases are tested", "the days in the office"),
)
BEFORE = datetime(2026, 11, 11, 16, 0, tzinfo=CHICAGO)
AFTER = datetime(2026, 11, 18, 15, 30, tzinfo=CHICAGO)


def meeting(number: int, day: str, people: int) -> str:
    """Return the facts of one round."""
    head = f'\n[[interviews]]\nround = {number}\nstart = {day} 14:00:00\nduration = "45 min"\n'
    return head + "".join(
        f'\n[[interviews.people]]\nname = "{name}"\nemail = "{name.split()[0].lower()}@lumen.example"\n'
        f'discussed = ["{told[number - 1]}"]\nmoment = "I liked how you explained {told[number - 1]}."\n'
        for name, told in zip(NAMES[:people], TOLD, strict=False)
    )


def sentences_read_twice(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """Return each sentence that a person gets more than once, but for greeting and signature."""
    read = Counter(
        (entry.message.to.name, sentence)
        for entry in entries
        for sentence in re.split(r"(?<=[.?!])\s+", " ".join(entry.message.text.split("\n\n")[1:-1]))
    )
    return [found for found, times in read.items() if times > 1]


def play(workspace: Workspace, clock: Clock, people: int) -> tuple[Queued, Queued]:
    """Queue all after a first round, let the thank-yous leave, meet again a week later, and queue all."""
    path = workspace.facts.path(SLUG)
    path.write_text(TOP + meeting(1, "2026-11-11", people), "utf-8")
    clock.shows = BEFORE
    first = enqueue_planned(workspace, Request(SLUG, None))
    clock.shows = BEFORE + timedelta(hours=17)
    for _ in range(people):
        list(deliver_once(workspace))
        clock.shows += timedelta(minutes=5)
    path.write_text(TOP + meeting(1, "2026-11-11", people) + meeting(2, "2026-11-18", people), "utf-8")
    clock.shows = AFTER
    return first, enqueue_planned(workspace, Request(SLUG, None))


@pytest.mark.parametrize("people", [3, 5])
def test_nobody_reads_a_sentence_twice(tmp_path: Path, clock: Clock, people: int) -> None:
    """Thank-yous, second note and status inquiry of two rounds, to panels of three and of five."""
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    first, second = play(workspace, clock, people)
    assert first.left_out == ()
    assert len(workspace.store.entries(states={State.SENT})) == people
    thanks = [entry for entry in second.entries if entry.step.kind is Kind.THANK_YOU]
    assert [entry.step.round for entry in thanks] == [2] * people
    leaving = [entry for entry in as_they_leave(workspace, workspace.store.entries()) if not entry.stays]
    assert len(leaving) < len(workspace.store.entries())  # what followed the first round is not written on
    assert sentences_read_twice(leaving) == []


def test_a_second_round_is_queued_though_the_first_has_mails_waiting(tmp_path: Path, clock: Clock) -> None:
    """The inquiry of the second round is its own step, not the one of the first that is queued already."""
    workspace = give_account(make_demo_workspace(tmp_path, clock))
    _, second = play(workspace, clock, 3)
    inquiries = [entry.step.round for entry in second.entries if entry.step.kind is Kind.STATUS_INQUIRY]
    assert inquiries == [2]
    assert not [sentence for sentence in second.left_out if "FM505" in sentence]


def test_what_is_passed_on_speaks_of_the_day_of_whom_it_is_for(tmp_path: Path) -> None:
    """The recruiter of an earlier round passes on the thanks of a later one: its day is no mistake."""
    workspace, _ = _with_passing_on(tmp_path, 'moment = "I liked your question about night shifts."')
    queued = enqueue_planned(workspace, Request(SLUG, None))
    thanks = [entry.message.to.name for entry in queued.entries if entry.step.kind is Kind.THANK_YOU]
    assert sorted(thanks) == ["Priya Raman", "Tom Okafor"]
    assert not queued.left_out


def test_one_unfit_mail_leaves_the_others_queued(tmp_path: Path) -> None:
    """A fault in the thank-you to one is told, and the faultless one of another is queued."""
    workspace, _ = _with_passing_on(tmp_path, 'moment = "I liked that you checks the jobs."')
    queued = enqueue_planned(workspace, Request(SLUG, None))
    thanks = [entry.message.to.name for entry in queued.entries if entry.step.kind is Kind.THANK_YOU]
    assert thanks == ["Tom Okafor"]
    assert [sentence for sentence in queued.left_out if sentence.startswith("Thank-you: The thank-you to Priya")]


def _with_passing_on(folder: Path, moment: str) -> tuple[Workspace, Clock]:
    """Return what is known after a second round: of one met there only the recruiter has an address."""
    clock = Clock(datetime(2026, 11, 18, 15, 30, tzinfo=CHICAGO))
    workspace = give_account(make_demo_workspace(folder, clock))
    first = meeting(1, "2026-11-09", 1).replace("[[interviews.people]]", '[[interviews.people]]\nrole = "recruiter"')
    tom = meeting(2, "2026-11-18", 2).partition('[[interviews.people]]\nname = "Tom')[2]
    round_2 = meeting(2, "2026-11-18", 0) + f'\n[[interviews.people]]\nname = "Tom{tom}'
    lena = f'\n[[interviews.people]]\nname = "Lena Fox"\nrole = "hiring manager"\n{moment}\n'
    workspace.facts.path(SLUG).write_text(TOP + first + round_2 + lena, "utf-8")
    return workspace, clock
