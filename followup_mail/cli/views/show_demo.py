"""The demonstration on the screen: a small play in five scenes, each with the command that would do the same."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from shutil import rmtree

from followup_mail.cadence.step import Kind
from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.end_signals import told_to_end
from followup_mail.cli.views.run_view import tell_result
from followup_mail.cli.views.show_answers import show_rejection
from followup_mail.cli.views.show_entries import HANG, say_queued
from followup_mail.cli.views.show_mail import show_all
from followup_mail.incoming.reply import read_received
from followup_mail.services.answers.answer_rejection import record_rejection
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import (
    AFTER_THE_INTERVIEW,
    DAY_AFTER,
    NEXT_MORNING,
    REJECTION_CAME,
    SLUG,
    Clock,
    approve_answer,
    make_demo_workspace,
)
from followup_mail.services.queueing.enqueue import enqueue_prepared
from followup_mail.services.sending.deliver import deliver_once
from followup_mail.services.writing.prepare import prepare
from followup_mail.workspace import Workspace


def show_demo(keep: bool) -> None:
    """Play it in a new temporary folder, which is removed at the end unless it was played through and is to stay."""
    home = Path(tempfile.mkdtemp(prefix="followup-mail-demo-"))
    with ExitStack() as at_the_end, told_to_end():
        at_the_end.callback(rmtree, home, ignore_errors=True)
        clock = Clock()
        workspace = make_demo_workspace(home, clock)
        at_the_end.callback(workspace.close)
        _play(workspace, clock)
        _say_next(home if keep else None)
        if keep:
            workspace.close()
            at_the_end.pop_all()


def _play(workspace: Workspace, clock: Clock) -> None:
    screen.out(
        "A demonstration on sample facts. Nothing leaves this machine: there is no mail server set, so mails go into "
        "a temporary folder. The clock is pretended; the rest is the real thing."
    )

    _scene(clock, AFTER_THE_INTERVIEW, "An hour after the interview: thank all three", f"queue {SLUG} thank_you")
    _queue(workspace, Kind.THANK_YOU)
    _scene(clock, NEXT_MORNING, "The next morning they leave", "run")
    _deliver(workspace)
    _scene(clock, NEXT_MORNING, "A second note is queued for its date", f"queue {SLUG} additional_detail")
    _queue(workspace, Kind.ADDITIONAL_DETAIL)
    _scene(clock, REJECTION_CAME, "A rejection comes", f"rejected {SLUG} --message their-answer.eml")
    rejection = record_rejection(workspace, SLUG, (None, read_received(workspace.home / "their-answer.eml")))
    show_rejection(workspace, SLUG, rejection, json=False)
    _scene(clock, DAY_AFTER, "Approved, the answer leaves in their thread", "outbox approve 5; followup-mail run")
    approve_answer(workspace)
    _deliver(workspace)


def _scene(clock: Clock, at: datetime, title: str, command: str) -> None:
    clock.shows = at
    screen.out()
    screen.out(screen.strong(f"== {at:%a} {at.day} {at:%b, %H:%M}. {title}"))
    screen.out(screen.dim(f"$ followup-mail {command}"))
    screen.out()


def _queue(workspace: Workspace, kind: Kind) -> None:
    prepared = prepare(workspace, Request(SLUG, kind)).prepared
    show_all(prepared, workspace.own_zone)
    screen.out()
    for entry in enqueue_prepared(workspace, prepared):
        screen.out(say_queued(workspace, entry), HANG)


def _deliver(workspace: Workspace) -> None:
    for result in deliver_once(workspace):
        tell_result(workspace, result)


def _say_next(home: Path | None) -> None:
    screen.out()
    if home:
        screen.out(f"Everything lies in {home}: the mails in delivered/new, the facts in applications.")
        screen.out("Remove that folder when you have seen it.")
    else:
        screen.out("The folder is removed again. To look into it, with each mail as a file: followup-mail demo --keep")
    screen.out()
    screen.out(screen.strong("Now with your own:"))
    screen.out("  followup-mail add                 write down your interview, in a minute")
    screen.out("  followup-mail settings --example  the settings to send for real, as a file")
    screen.out("  followup-mail today               what is due, each day")
