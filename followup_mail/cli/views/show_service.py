"""The service on the screen: what would be done, file by file; and how it stands."""

from __future__ import annotations

import shlex
from typing import Any

import typer

from followup_mail.background.changes import Change, Command, Delete, Write
from followup_mail.background.logfile import FILE
from followup_mail.background.scheduler import Installed
from followup_mail.background.service_definition import SchedulerKind
from followup_mail.cli.terminal import screen
from followup_mail.errors import ExitCode, RefusedError
from followup_mail.services.manage_service import (
    ServiceChange,
    install,
    propose_install,
    propose_removal,
    read_command,
    remove,
)
from followup_mail.services.service_status import ServiceStatus, look_at_service, say_last_run, say_moment
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


def remove_and_show(workspace: Workspace, kind: SchedulerKind | None, yes: bool) -> None:
    """Show, ask, remove."""
    proposals = propose_removal(workspace, kind)
    for proposal in proposals:
        _show(proposal)
    _agree("Take it away?", "Nothing was taken away", yes)
    remove(workspace, proposals)
    screen.out("Taken away. What is queued stays queued; `followup-mail run` delivers what is due.")


def show_status(workspace: Workspace, json: bool) -> None:
    """Print how the service stands; exit code 1 when it is not there or cannot work."""
    standing = look_at_service(workspace)
    if json:
        screen.emit_json(_as_json(standing))
    else:
        _print(workspace, standing)
    if not standing.is_well:
        raise typer.Exit(ExitCode.FINDINGS)


def _show(proposal: ServiceChange) -> None:
    screen.out(f"With {proposal.kind}, as you, without an administrator:")
    for change in proposal.procedure.changes:
        screen.out()
        for line in _describe_change(change):
            screen.out_whole(line)
    screen.out()


def _describe_change(change: Change) -> list[str]:
    match change:
        case Write(path, _, shown):
            return [f"write   {path}", *_indent(shown)]
        case Delete(path):
            return [f"delete  {path}"]
        case Command(words, _, shown):
            return [f"run     {shlex.join(words)}", *_indent(shown)]


def _indent(text: str) -> list[str]:
    return [f"    | {line}".rstrip() for line in text.rstrip("\n").split("\n")] if text else []


def _agree(question: str, otherwise: str, yes: bool) -> None:
    if yes:
        return
    if not screen.is_interactive():
        raise RefusedError(
            f"{otherwise}: there is no terminal to ask on.", fix="Say --yes to do it without a question."
        )
    if not screen.confirm(question):
        screen.note(f"{otherwise}.")
        raise typer.Exit(ExitCode.REFUSED)


def _print(workspace: Workspace, standing: ServiceStatus) -> None:
    if not standing.installed:
        screen.out("It is not installed: nothing is delivered in the background.")
        screen.note("followup-mail service install")
        return
    for one in standing.installed:
        often = f", every {one.service.every} min" if one.service else ""
        screen.out(f"Installed with {one.kind}{often}")
        for path in one.files:
            _row("File", str(path))
        if one.service:
            _row("Runs", read_command(one))
    _row("Last run", say_last_run(standing.last_run, workspace.own_zone))
    if standing.next_at:
        _row("Next run", say_moment(standing.next_at, workspace.own_zone))
    for sentence in standing.wrong:
        screen.out(screen.bad(screen.wrap(sentence)))
    for sentence in standing.remarks:
        screen.note(screen.doubtful(sentence))


def _row(label: str, value: str) -> None:
    screen.out(f"  {screen.dim(f'{label:<9}')} {value}")


def _as_json(standing: ServiceStatus) -> dict[str, Any]:
    last = standing.last_run
    return {
        "installed": bool(standing.installed),
        "well": standing.is_well,
        "services": [_service_json(one) for one in standing.installed],
        "last_run": last and {"started_at": last.started_at, "ended_at": last.ended_at, "said": last.said},
        "next_run_at": standing.next_at,
        "wrong": standing.wrong,
        "remarks": standing.remarks,
    }


def _service_json(one: Installed) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "files": one.files,
        "active": one.is_active,
        "every_minutes": one.service and one.service.every,
        "executable": one.service and one.service.executable,
        "home": one.service and one.service.home,
        "command": one.service and one.service.words,
    }
