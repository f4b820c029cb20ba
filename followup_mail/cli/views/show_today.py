"""What is due over all applications, most urgent first, each with the command to type."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from followup_mail.cadence.step import Step, StepState
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.labels import say_missing_home
from followup_mail.cli.views.show_entries import entry_json, say_trouble, show_damaged
from followup_mail.cli.views.show_late import find_late, show_late
from followup_mail.cli.views.show_plan import step_json
from followup_mail.facts.application import Application
from followup_mail.outbox.entry import OPEN, Entry
from followup_mail.services.application_context import ApplicationContext, open_all
from followup_mail.services.deliver import find_abandoned
from followup_mail.services.paused_accounts import list_pauses, say_pause
from followup_mail.services.stranded import Stranded, find_filed, find_stranded
from followup_mail.workspace import Workspace

_NO_DATE = datetime.max.replace(tzinfo=UTC)
_DUE = frozenset({StepState.MISSED, StepState.DUE})
_SOON = timedelta(days=3)
_URGENCY = {StepState.MISSED: 0, StepState.DUE: 1, StepState.BLOCKED: 2}


def show_today(workspace: Workspace, json: bool) -> None:
    """Print entries that need a decision or are late, then every step that is due, then what is broken or blocked."""
    cases, broken = open_all(workspace)
    find_abandoned(workspace)
    stuck = [e for e in workspace.store.entries(states=OPEN) if e.needs_user] if workspace.has_store else []
    late, stranded = find_late(workspace), find_stranded(workspace)
    decided_there = {entry.step for entry in stuck}
    due = sorted(
        (
            (case, step)
            for case in cases
            for step in case.plan.steps
            if _belongs_here(step, case.now) and step.id not in decided_there
        ),
        key=lambda pair: (_URGENCY[pair[1].state], pair[1].last_at or pair[1].due_at or _NO_DATE),
    )
    if json:
        screen.emit_json(
            _as_json(stuck, late, due, [error.sentence for error in broken])
            | _accounts_json(workspace, cases, stranded)
        )
        return
    for error in broken:
        screen.note(screen.bad(error.sentence))
    for pause in list_pauses(workspace):
        screen.note(screen.doubtful(say_pause(pause, workspace)))
    show_damaged(workspace)
    _show_stuck(workspace, stuck)
    show_stranded(stranded)
    show_late(workspace, late)
    for title, wanted in (("Due", _DUE), ("Waiting for a fact", {StepState.BLOCKED})):
        _show_steps(workspace, title, [(case, step) for case, step in due if step.state in wanted])
    _say_what_never_left(workspace, _list_filed(workspace, cases))
    if not due and not stuck and not late and not stranded:
        _say_quiet(workspace, bool(cases or broken))


def _show_stuck(workspace: Workspace, stuck: list[Entry]) -> None:
    if stuck:
        screen.out(screen.strong("These need a decision of yours"))
        for entry in stuck:
            say_trouble(workspace, entry)
        screen.out()


def _show_steps(workspace: Workspace, title: str, steps: list[tuple[ApplicationContext, Step]]) -> None:
    if steps:
        screen.out(screen.strong(title))
        for case, step in steps:
            _show(workspace, case, step)
        screen.out()


def _list_filed(workspace: Workspace, cases: list[ApplicationContext]) -> list[Entry]:
    """Return what lies in the folder and may still be sent: an application that is over needs no mail any more."""
    over = {case.application.slug for case in cases if case.application.outcome.status.is_end}
    return [entry for entry in find_filed(workspace) if entry.step.application not in over]


def _say_what_never_left(workspace: Workspace, found: list[Entry]) -> None:
    """Say that mails go into the folder; or, once a server is set, which of them still lie there."""
    if not workspace.leaves_machine:
        labels = ", ".join(entry.label for entry in found)
        screen.note(workspace.say_folder() + (f" There so far: {labels}." if labels else ""))
        return
    if not found:
        return
    screen.out(screen.strong("In folder, from before a mail server was set: these never left this machine"))
    for entry in found:
        screen.out(f"{entry.label} to {entry.message.to.name}: {entry.message.subject}", "    ")
        same = entry.message.mail_from.lower() == workspace.sending_account
        retry = f"outbox retry {entry.id}, or " if same else f"written from {entry.message.mail_from}: "
        screen.out(f"    {'followup-mail ' if same else ''}{retry}outbox cancel {entry.id}")
    screen.out()


def show_stranded(stranded: tuple[Stranded, ...]) -> None:
    """Print which mails wait for an account that is not set, and what to do about each."""
    if not stranded:
        return
    screen.out(screen.strong("These wait for an account that is not set"))
    for one in stranded:
        screen.out(screen.doubtful(f"{one.entry.label} to {one.entry.message.to.name} {one.why}."), "    ")
        screen.out(screen.wrap(one.fix, "    "))
    screen.out()


def _belongs_here(step: Step, now: datetime) -> bool:
    """Tell whether a step is due, missed, or lacks a fact and would be due within days."""
    if step.state is StepState.BLOCKED:
        return step.due_at is None or step.due_at <= now + _SOON
    return step.state in _DUE


def _show(workspace: Workspace, case: ApplicationContext, step: Step) -> None:
    application = case.application
    name = step.person.name if step.person else "nobody known yet"
    screen.out(f"{step.kind.traits.in_heading} to {name}: {application.role}, {application.company}")
    screen.out(screen.wrap(f"{step.state}: {step.note or step.reason}", "    "))
    if step.last_at and step.state is StepState.DUE:
        screen.out(f"    best before {step.last_at:%a} {step.last_at.day} {step.last_at:%b, %H:%M}")
    if not step.channel.traits.is_sent and step.state is StepState.DUE:
        from followup_mail.cli.views.show_script import print_script

        print_script(workspace, case, step, "    | ")
    screen.out(f"    followup-mail {command_for(application, step)}")


def command_for(application: Application, step: Step) -> str:
    """Return what to type about a step, without the program's name."""
    to = f" --to {step.person.key}" if step.person else ""
    if step.state is StepState.BLOCKED:
        return f"edit {application.slug}"
    if step.channel.traits.is_sent:
        return f"send {application.slug} {step.kind}{to}"
    return f"log {application.slug} {step.channel.word}{to}"


def _say_quiet(workspace: Workspace, has_applications: bool) -> None:
    if not has_applications:
        screen.out(f"There are no applications yet{say_missing_home(workspace)}.")
        screen.out("Write the first one down: followup-mail add")
        return
    screen.out("Nothing is due today.")
    next_at = workspace.store.next_due_at(workspace.now(), workspace.sending_account) if workspace.has_store else None
    if next_at:
        what = "leaves" if workspace.leaves_machine else "goes into the folder"
        screen.out(f"The next queued mail {what} on {next_at.astimezone(workspace.own_zone):%a %d %b at %H:%M}.")


def _accounts_json(
    workspace: Workspace, cases: list[ApplicationContext], stranded: tuple[Stranded, ...]
) -> dict[str, Any]:
    return {
        "in_folder": [entry.id for entry in _list_filed(workspace, cases)],
        "stranded": [{**entry_json(one.entry), "why": one.why, "fix": one.fix} for one in stranded],
        "damaged": [one.id for one in workspace.store.damaged()] if workspace.has_store else [],
    }


def _as_json(
    stuck: list[Entry], late: tuple[Entry, ...], due: list[tuple[ApplicationContext, Step]], broken: list[str]
) -> dict[str, Any]:
    return {
        "decide": [entry_json(entry) for entry in stuck],
        "late": [entry_json(entry) for entry in late],
        "due": [
            {**step_json(step), "company": case.application.company, "command": command_for(case.application, step)}
            for case, step in due
        ],
        "broken": broken,
    }
