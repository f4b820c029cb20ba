"""Deliver what is due, and say what became of each mail. Apart from ``send_view``: nothing is written here."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import typer

from followup_mail.cli.terminal import screen
from followup_mail.cli.views.labels import say_mailbox, say_missing_home
from followup_mail.cli.views.service_run import exit_by
from followup_mail.cli.views.show_entries import HANG, entry_json, say_trouble
from followup_mail.delivery.dispatch import Result
from followup_mail.errors import ExitCode, OutboxError
from followup_mail.outbox.entry import OPEN, Entry, State
from followup_mail.services.deliver import deliver_always, deliver_once, stop_on_signal
from followup_mail.services.paused_accounts import list_pauses, say_pause
from followup_mail.services.run_log import recorded
from followup_mail.services.stranded import explain_stranded, find_filed, find_overdue
from followup_mail.workspace import Workspace

_UNREAD: Final = "Nobody reads the output any more, so watching ends. What is queued stays queued."


def run_and_show(workspace: Workspace, watch: bool, limit: int | None, json: bool) -> None:
    """Deliver what is due, once or for ever."""
    if not workspace.leaves_machine and not find_overdue(workspace):
        screen.note(workspace.say_folder())
    if not watch:
        with recorded(workspace, "run", may_tell=not screen.is_read()) as record, stoppable() as stop:
            results = gather(workspace, record.follow(deliver_once(workspace, limit, stop=stop)), json)
        report_results(workspace, results, json)
        if stop.is_set():
            screen.note("Stopped. What is queued stays queued.")
            raise typer.Exit(ExitCode.INTERRUPTED)
        exit_by(results, explain_stranded(workspace))
        return
    if stranded := explain_stranded(workspace):
        screen.note(screen.bad(stranded.sentence))
        screen.note(stranded.fix)
    screen.note("Watching the outbox; Ctrl-C ends it after the mail in hand.")
    with recorded(workspace, "run --watch") as record:

        def report(result: Result | OutboxError) -> None:
            record.note(result)
            tell_result(workspace, result)
            sys.stdout.flush()

        try:
            deliver_always(workspace, report, record.tell)
        except BrokenPipeError:
            screen.note(_UNREAD)
            raise
    screen.note("Stopped watching. What is queued stays queued.")


def gather(workspace: Workspace, results: Iterable[Result], json: bool) -> list[Result]:
    """Carry a delivery out and return its results; tell each as it comes to somebody who reads along.

    Into a pipe they are told at the end: a reader that goes away must not keep the other mails from leaving. When the
    outbox gives up halfway, what left before is told all the same.
    """
    found: list[Result] = []
    try:
        for result in results:
            if screen.is_read() and not json:
                tell_result(workspace, result)
            found.append(result)
    except (OutboxError, KeyboardInterrupt):
        _tell_untold(workspace, found, json)
        raise
    return found


def _tell_untold(workspace: Workspace, results: list[Result], json: bool) -> None:
    if json:
        screen.emit_json([_result_json(result) for result in results])
        return
    for result in () if screen.is_read() else results:
        tell_result(workspace, result)


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Let the first Ctrl-C end a delivery after the mail in hand, and the second at once."""
    try:
        with stop_on_signal(_tell_stopping) as stop:
            yield stop
    except KeyboardInterrupt:
        screen.note("\nStopped at once. `followup-mail outbox list --all` shows how far it came.")
        raise typer.Exit(ExitCode.INTERRUPTED) from None


def _tell_stopping() -> None:
    # Inside a signal handler: no buffered stream may be used.
    if screen.is_interactive():
        with suppress(OSError):
            os.write(2, b"\nStopping after the mail in hand. Ctrl-C again stops at once.\n")


def report_results(workspace: Workspace, results: list[Result], json: bool) -> None:
    """Print what became of all entries of a run, as far as it was not told yet, and what rests."""
    _tell_untold(workspace, results, json)
    if not json:
        for pause in list_pauses(workspace):
            screen.note(screen.doubtful(say_pause(pause, workspace)))
        if not results:
            _say_nothing_due(workspace)


def tell_result(workspace: Workspace, result: Result | OutboxError) -> None:
    """Say what became of one entry."""
    if isinstance(result, OutboxError):
        screen.note(screen.bad(result.sentence))
        screen.note(result.fix)
        return
    entry = result.entry
    if entry.state in {State.SENT, State.IN_FOLDER}:
        verb = "put into the folder" if entry.state is State.IN_FOLDER else "sent"
        said = f"{entry.label}  {say_mailbox(entry.message.to)}: {entry.message.subject}"
        screen.out(f"{screen.good(verb)}  {said}{_taken_as(workspace, entry)}", HANG)
        for address, words in entry.outcome.refused if entry.outcome else ():
            screen.note(f"    but not to {address}: {words}")
    elif entry.needs_user:
        say_trouble(workspace, entry)
    elif entry.state is State.SENDING:
        screen.out(f"{screen.doubtful('busy')}  {entry.label}  {entry.message.to.name}: another run is sending it now.")
        screen.note(f"    followup-mail outbox show {entry.id}")
    elif entry.state is State.QUEUED and not entry.reason:
        screen.out(f"{screen.doubtful('waits')} {entry.label}  {entry.message.to.name}: not tried yet")
    elif entry.state is State.QUEUED:
        again = f"{entry.ready_at.astimezone(workspace.own_zone):%a %d %b %H:%M}"
        said = f"{entry.label}  {entry.message.to.name}: {entry.reason.rstrip('.')}; next try {again}"
        screen.out(f"{screen.doubtful('later')} {said}", HANG)
    else:
        screen.out(f"{entry.state}  {entry.label}  {entry.message.to.name}: {entry.reason}", HANG)


def _taken_as(workspace: Workspace, entry: Entry) -> str:
    """Return what the server called it, or the file it went into, below the home folder."""
    name = (entry.outcome.queue_id if entry.outcome else "") or ""
    below = Path(name).relative_to(workspace.home) if workspace.home in Path(name).parents else name
    return f" ({below})" if name else ""


def _say_nothing_due(workspace: Workspace) -> None:
    busy = workspace.store.entries(states={State.SENDING}) if workspace.has_store else ()
    next_at = workspace.store.next_due_at(workspace.now(), workspace.sending_account) if workspace.has_store else None
    if busy:
        labels = ", ".join(entry.label for entry in busy)
        screen.out(f"Nothing is left to do here: another run is sending {labels} at this moment.")
    elif next_at is None:
        screen.out(f"Nothing is due, and {_say_left(workspace)}.")
    else:
        screen.out(
            f"Nothing is due. The next mail leaves on {next_at.astimezone(workspace.own_zone):%a %d %b at %H:%M}."
        )


def _say_left(workspace: Workspace) -> str:
    """Say what is in the outbox though nothing leaves by itself: the account rests, or the user must decide."""
    left = workspace.store.entries(states=OPEN) if workspace.has_store else ()
    filed = ", ".join(entry.label for entry in find_filed(workspace))
    if not left and filed:
        return f"nothing is queued. In the folder, never sent: {filed}. See `followup-mail today`"
    if not left:
        return f"nothing is queued{say_missing_home(workspace)}"
    labels = ", ".join(entry.label for entry in left)
    return f"nothing leaves by itself for now: {labels}. See `followup-mail today`"


def _result_json(result: Result) -> dict[str, Any]:
    entry = result.entry
    said = replace(result.attempt) if result.attempt else None
    return {**entry_json(entry), "outcome": said}
