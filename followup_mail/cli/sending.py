"""Send now, or deliver what is due, and say what became of each mail."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import typer

from followup_mail.cli import screen, show_mail
from followup_mail.cli.show_entries import entry_json, say_trouble
from followup_mail.delivery.dispatch import Result
from followup_mail.errors import ExitCode, OutboxError, RefusedError
from followup_mail.outbox.entry import State
from followup_mail.road.accounts import list_pauses, say_pause, try_again
from followup_mail.road.deliver import deliver_always, deliver_once
from followup_mail.road.enqueue import enqueue_prepared, refuse_unfit
from followup_mail.road.prepare import prepare
from followup_mail.road.request import Request
from followup_mail.wiring import House


def send_and_show(house: House, request: Request, yes: bool, json: bool) -> None:
    """Show, ask, queue for now, deliver just these."""
    batch = prepare(house, request)
    prepared = batch.prepared
    if not json:
        show_mail.show_all(prepared, house.own_zone)
    for sentence in batch.left:
        screen.note(screen.doubtful(f"Left out: {sentence}"))
    refuse_unfit(prepared)
    if not house.leaves_machine:
        screen.note(house.say_folder())
    if not yes and not _agreed(len(prepared)):
        screen.note("Nothing was sent.")
        raise typer.Exit(ExitCode.REFUSED)
    try_again(house)
    entries = enqueue_prepared(house, prepared, request.ignore)
    results = list(deliver_once(house, only=frozenset(entry.id for entry in entries)))
    _report(house, results, json)


def run_and_show(house: House, watch: bool, limit: int | None, json: bool) -> None:
    """Deliver what is due, once or for ever."""
    if not house.leaves_machine:
        screen.note(house.say_folder())
    if not watch:
        _report(house, list(deliver_once(house, limit)), json)
        return
    screen.note("Watching the outbox; Ctrl-C ends it after the mail in hand.")
    deliver_always(house, lambda result: tell_result(house, result))
    screen.note("Stopped watching. What is queued stays queued.")


def _agreed(count: int) -> bool:
    if not screen.is_interactive():
        raise RefusedError(
            "Nothing was sent: there is no terminal to ask on.", fix="Say --yes to send without being asked."
        )
    return screen.confirm(f"Send {'this mail' if count == 1 else f'these {count} mails'} now?")


def _report(house: House, results: list[Result], json: bool) -> None:
    if json:
        screen.emit_json([_result_json(result) for result in results])
    else:
        for result in results:
            tell_result(house, result)
        for pause in list_pauses(house):
            screen.note(screen.doubtful(say_pause(pause, house)))
        if not results:
            _say_nothing_due(house)
    if any(result.entry.state in {State.FAILED, State.UNCLEAR, State.MISSED} for result in results):
        raise typer.Exit(ExitCode.DELIVERY)


def tell_result(house: House, result: Result | OutboxError) -> None:
    """Say what became of one entry."""
    if isinstance(result, OutboxError):
        screen.note(screen.bad(result.sentence))
        screen.note(result.fix)
        return
    entry = result.entry
    if entry.state is State.SENT:
        taken = f" ({entry.outcome.queue_id})" if entry.outcome and entry.outcome.queue_id else ""
        verb = "sent" if house.leaves_machine else "put into the folder"
        screen.out(
            f"{screen.good(verb)}  {entry.label}  {show_mail.say_mailbox(entry.mail.to)}: {entry.mail.subject}{taken}"
        )
        for address, words in entry.outcome.refused if entry.outcome else ():
            screen.note(f"    but not to {address}: {words}")
    elif entry.needs_user:
        say_trouble(entry)
    elif entry.state is State.QUEUED:
        again = f"{entry.ready_at.astimezone(house.own_zone):%a %d %b %H:%M}"
        screen.out(f"{screen.doubtful('later')} {entry.label}  {entry.mail.to.name}: {entry.reason}; next try {again}")
    else:
        screen.out(f"{entry.state}  {entry.label}  {entry.mail.to.name}: {entry.reason}")


def _say_nothing_due(house: House) -> None:
    next_at = house.store.next_due_at(house.now()) if house.has_store else None
    if next_at is None:
        screen.out("Nothing is due, and nothing is queued.")
    else:
        screen.out(f"Nothing is due. The next mail leaves on {next_at.astimezone(house.own_zone):%a %d %b at %H:%M}.")


def _result_json(result: Result) -> dict[str, Any]:
    entry = result.entry
    said = replace(result.outcome) if result.outcome else None
    return {**entry_json(entry), "outcome": said}
