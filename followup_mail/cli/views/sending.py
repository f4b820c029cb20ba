"""Queue, or show, ask and send at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import typer
from msgspec.structs import replace

from followup_mail.cli.terminal import screen
from followup_mail.cli.views import show_mail
from followup_mail.cli.views.allowed_files_view import ask_to_attach
from followup_mail.cli.views.drafts_view import show_drafts
from followup_mail.cli.views.early_choice import or_early
from followup_mail.cli.views.grace_view import queue_and_wait, say_soon
from followup_mail.cli.views.model_view import ask_model
from followup_mail.cli.views.run_view import report_results, stoppable, telling
from followup_mail.cli.views.service_run import exit_by
from followup_mail.cli.views.show_entries import HANG, note_days_off, say_queued
from followup_mail.delivery.dispatch import Result
from followup_mail.errors import ExitCode, RefusedError
from followup_mail.outbox.attempt import Verdict
from followup_mail.outbox.entry import FOLDER, Entry, State
from followup_mail.services.as_json.json_views import queued_json
from followup_mail.services.as_json.outbox_json import trial_json
from followup_mail.services.context.mail_accounts import of_message
from followup_mail.services.context.request import Request, read_kind
from followup_mail.services.queueing.as_queued import take_queued
from followup_mail.services.queueing.enqueue import Queued, enqueue, enqueue_planned, refuse_unfit
from followup_mail.services.sending.send_now import deliver_queued, queue_to_send, require_ways_out
from followup_mail.services.sending.send_to_me import Trial, send_to_me
from followup_mail.services.typed.attachable import nobody_to_ask
from followup_mail.services.writing.early import CHOSEN, allow_early, say_early
from followup_mail.services.writing.prepare import prepare
from followup_mail.services.writing.who_writes import REMEMBERED, note_shown, require_read
from followup_mail.settings.password import NOTHING_SENT, lacks_password
from followup_mail.workspace import Workspace

_WHAT_MUST_RUN: Final = (
    "They leave while the service runs (`followup-mail service install`) or `followup-mail run --watch` is open; "
    "`followup-mail run` sends what is due now."
)
_INTO_FOLDER: Final = "They go there by `followup-mail run`, once they are due."
_WORKERS: Final = "They leave while a worker of the office runs; `followup-mail run` sends what is due now."


def queue_and_show(workspace: Workspace, request: Request, kind: str, planned: bool, ours: bool, json: bool) -> None:
    """Queue one kind, or with ``planned`` whatever the plan has ready, and say what leaves when."""
    if planned == bool(kind):
        raise RefusedError(
            "Name what to queue: a KIND, or --planned, not both.",
            fix="e.g. followup-mail queue lumen-freight thank_you",
        )
    asking = ask_model(workspace, ours=ours)

    def queue(early: str) -> Queued:
        wanted = replace(request, kind=None if planned else read_kind(kind), early=early)
        return (enqueue_planned if planned else enqueue)(workspace, wanted, ask_to_attach, asking)

    queued = or_early(queue, request.early, "Let it leave then anyway?", json)
    if json:
        screen.emit_json(queued_json(queued))
    else:
        show_queued(workspace, queued)
    show_drafts(workspace, [entry for entry in queued.entries if entry.state is not State.QUEUED], json)


def show_queued(workspace: Workspace, queued: Queued) -> None:
    """Say what leaves when, what must run for that, and who was left out."""
    leaving = tuple(entry for entry in queued.entries if entry.state is State.QUEUED)
    for entry in leaving:
        screen.out(say_queued(workspace, entry), HANG)
    note_days_off(leaving)
    if soon := say_soon(workspace, leaving):
        screen.note(soon)
    if leaving:
        if any(entry.account == FOLDER for entry in queued.entries):
            screen.note(workspace.say_folder())
        if any(lacks_password(of_message(workspace, entry.message).settings) for entry in leaving):
            screen.note(screen.doubtful(NOTHING_SENT))
        screen.note(_say_what_must_run(workspace, leaving))
    for sentence in (*(f"Left out: {left}" for left in queued.left_out), *queued.not_by_model):
        screen.note(sentence)


def _say_what_must_run(workspace: Workspace, leaving: Sequence[Entry]) -> str:
    """Return what must run so that mails leave: the service is for those that leave this machine."""
    if workspace.in_office:
        return _WORKERS
    return _INTO_FOLDER if all(entry.account == FOLDER for entry in leaving) else _WHAT_MUST_RUN


def send_and_show(workspace: Workspace, request: Request, yes: bool, ours: bool, wait: bool, json: bool) -> None:
    """Show, ask, queue for now, deliver just these; with ``wait`` after a minute in which Ctrl-C takes them back."""
    batch = prepare(workspace, request, nobody_to_ask if yes else ask_to_attach, ask_model(workspace, ours=ours))
    if not json:
        show_mail.show_all(batch.prepared, workspace.own_zone)
    for sentence in batch.left:
        screen.note(screen.doubtful(f"Left out: {sentence}"))
    early = "" if yes or json or not screen.is_interactive() else say_early(batch.prepared)
    prepared = allow_early(batch.prepared) if early else batch.prepared
    refuse_unfit(prepared)
    require_ways_out(workspace, prepared)
    if not all(of_message(workspace, one.message).leaves_machine for one in prepared):
        screen.note(workspace.say_folder())
    if yes or json:  # neither shows a mail
        require_read(workspace, prepared, REMEMBERED)
    if not yes and not _is_agreed(len(prepared), early):
        screen.note("Nothing was sent.")
        raise typer.Exit(ExitCode.REFUSED)
    note_shown(workspace, prepared)
    request = replace(request, early=CHOSEN) if early else request
    queued = queue_and_wait(workspace, prepared, request, json) if wait else ()
    with stoppable() as stop, telling(workspace, json) as tell:
        queued = queued or queue_to_send(workspace, prepared, request)
        sent = deliver_queued(workspace, queued, tell, stop)
    report_results(workspace, sent.results, json)
    if sent.later and not json:
        screen.note(_WORKERS if workspace.in_office else _WHAT_MUST_RUN)
    if sent.still_queued:
        labels = ", ".join(f"#{number}" for number in sent.still_queued)
        screen.note(f"Stopped. Still queued: {labels}.")
        screen.note("`followup-mail run` sends them, `followup-mail outbox cancel ID` stops them.")
        raise typer.Exit(ExitCode.INTERRUPTED)
    exit_by(sent.results)
    _refuse_taken_back(sent.results)


def _refuse_taken_back(results: Sequence[Result]) -> None:
    """End with the code of a refusal where a mail was taken back from elsewhere before it could leave."""
    if taken := [result.entry.label for result in results if result.entry.state is State.CANCELLED]:
        screen.note(f"Taken back by another command before it left: {', '.join(taken)}. Not sent.")
        raise typer.Exit(ExitCode.REFUSED)


def send_test_and_show(workspace: Workspace, request: Request, ours: bool, json: bool) -> None:
    """Send the mails of a step to the user's own address, and say what became of each."""
    batch = prepare(workspace, request, nobody_to_ask, ask_model(workspace, ours=ours))
    mails, _ = (batch.prepared, ()) if request.wording else take_queued(workspace, batch.prepared)
    if not json:
        show_mail.show_all(mails, workspace.own_zone)
    tests = send_to_me(workspace, mails)
    if json:
        screen.emit_json([trial_json(test) for test in tests])
    elif any(test.result.in_folder for test in tests):
        screen.note(workspace.say_folder())
    for test in () if json else tests:
        _say_test(test)
    if any(test.result.verdict is not Verdict.ACCEPTED for test in tests):
        raise typer.Exit(ExitCode.DELIVERY)


def _say_test(test: Trial) -> None:
    result, mail = test.result, test.message
    if result.verdict is Verdict.ACCEPTED:
        where = f"put into the folder ({result.queue_id})" if result.in_folder else f"sent to {mail.to.email}"
        screen.out(f"{screen.good('test')}  {mail.subject}: {where}. Nothing went to {test.meant_for}.", HANG)
    else:
        unclear = result.verdict is Verdict.UNCLEAR
        what = "this test may or may not have been sent" if unclear else "this test was not sent"
        screen.out(f"{screen.bad('test')}  {mail.subject}: {what}: {result.said}", HANG)
        screen.advise(result.fix)


def _is_agreed(count: int, early: str) -> bool:
    if not screen.is_interactive():
        raise RefusedError(
            "Nothing was sent: there is no terminal to ask on.", fix="Add --yes to send without being asked."
        )
    if early:
        screen.note(screen.doubtful(early))
        return screen.confirm(f"Send {'it' if count == 1 else 'them'} now anyway?")
    return screen.confirm(f"Send {'this mail' if count == 1 else f'these {count} mails'} now?")
