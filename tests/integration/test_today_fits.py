"""``today`` on one screen: all of it where it fits, else the most urgent first and the rest counted."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from changing import replace
from workspace_samples import give_account

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepState
from followup_mail.cli.terminal.folding import width_of
from followup_mail.cli.views.show_today import show_today
from followup_mail.errors import TemplateError
from followup_mail.facts.terms import Status
from followup_mail.outbox.entry import State
from followup_mail.services.answers.record_outcome import record_outcome
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import FACTS, NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.overview.today import look_at_today
from followup_mail.services.overview.urgent_first import list_headlines, list_soon
from followup_mail.services.queueing.enqueue import QueueTerms, enqueue, enqueue_prepared
from followup_mail.services.writing.prepare import prepare
from followup_mail.workspace import Workspace


class Screen(io.StringIO):
    """A terminal that only remembers."""

    def isatty(self) -> bool:
        return True


def _many(folder: Path, count: int) -> Workspace:
    """Return a workspace with as many applications more, whose thank-yous are due, one of them with a long name."""
    workspace = make_demo_workspace(folder, Clock(NEXT_MORNING))
    for number in range(count):
        company = "Zażółć Gęślą Jaźń und Söhne Verwaltungsgesellschaft" if number == 3 else f"さくら株式会社 {number}"
        workspace.facts.create(f"app-{number:02}", FACTS.replace("Lumen Freight", company))
    return workspace


def _look(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int] = (80, 24), *, every: bool = False
) -> list[str]:
    """Return the lines that a screen of that size gets."""
    screen = Screen()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", screen)
        patch.setattr(sys, "stderr", screen)
        patch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size(size))
        patch.setenv("NO_COLOR", "1")
        show_today(workspace, json=False, every=every)
    return screen.getvalue().splitlines()


@pytest.mark.parametrize("size", [(80, 24), (60, 24), (120, 40), (80, 12)])
def test_twenty_applications_fit_one_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """Twenty-one applications with something due leave room for the prompt, and the rest is counted."""
    workspace = _many(tmp_path, 20)
    lines = _look(workspace, monkeypatch, size)
    assert len(lines) <= size[1] - 2
    assert all(width_of(line) <= size[0] for line in lines)
    assert all(line.endswith(", 16:30") for line in lines if line.startswith("due"))
    shown = sum(line.startswith("due") for line in lines)
    assert shown >= (size[1] - 5) // 2 - 1
    assert lines[-1] == f"and {21 - shown} more: followup-mail today --all"


def test_panels_make_one_headline(tmp_path: Path) -> None:
    """Three thank-yous of one application are one line, with the command that is for all of them."""
    workspace = _many(tmp_path, 0)
    (headline,) = list_headlines(workspace, look_at_today(workspace))
    assert headline.text == "Thank-you to Dr. Priya Raman and 2 others, Lumen Freight"
    assert headline.tail == ": by Tue 24 Nov, 16:30"
    assert headline.command == f"send {SLUG} thank_you"


@pytest.mark.parametrize("hour", [15, 17])
def test_a_large_panel_without_coordinator_is_told(tmp_path: Path, hour: int) -> None:
    """What is missing for the thanks to many people is told as soon as they come up, not only once they are due."""
    workspace = make_demo_workspace(tmp_path, Clock(datetime(2026, 11, 24, hour, 30, tzinfo=ZoneInfo("Europe/London"))))
    names = [f"{first} {last}" for first in ("Ada", "Ben", "Cal", "Dee", "Eli", "Fay", "Al") for last in ("Fox", "Nye")]
    people = "".join(
        f'[[interviews.people]]\nname = "{name}"\nemail = "{name.replace(" ", ".")}@acme.example"\n' for name in names
    )
    interview = f'[[interviews]]\nstart = "2026-11-24 14:00"\nduration = "1 h"\n{people}'
    top = 'company = "Acme"\nrole = "Analyst"\ntime_zone = "Europe/London"\n'
    workspace.facts.create("acme", top + interview)
    (sentence, *_) = [said for said in look_at_today(workspace).missing if said.startswith("acme")]
    assert sentence.startswith("acme: You met 14 people in round 1.")


def test_few_applications_are_told_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all of it fits there are reasons and the last good moment, not headlines."""
    lines = _look(_many(tmp_path, 0), monkeypatch)
    assert lines[0] == "Due"
    assert any(line.startswith("    due: two hours after your interview") for line in lines)


def test_all_of_it_is_told_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`today --all` cuts nothing, whatever the screen."""
    lines = _look(_many(tmp_path, 20), monkeypatch, every=True)
    assert sum(line.startswith("Thank-you to") for line in lines) == 21 * 3


def test_a_pipe_gets_all_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a screen nothing is cut or counted; nor is it as JSON."""
    workspace = _many(tmp_path, 20)
    show_today(workspace, json=False)
    assert capsys.readouterr().out.count("Thank-you to") == 21 * 3
    show_today(workspace, json=True)
    assert len(json.loads(capsys.readouterr().out)["due"]) == 21 * 3


def test_what_is_broken_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be read is at the top, where it is not cut off."""
    workspace = _many(tmp_path, 20)
    (workspace.facts.folder / "app-05.toml").write_text("company = \n")
    lines = _look(workspace, monkeypatch)
    assert next(line for line in lines if line[:1].islower()).startswith("broken  ")


BARE = """
company = "Acme"
role = "Engineer"
time_zone = "America/Denver"
"""
TALKED = '[[interviews]]\nstart = "{start}"\nduration = "45 min"\n[[interviews.people]]\nname = "Kira Osei"\n'


def _today(tmp_path: Path, **facts: str) -> Workspace:
    workspace = make_demo_workspace(tmp_path, Clock(NEXT_MORNING))
    for slug, text in facts.items():
        workspace.facts.create(slug, BARE + text)
    return workspace


def test_what_lacks_a_fact_is_told_with_the_command_that_fills_it_in(tmp_path: Path) -> None:
    """A mail that nobody can be written, even one that was missed, is not proposed to be sent."""
    missed = TALKED.format(start="2026-11-11 10:00")
    workspace = _today(tmp_path, missed=missed, told=f'{missed}email = "kira@acme.example"\n')
    commands = {due.application.slug: due.command for due in look_at_today(workspace).due}
    assert commands["missed"] == 'change missed --address "kira-osei: ADDRESS"'
    assert commands["told"] == "ask told"


def test_what_an_interview_will_bring_is_not_said_to_be_missing_before_it(tmp_path: Path) -> None:
    """Of the thank-you for an interview to come, `today` says when it comes, not that notes on the talk are missing."""
    told = TALKED.format(start="2026-11-19 14:00") + 'email = "kira@acme.example"\n'
    workspace = _today(tmp_path, ahead=told)
    soon = list_soon(workspace, look_at_today(workspace))
    (found,) = (headline for headline in soon if headline.applications == ("ahead",))
    assert (found.mark, found.text, found.command) == ("soon", "Thank-you to Kira Osei, Acme", "plan ahead")
    assert found.tail.startswith(": ")


def test_a_promise_without_its_file_is_told_before_the_mail_is_refused(tmp_path: Path) -> None:
    """Where a thank-you would not be sent because a promised file is missing, `today` says so, and what to type."""
    talked = TALKED.format(start="2026-11-18 10:00") + 'email = "kira@acme.example"\ndiscussed = ["the night shift"]\n'
    workspace = _today(tmp_path, told=f'{talked}[[promised]]\nwhat = "the rota"\n')
    today = look_at_today(workspace)
    (due,) = (due for due in today.due if due.application.slug == "told" and due.step.kind is Kind.THANK_YOU)
    assert due.command == 'change told --ready "the rota: FILE"'
    (headline,) = (one for one in list_headlines(workspace, today) if one.command == due.command)
    assert headline.text.endswith(': it needs the file that you promised, "the rota"')


def test_a_draft_that_waits_for_approval_is_told_once(tmp_path: Path) -> None:
    """The draft of an answer that comes soon needs a decision; it does not stand under what comes soon as well."""
    workspace = _today(tmp_path)
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU))
    record_outcome(workspace, SLUG, Status.REJECTED, None, None)
    answer = prepare(workspace, Request(SLUG, Kind.REJECTION_THANKS)).prepared
    enqueue_prepared(workspace, answer, QueueTerms(state=State.DRAFT))
    today = look_at_today(replace(workspace, clock=Clock(NEXT_MORNING + timedelta(hours=3))))
    told = [entry.step.kind for entry in today.undecided] + [due.step.kind for due in (*today.due, *today.soon)]
    assert told == [Kind.REJECTION_THANKS]


def test_what_cannot_be_read_is_no_quiet_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside a file that cannot be read, nobody is told that nothing is due: what it holds may be."""
    workspace = _today(tmp_path)
    workspace.facts.path(SLUG).write_text("company = \n")
    show_today(workspace, json=False)
    said = capsys.readouterr()
    assert f"{SLUG}.toml" in said.err
    assert "Nothing is due" not in said.out


def test_where_nobody_is_known_somebody_is_asked_for(tmp_path: Path) -> None:
    """Without anybody to write to, `today` says how to name somebody."""
    workspace = _today(tmp_path, mesa="applied = 2026-11-05\n")
    (found,) = (due for due in look_at_today(workspace).due if due.application.slug == "mesa")
    assert found.command == 'change mesa --contact "NAME <ADDRESS>"'


def test_a_thank_you_that_has_time_comes_before_one_that_was_missed(tmp_path: Path) -> None:
    """What lacks only a fact can still be saved; what was missed cannot."""
    workspace = _today(
        tmp_path, missed=TALKED.format(start="2026-11-11 10:00"), saved=TALKED.format(start="2026-11-18 10:00")
    )
    told = [
        (headline.mark, headline.command.split()[1]) for headline in list_headlines(workspace, look_at_today(workspace))
    ]
    assert told.index(("lacks", "saved")) < told.index(("missed", "missed"))
    assert told.index(("due", SLUG)) < told.index(("lacks", "saved"))


def test_what_has_a_day_left_comes_before_what_was_missed(tmp_path: Path) -> None:
    """A thank-you that must leave today is above those that were missed days ago, in the list and on one screen."""
    with_address = 'email = "kira@acme.example"\ndiscussed = ["the night shift"]\n'
    days = {"missed": "2026-11-11", "ending": "2026-11-13", "later": "2026-11-17"}
    facts = {slug: TALKED.format(start=f"{day} 10:00") + with_address for slug, day in days.items()}
    workspace = _today(tmp_path, **facts)
    workspace = replace(workspace, clock=Clock(NEXT_MORNING - timedelta(hours=20)))
    workspace.facts.path(SLUG).unlink()
    today = look_at_today(workspace)
    wanted = ["ending", "missed", "later"]
    thanks = [due.step.id.application for due in today.due if due.step.kind is Kind.THANK_YOU]
    assert thanks == wanted
    shown = [one.applications[0] for one in list_headlines(workspace, today) if one.text.startswith("Thank-you")]
    assert shown == wanted


def test_the_order_is_that_of_the_readme(tmp_path: Path) -> None:
    """What is late comes before what was missed and can still be sent, and that before what is due."""
    missed = f'{TALKED.format(start="2026-11-11 10:00")}email = "kira@acme.example"\ndiscussed = ["the night shift"]\n'
    workspace = give_account(_today(tmp_path, missed=missed))
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",)))
    workspace = replace(workspace, clock=Clock(NEXT_MORNING + timedelta(hours=1)))
    marks = [headline.mark for headline in list_headlines(workspace, look_at_today(workspace))]
    assert marks[:3] == ["late", "missed", "due"]


def test_a_note_that_is_no_sentence_blocks_the_second_note(tmp_path: Path) -> None:
    """What no wording can say is not proposed to be sent; the sentence names the note, and no file of ours."""
    told = TALKED.format(start="2026-11-11 10:00") + 'email = "kira@acme.example"\ndiscussed = ["the night shift"]\n'
    workspace = give_account(_today(tmp_path, told=f'not_mentioned = ["kafka at scale"]\n{told}'))
    found = next(due for due in look_at_today(workspace).due if due.step.kind is Kind.ADDITIONAL_DETAIL)
    assert (found.step.state, found.command) == (StepState.BLOCKED, "ask told")
    assert found.step.note == 'your note "kafka at scale" is no sentence yet'
    with pytest.raises(TemplateError) as refused:
        enqueue(workspace, Request("told", Kind.ADDITIONAL_DETAIL))
    assert refused.value.sentence == f'"Second note" to Kira Osei cannot be written: {found.step.note}.'
    assert refused.value.fix == "Say it in a sentence: followup-mail ask told"


def test_our_own_wording_that_lacks_a_fact_names_no_place(tmp_path: Path) -> None:
    """Nobody is to mend what ships, so the sentence has what is missing, not a line or a name of a variable."""
    render = _today(tmp_path).writer.render
    with pytest.raises(TemplateError, match=r"^A fact is missing for Kira: the first line"):
        render("additional_detail/left_out.txt", {"full_name": "Kira", "company": "Acme", "when_we_met": "on Monday"})
