"""What they answered: say what recording it stopped, and what to type next."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from followup_mail.cadence.kinds import Kind
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.model_view import ask_model
from followup_mail.cli.views.show_decisions import show_going_on
from followup_mail.cli.views.show_entries import HANG
from followup_mail.cli.views.show_holds import say_stays_held
from followup_mail.cli.views.show_mail import show_all
from followup_mail.facts.terms import Status
from followup_mail.services.answers.answer_rejection import Rejection
from followup_mail.services.answers.record_letter import Came, record_no, record_other
from followup_mail.services.answers.record_outcome import OutcomeChanges, Resumed
from followup_mail.services.as_json.json_views import entries_json, outcome_json, rejection_json
from followup_mail.services.writing.who_writes import note_shown
from followup_mail.workspace import Workspace


def show_outcome(workspace: Workspace, slug: str, status: Status, changes: OutcomeChanges, json: bool) -> None:
    """Say what recording an outcome did."""
    if json:
        screen.emit_json(outcome_json(status, changes))
        return
    screen.out(f"{workspace.facts.load(slug).company}: {status}.")
    for entry in changes.cancelled:
        screen.out(f"Cancelled {entry.label}: {entry.message.subject} (to {entry.message.to.name})", HANG)
    for entry in changes.held:
        screen.out(f"Held {entry.label}: {entry.message.subject} (to {entry.message.to.name})", HANG)
    if changes.held or status is Status.REPLIED:
        screen.note(f"Nothing more leaves for {slug} until `followup-mail resume {slug}` or another outcome.")
    for entry in changes.under_way:
        screen.note(f"{entry.label} to {entry.message.to.name} is being sent at this moment; that is too late to stop.")
    for entry in changes.unclear:
        screen.note(f"{entry.label} to {entry.message.to.name} is unclear: see `followup-mail outbox show {entry.id}`.")
    for sentence in changes.notes:
        screen.note(sentence)


def record_outcome_and_show(workspace: Workspace, came: Came, status: Status, day: date | None, json: bool) -> None:
    """Record an outcome other than a rejection, and show what came of it."""
    changes = record_other(workspace, replace(came, on=day), status, screen.note)
    show_outcome(workspace, came.slug, status, changes, json)


def record_and_show(workspace: Workspace, came: Came, day: date | None, reason: str, json: bool) -> None:
    """Record a rejection with the day and the letter, ask what the answer lacks, and show what came of it."""
    asking = ask_model(workspace)

    def ask() -> None:
        if screen.is_interactive() and not json:
            from followup_mail.cli.views.ask_form import offer_to_ask

            offer_to_ask(workspace, came.slug, Kind.REJECTION_THANKS, (), asking)

    rejection = record_no(workspace, replace(came, on=day, reason=reason), screen.note, ask, asking)
    show_rejection(workspace, came.slug, rejection, json)
    note_shown(workspace, rejection.prepared)


def show_rejection(workspace: Workspace, slug: str, rejection: Rejection, json: bool) -> None:
    """Say what recording a rejection did, and show the draft of the answer."""
    if json:
        screen.emit_json({"application": slug, **rejection_json(Status.REJECTED, rejection)})
        return
    show_outcome(workspace, slug, Status.REJECTED, rejection.changes, json)
    if rejection.before:
        screen.out(rejection.before.sentence)
        screen.advise(rejection.before.fix)
        return
    if rejection.why_no_draft:
        screen.note(f"The answer could not be drafted: {rejection.why_no_draft.sentence}")
        screen.advise(rejection.why_no_draft.fix)
        return
    screen.out()
    show_all(rejection.prepared, workspace.own_zone)
    screen.out()
    for entry in rejection.entries:
        screen.out(f"Kept as draft {entry.label}. To queue it: followup-mail outbox approve {entry.id}")


def show_resumed(workspace: Workspace, slug: str, resumed: Resumed, json: bool) -> None:
    """Say what goes on, and what stays held."""
    if json:
        past = [entry.id for entry in resumed.past]
        screen.emit_json({"resumed": entries_json(resumed.entries), "past": past})
        return
    screen.out(f"{slug} goes on.")
    show_going_on(workspace, resumed.entries)
    for entry in resumed.still_held:
        say_stays_held(workspace, entry)
    screen.note(f"`followup-mail plan {slug}` shows what comes next.")
