"""Deliver what is due, and say what became of each mail. Apart from ``sending``: nothing is written here."""

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

from followup_mail.cli import screen
from followup_mail.cli.phrases import say_mailbox, say_missing_home
from followup_mail.cli.show_entries import HANG, entry_json, say_trouble
from followup_mail.cli.unseen import exit_by
from followup_mail.delivery.dispatch import Result
from followup_mail.errors import ExitCode, OutboxError
from followup_mail.outbox.entry import OPEN, Entry, State
from followup_mail.road.accounts import list_pauses, say_pause
from followup_mail.road.deliver import deliver_always, deliver_once, stop_on_signal
from followup_mail.road.stranded import explain_stranded, find_filed, find_overdue
from followup_mail.road.tell_user import recorded
from followup_mail.wiring import House

_UNREAD: Final = "Nobody reads the output any more, so watching ends. What is queued stays queued."


def run_and_show(house: House, watch: bool, limit: int | None, json: bool) -> None:
    """Deliver what is due, once or for ever."""
    if not house.leaves_machine and not find_overdue(house):
        screen.note(house.say_folder())
    if not watch:
        with recorded(house, "run", may_tell=not screen.is_read()) as record, stoppable() as stop:
            results = gather(house, record.follow(deliver_once(house, limit, stop=stop)), json)
        report_results(house, results, json)
        if stop.is_set():
            screen.note("Stopped. What is queued stays queued.")
            raise typer.Exit(ExitCode.INTERRUPTED)
        exit_by(results, explain_stranded(house))
        return
    if stranded := explain_stranded(house):
        screen.note(screen.bad(stranded.sentence))
        screen.note(stranded.fix)
    screen.note("Watching the outbox; Ctrl-C ends it after the mail in hand.")
    with recorded(house, "run --watch") as record:

        def report(result: Result | OutboxError) -> None:
            record.note(result)
            tell_result(house, result)
            sys.stdout.flush()

        try:
            deliver_always(house, report, record.tell)
        except BrokenPipeError:
            screen.note(_UNREAD)
            raise
    screen.note("Stopped watching. What is queued stays queued.")


def gather(house: House, results: Iterable[Result], json: bool) -> list[Result]:
    """Carry a delivery out and return its results; tell each as it comes to somebody who reads along.

    Into a pipe they are told at the end: a reader that goes away must not keep the other mails from leaving. When the
    outbox gives up halfway, what left before is told all the same.
    """
    found: list[Result] = []
    try:
        for result in results:
            if screen.is_read() and not json:
                tell_result(house, result)
            found.append(result)
    except (OutboxError, KeyboardInterrupt):
        _tell_untold(house, found, json)
        raise
    return found


def _tell_untold(house: House, results: list[Result], json: bool) -> None:
    if json:
        screen.emit_json([_result_json(result) for result in results])
        return
    for result in () if screen.is_read() else results:
        tell_result(house, result)


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


def report_results(house: House, results: list[Result], json: bool) -> None:
    """Print what became of all entries of a run, as far as it was not told yet, and what rests."""
    _tell_untold(house, results, json)
    if not json:
        for pause in list_pauses(house):
            screen.note(screen.doubtful(say_pause(pause, house)))
        if not results:
            _say_nothing_due(house)


def tell_result(house: House, result: Result | OutboxError) -> None:
    """Say what became of one entry."""
    if isinstance(result, OutboxError):
        screen.note(screen.bad(result.sentence))
        screen.note(result.fix)
        return
    entry = result.entry
    if entry.state in {State.SENT, State.IN_FOLDER}:
        verb = "put into the folder" if entry.state is State.IN_FOLDER else "sent"
        said = f"{entry.label}  {say_mailbox(entry.mail.to)}: {entry.mail.subject}"
        screen.out(f"{screen.good(verb)}  {said}{_taken_as(house, entry)}", HANG)
        for address, words in entry.outcome.refused if entry.outcome else ():
            screen.note(f"    but not to {address}: {words}")
    elif entry.needs_user:
        say_trouble(house, entry)
    elif entry.state is State.SENDING:
        screen.out(f"{screen.doubtful('busy')}  {entry.label}  {entry.mail.to.name}: another run is sending it now.")
        screen.note(f"    followup-mail outbox show {entry.id}")
    elif entry.state is State.QUEUED and not entry.reason:
        screen.out(f"{screen.doubtful('waits')} {entry.label}  {entry.mail.to.name}: not tried yet")
    elif entry.state is State.QUEUED:
        again = f"{entry.ready_at.astimezone(house.own_zone):%a %d %b %H:%M}"
        said = f"{entry.label}  {entry.mail.to.name}: {entry.reason.rstrip('.')}; next try {again}"
        screen.out(f"{screen.doubtful('later')} {said}", HANG)
    else:
        screen.out(f"{entry.state}  {entry.label}  {entry.mail.to.name}: {entry.reason}", HANG)


def _taken_as(house: House, entry: Entry) -> str:
    """Return what the server called it, or the file it went into, below the home folder."""
    name = (entry.outcome.queue_id if entry.outcome else "") or ""
    below = Path(name).relative_to(house.home) if house.home in Path(name).parents else name
    return f" ({below})" if name else ""


def _say_nothing_due(house: House) -> None:
    busy = house.store.entries(states={State.SENDING}) if house.has_store else ()
    next_at = house.store.next_due_at(house.now(), house.sending_account) if house.has_store else None
    if busy:
        labels = ", ".join(entry.label for entry in busy)
        screen.out(f"Nothing is left to do here: another run is sending {labels} at this moment.")
    elif next_at is None:
        screen.out(f"Nothing is due, and {_say_left(house)}.")
    else:
        screen.out(f"Nothing is due. The next mail leaves on {next_at.astimezone(house.own_zone):%a %d %b at %H:%M}.")


def _say_left(house: House) -> str:
    """Say what is in the outbox though nothing leaves by itself: the account rests, or the user must decide."""
    left = house.store.entries(states=OPEN) if house.has_store else ()
    filed = ", ".join(entry.label for entry in find_filed(house))
    if not left and filed:
        return f"nothing is queued. In the folder, never sent: {filed}. See `followup-mail today`"
    if not left:
        return f"nothing is queued{say_missing_home(house)}"
    labels = ", ".join(entry.label for entry in left)
    return f"nothing leaves by itself for now: {labels}. See `followup-mail today`"


def _result_json(result: Result) -> dict[str, Any]:
    entry = result.entry
    said = replace(result.outcome) if result.outcome else None
    return {**entry_json(entry), "outcome": said}
