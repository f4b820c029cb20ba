"""Have the system start ``run`` regularly: work out what that takes, do it, and take it away again."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

import followup_mail
from followup_mail.background import systemd
from followup_mail.background.apply import apply_changes
from followup_mail.background.changes import Change, Command, Delete, Procedure, Write, join_procedures
from followup_mail.background.heartbeat import Heartbeat, write_heartbeat
from followup_mail.background.logfile import append_line
from followup_mail.background.scheduler import Installed, choose_kind, find_installed, plan_install, plan_removal
from followup_mail.background.service_definition import SchedulerKind, Service, check_service
from followup_mail.background.system_programs import run_program
from followup_mail.errors import NotFoundError, RefusedError, ServiceError
from followup_mail.services.accounts.whose_service import choose_name, serves
from followup_mail.services.context.mail_accounts import every_account
from followup_mail.settings.load_settings import load_settings
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import Settings, setting_rows, variable
from followup_mail.workspace import Workspace

_WHERE: Final = "import os, sys, followup_mail; sys.stdout.buffer.write(os.fsencode(followup_mail.__file__))"
_ALSO_READ: Final = frozenset({"email", "per_minute", "per_day"})
"""Settings that a run reads, besides those about SMTP."""


class ServiceChange(Struct, frozen=True):
    """What would be done, to be shown before it is done."""

    kind: SchedulerKind
    procedure: Procedure
    remarks: tuple[str, ...] = ()
    homes: tuple[str, ...] = ()
    """The home folders that it takes the service from, where that is known."""


def propose_install(workspace: Workspace, kind: SchedulerKind | None, every: int, force: bool) -> ServiceChange:
    """Work out how to have ``run`` started every so many minutes. Changes nothing.

    Raises ``RefusedError`` when a run in the background would lack settings (``force`` goes on all the same) or
    another scheduler has it already, and ``ServiceError`` when it can't be done here.
    """
    installed = find_installed(workspace.machine, run_program)
    ours = [one for one in installed if serves(one, workspace.home)]
    service = make_service(workspace, every)
    remarks = tell_lacking(workspace)
    if remarks and not force:
        raise RefusedError(" ".join(remarks), fix="Write them into that file, or add --force to install it anyway.")
    if fault := find_fault(service):
        raise ServiceError(fault, fix="Install followup-mail with pip or pipx, then run this command of it.")
    chosen = kind or choose_kind(workspace.machine, run_program)
    others = [one.kind for one in ours if one.kind is not chosen]
    if others:
        raise RefusedError(
            f"It is installed already for this home folder, with {' and '.join(others)}.",
            fix="Run `followup-mail service remove` first.",
        )
    if chosen is SchedulerKind.SYSTEMD:
        remarks = (*remarks, systemd.LINGER)
    service = replace(service, name=choose_name(workspace.home, chosen, installed))
    return ServiceChange(chosen, plan_install(chosen, service, workspace.machine, run_program), remarks)


def describe_change(change: Change) -> list[str]:
    """Return what a change does, in lines: the file or the command, then what is in it."""
    match change:
        case Write(path, _, shown):
            return [f"write   {path}", *_indent(shown)]
        case Delete(path):
            return [f"delete  {path}"]
        case Command(words, _, shown):
            return [f"run     {shlex.join(words)}", *_indent(shown)]


def _indent(text: str) -> list[str]:
    return [f"    | {line}".rstrip() for line in text.rstrip("\n").split("\n")] if text else []


def install(workspace: Workspace, proposal: ServiceChange) -> None:
    """Do what was proposed. Raises ``ServiceError``; then nothing has changed."""
    try:
        workspace.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ServiceError(
            f"{workspace.home} cannot be made: {error.strerror}.", fix="Choose another --home."
        ) from None
    apply_changes(proposal.procedure)
    now = workspace.now()
    write_heartbeat(workspace.log_folder, Heartbeat(now, now, is_run=False))
    append_line(workspace.log_folder, f"service installed with {proposal.kind}", now)


def propose_removal(
    workspace: Workspace, kind: SchedulerKind | None, every_home: bool = False
) -> tuple[ServiceChange, ...]:
    """Work out how to take away what is installed for this home, or for every home; with ``kind``, from one scheduler.

    Raises ``NotFoundError`` when that is nothing.
    """
    found = [
        one
        for one in find_installed(workspace.machine, run_program)
        if kind in {None, one.kind} and (every_home or serves(one, workspace.home))
    ]
    if not found:
        where = "" if every_home else f" for {workspace.home}"
        raise NotFoundError(
            f"No service is installed{where}{f' with {kind}' if kind else ''}.",
            fix="See `followup-mail service status --all`.",
        )
    # cron comes last: its one change needs no undoing then.
    kinds = sorted({one.kind for one in found}, key=lambda one: one is SchedulerKind.CRON)
    return tuple(_propose_removal_from(one, [each for each in found if each.kind is one], workspace) for one in kinds)


def _propose_removal_from(kind: SchedulerKind, found: Sequence[Installed], workspace: Workspace) -> ServiceChange:
    homes = tuple(one.service.home for one in found if one.service)
    return ServiceChange(kind, plan_removal(kind, found, workspace.machine, run_program), homes=homes)


def remove(workspace: Workspace, proposals: tuple[ServiceChange, ...]) -> None:
    """Take it away: all of it, or nothing. Raises ``ServiceError``; then everything is as it was."""
    apply_changes(join_procedures([proposal.procedure for proposal in proposals]))
    for proposal in proposals:
        for home in proposal.homes or (str(workspace.home),):
            log = Path(home) / workspace.log_folder.name
            append_line(log, f"service removed from {proposal.kind}", workspace.now())


def make_service(workspace: Workspace, every: int) -> Service:
    """Return the service of this installation and this home."""
    search_path = os.environ.get("PATH", "") if _asks_a_command(workspace) else ""
    service = Service(_find_python(), str(workspace.home), every, search_path)
    check_service(service)
    return service


def _asks_a_command(workspace: Workspace) -> bool:
    """Return whether an account gets its password from a program, which the scheduler must find as the user does."""
    return any(way.settings.smtp_password_command for way in every_account(workspace))


def tell_lacking(workspace: Workspace) -> tuple[str, ...]:
    """Return sentences about settings that this command has and a run in the background would not have."""
    here, apart = (workspace.base or workspace), Workspace(load_settings({}, workspace.home))
    names = ", ".join(variable(name) for name in _find_differing(here.settings, apart.settings))
    place = workspace.home / ".env"
    found = []
    if names:
        found.append(
            f"A run in the background reads only the settings in {place}, where these differ from yours here: {names}."
        )
    if not any(way.leaves_machine for way in every_account(apart)):
        found.append(f"No mail server ({variable('smtp_host')}) is set in {place}: nothing would be delivered.")
    found += [error.in_full for error in apart.named_accounts.broken.values()]
    return tuple(found)


def find_fault(service: Service) -> str:
    """Return what keeps a service from being started, in a sentence; empty when it can be."""
    if not Path(service.executable).is_file():
        return f"The Python that it is to run is gone: {service.executable}"
    try:
        result = run_program(Command((service.executable, "-P", "-c", _WHERE)), environment=_bare_environment())
    except ServiceError as error:
        return error.sentence
    if result.code:
        return f"{service.executable} does not find followup-mail without the settings of this shell: {result.err}"
    found, wanted = Path(os.fsdecode(result.out)).parent, Path(followup_mail.__file__).parent
    if found != wanted and not (found.exists() and found.samefile(wanted)):
        return f"{service.executable} finds another followup-mail, in {found}"
    return ""


def read_command(installed: Installed) -> str:
    """Return the command line that an installed service runs."""
    return shlex.join(installed.service.words) if installed.service else ""


def _find_python() -> str:
    """Return the Python that runs now; on Windows the one that opens no window."""
    python = Path(sys.executable or "python")
    unseen = python.with_name("pythonw.exe")
    return str(unseen if sys.platform == "win32" and unseen.exists() else python)


def _bare_environment() -> Mapping[str, str]:
    """Return about what a scheduler gives."""
    kept = ("HOME", "USERPROFILE", "SYSTEMROOT", "APPDATA", "LOCALAPPDATA")
    return {"PATH": os.defpath, **{name: os.environ[name] for name in kept if name in os.environ}}


def _find_differing(here: Settings, apart: Settings) -> list[str]:
    names = [row.name for row in setting_rows() if row.name.startswith("smtp_") or row.name in _ALSO_READ]
    return [name for name in names if _bare(getattr(here, name)) != _bare(getattr(apart, name))]


def _bare(value: object) -> object:
    return value.reveal() if isinstance(value, Secret) else value
