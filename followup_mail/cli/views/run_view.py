"""Deliver what is due, and say what became of each mail. Apart from ``sending``: nothing is written here."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from followup_mail.cadence.clocks import describe_moment
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.labels import say_mailbox, say_missing_home
from followup_mail.cli.views.service_run import exit_by
from followup_mail.cli.views.show_entries import HANG, say_trouble
from followup_mail.delivery.dispatch import NO_COPY, Result
from followup_mail.errors import ExitCode, OutboxError
from followup_mail.outbox.draft_changes import SENT_THERE
from followup_mail.outbox.entry import FOLDER, Entry, State, shown_clock
from followup_mail.services.as_json.json_views import results_json
from followup_mail.services.context.mail_accounts import explain_unfit, sending_accounts
from followup_mail.services.queueing.outbox_list import Remaining, find_remaining
from followup_mail.services.queueing.stranded import explain_stranded, find_overdue
from followup_mail.services.sending import run_due
from followup_mail.services.sending.deliver import stop_on_signal
from followup_mail.services.sending.paused_accounts import list_pauses, say_pause
from followup_mail.workspace import Workspace

_UNREAD: Final = "Nobody reads the output any more, so watching ends. What is queued stays queued."


def run_and_show(workspace: Workspace, watch: bool, limit: int | None, json: bool) -> None:
    """Deliver what is due, once or for ever."""
    if sending_accounts(workspace) <= {FOLDER} and not find_overdue(workspace):
        screen.note(workspace.say_folder())
    if watch:
        _watch(workspace)
        return
    with stoppable() as stop, telling(workspace, json) as tell:
        results = run_due.run_once(workspace, tell, limit=limit, stop=stop, may_notify=not screen.is_read())
    report_results(workspace, results, json)
    if stop.is_set():
        screen.note("Stopped. What is queued stays queued.")
        import typer

        raise typer.Exit(ExitCode.INTERRUPTED)
    exit_by(results, explain_unfit(workspace) or explain_stranded(workspace))


def _watch(workspace: Workspace) -> None:
    for wrong in filter(None, (explain_unfit(workspace), explain_stranded(workspace))):
        screen.note(screen.bad(wrong.sentence))
        screen.advise(wrong.fix)
    screen.note("Watching the outbox; Ctrl-C ends it after the mail in hand.")

    def tell(result: Result | OutboxError) -> None:
        tell_result(workspace, result)
        sys.stdout.flush()

    try:
        run_due.watch(workspace, tell)
    except BrokenPipeError:
        screen.note(_UNREAD)
        raise
    screen.note("Stopped watching. What is queued stays queued.")


@contextmanager
def telling(workspace: Workspace, json: bool) -> Iterator[Callable[[Result], None]]:
    """Yield what tells the results of a delivery as they come to somebody who reads along.

    Into a pipe they are told at the end: a reader that goes away must not keep the other mails from leaving. When the
    outbox gives up halfway, what left before is told all the same.
    """
    found: list[Result] = []

    def tell(result: Result) -> None:
        if screen.is_read() and not json:
            tell_result(workspace, result)
        found.append(result)

    try:
        yield tell
    except (OutboxError, KeyboardInterrupt):
        _tell_untold(workspace, found, json)
        raise


def _tell_untold(workspace: Workspace, results: Sequence[Result], json: bool) -> None:
    if json:
        screen.emit_json(results_json(results))
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
        import typer

        raise typer.Exit(ExitCode.INTERRUPTED) from None


def _tell_stopping() -> None:
    # Inside a signal handler: no buffered stream may be used.
    if screen.is_interactive():
        with suppress(OSError):
            os.write(2, b"\nStopping after the mail in hand. Ctrl-C again stops at once.\n")


def report_results(workspace: Workspace, results: Sequence[Result], json: bool) -> None:
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
        screen.advise(result.fix)
        return
    entry = result.entry
    if entry.state in {State.SENT, State.IN_FOLDER}:
        verb = _say_done(entry)
        said = f"{entry.label}  {say_mailbox(entry.message.to)}: {entry.message.subject}"
        screen.out(f"{screen.good(verb)}  {said}{_taken_as(workspace, entry)}", HANG)
        for address, words in entry.outcome.refused if entry.outcome else ():
            screen.note(f"    but not to {address}: {words}")
        if entry.reason.startswith(SENT_THERE):
            screen.note(f"    {entry.reason}", HANG)
        if result.copy.startswith(NO_COPY):
            screen.note(f"    {result.copy}", HANG)
    elif entry.needs_user:
        say_trouble(workspace, entry)
    elif entry.state is State.SENDING:
        screen.out(f"{screen.doubtful('busy')}  {entry.label}  {entry.message.to.name}: another run is sending it now.")
        screen.note(f"    followup-mail outbox show {entry.id}")
    elif entry.state is State.QUEUED and not entry.reason:
        said = _say_turn(workspace, entry)
        screen.out(f"{screen.doubtful('waits')} {entry.label}  {entry.message.to.name}: {said}", HANG)
    elif entry.state is State.QUEUED:
        again = describe_moment(entry.ready_at, shown_clock(entry.timing.place.zone), workspace.own_zone)
        said = f"{entry.label}  {entry.message.to.name}: {entry.reason.rstrip('.')}; next try {again}"
        screen.out(f"{screen.doubtful('later')} {said}", HANG)
    else:
        screen.out(f"{entry.state}  {entry.label}  {entry.message.to.name}: {entry.reason}", HANG)


def _say_done(entry: Entry) -> str:
    if entry.state is State.IN_FOLDER:
        return "put into Drafts" if entry.in_drafts else "put into the folder"
    return "sent"


def _say_turn(workspace: Workspace, entry: Entry) -> str:
    if entry.ready_at <= workspace.now():
        return "not tried yet"
    return f"leaves at {entry.ready_at.astimezone(workspace.own_zone):%H:%M}, minutes apart from the others"


def _taken_as(workspace: Workspace, entry: Entry) -> str:
    """Return what the server called it, or the file it went into, below the home folder."""
    name = (entry.outcome.queue_id if entry.outcome else "") or ""
    below = Path(name).relative_to(workspace.home) if workspace.home in Path(name).parents else name
    return f" ({below})" if name else ""


def _say_nothing_due(workspace: Workspace) -> None:
    left = find_remaining(workspace)
    if left.sending:
        labels = ", ".join(entry.label for entry in left.sending)
        screen.out(f"Nothing is left to do here: another run is sending {labels} at this moment.")
    elif left.next_at is None:
        screen.out(f"Nothing is due, and {_say_left(workspace, left)}.")
    else:
        next_at = describe_moment(left.next_at, workspace.own_zone, workspace.own_zone)
        screen.out(f"Nothing is due. The next mail leaves on {next_at}.")


def _say_left(workspace: Workspace, left: Remaining) -> str:
    """Say what is in the outbox though nothing leaves by itself: the account rests, or the user must decide."""
    if left.open:
        labels = ", ".join(entry.label for entry in left.open)
        return f"nothing leaves by itself for now: {labels}. See `followup-mail today`"
    if left.in_folder:
        labels = ", ".join(entry.label for entry in left.in_folder)
        return f"nothing is queued. In the folder, never sent: {labels}. See `followup-mail today`"
    return f"nothing is queued{say_missing_home(workspace)}"
