"""The service on the screen: what would be done, file by file; and how it stands."""

from __future__ import annotations

import typer

from followup_mail.background.logfile import FILE
from followup_mail.background.service_definition import SchedulerKind
from followup_mail.cli.terminal import screen
from followup_mail.errors import ExitCode, RefusedError
from followup_mail.services.accounts.manage_service import (
    ServiceChange,
    describe_change,
    install,
    propose_install,
    propose_removal,
    read_command,
    remove,
)
from followup_mail.services.accounts.service_status import (
    ServiceStatus,
    check_service,
    list_services,
    say_last_run,
    say_moment,
)
from followup_mail.services.accounts.whose_service import say_whose
from followup_mail.services.as_json.json_views import service_json, services_json
from followup_mail.workspace import Workspace


def read_kind(text: str) -> SchedulerKind | None:
    """Read the name of a scheduler; None when none was given."""
    if not text:
        return None
    try:
        return SchedulerKind(text.strip().lower())
    except ValueError:
        raise typer.BadParameter(f"'{text}' is not one of: {', '.join(SchedulerKind)}.") from None


def install_and_show(workspace: Workspace, kind: SchedulerKind | None, every: int, force: bool, yes: bool) -> None:
    """Show, ask, install."""
    proposal = propose_install(workspace, kind, every, force)
    _show(proposal)
    for remark in proposal.remarks:
        screen.note(screen.doubtful(remark))
    _agree("Install it?", "Nothing was installed", yes)
    install(workspace, proposal)
    often = "every minute" if every == 1 else f"every {every} minutes"
    screen.out(f"Installed with {proposal.kind}. It looks {often} and delivers what is due.")
    screen.note(f"What it does is in {workspace.log_folder / FILE}; `followup-mail service status` says how it stands.")


def remove_and_show(workspace: Workspace, kind: SchedulerKind | None, every_home: bool, yes: bool) -> None:
    """Show, ask, remove."""
    proposals = propose_removal(workspace, kind, every_home)
    for proposal in proposals:
        _show(proposal)
    _agree("Remove all of these?" if every_home else "Remove it?", "Nothing was removed", yes)
    remove(workspace, proposals)
    screen.out("Removed. What is queued stays queued; `followup-mail run` delivers what is due.")


def show_status(workspace: Workspace, json: bool) -> None:
    """Print how the service stands; exit code 1 when it is not there or cannot work."""
    status = check_service(workspace)
    if json:
        screen.emit_json(service_json(status))
    else:
        _print(workspace, status)
    if not status.is_well:
        raise typer.Exit(ExitCode.FINDINGS)


def show_all_services(workspace: Workspace, json: bool) -> None:
    """Print the services of all home folders; exit code 1 when there is none, or one cannot work."""
    services = list_services(workspace)
    if json:
        screen.emit_json(services_json(services))
    elif not services:
        screen.out("None is installed, for any home folder: nothing is delivered in the background.")
    else:
        for one in services:
            often = f", every {one.installed.service.every} min" if one.installed.service else ""
            screen.out(one.whose)
            _row("With", f"{one.installed.kind}{often}")
            _row("Last run", say_last_run(one.last_run, workspace.own_zone))
            for sentence in one.wrong:
                screen.out(screen.bad(screen.wrap(sentence, "  ")))
    if not services or any(one.wrong for one in services):
        raise typer.Exit(ExitCode.FINDINGS)


def _show(proposal: ServiceChange) -> None:
    screen.out(f"With {proposal.kind}, as you, without an administrator:")
    for change in proposal.procedure.changes:
        screen.out()
        for line in describe_change(change):
            screen.out_whole(line)
    screen.out()


def _agree(question: str, otherwise: str, yes: bool) -> None:
    if yes:
        return
    if not screen.is_interactive():
        raise RefusedError(
            f"{otherwise}: there is no terminal to ask on.", fix="Add --yes to do it without a question."
        )
    if not screen.confirm(question):
        screen.note(f"{otherwise}.")
        raise typer.Exit(ExitCode.REFUSED)


def _print(workspace: Workspace, status: ServiceStatus) -> None:
    if not status.installed:
        screen.out(f"It is not installed for {workspace.home}: nothing is delivered from there in the background.")
        screen.note("followup-mail service install")
        _name_others(status)
        return
    for installed in status.installed:
        often = f", every {installed.service.every} min" if installed.service else ""
        screen.out(f"Installed with {installed.kind}{often}")
        for path in installed.files:
            _row("File", str(path))
        if installed.service:
            _row("Runs", read_command(installed))
    _row("Last run", say_last_run(status.last_run, workspace.own_zone))
    if status.next_at:
        _row("Next run", say_moment(status.next_at, workspace.own_zone))
    for sentence in status.wrong:
        screen.out(screen.bad(screen.wrap(sentence)))
    for sentence in status.remarks:
        screen.note(screen.doubtful(sentence))
    _name_others(status)


def _name_others(status: ServiceStatus) -> None:
    for one in status.others:
        screen.note(f"Another is installed with {one.kind} for {say_whose(one)}.")


def _row(label: str, value: str) -> None:
    screen.out(f"  {screen.dim(f'{label:<9}')} {value}")
