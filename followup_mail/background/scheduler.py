"""One interface to the four schedulers: what is installed for which home, what installs it, what removes it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from followup_mail.background import cron, launchd, systemd, windows
from followup_mail.background.changes import Command, CommandResult, Procedure, join_procedures
from followup_mail.background.service_definition import MARK, NAME, Machine, SchedulerKind, Service, is_name
from followup_mail.errors import ServiceError

Run = Callable[[Command], CommandResult]
"""Runs a program of the system. Raises ``ServiceError`` when it is missing."""


class Installed(Struct, frozen=True):
    """What is installed with one scheduler for one home."""

    kind: SchedulerKind
    files: tuple[Path, ...]
    """The files of it that exist."""
    service: Service | None
    """None when it was changed by hand and cannot be read."""
    is_active: bool | None
    """Whether the scheduler says that it starts it; None when it doesn't say."""
    last_at: datetime | None = None
    next_at: datetime | None = None
    """When the scheduler last started it and will start it next, where it says so. UTC."""
    name: str = NAME


def choose_kind(machine: Machine, run: Run) -> SchedulerKind:
    """Return the scheduler of this machine. Raises ``ServiceError`` when it has none of the four."""
    if machine.platform == "darwin":
        return SchedulerKind.LAUNCHD
    if machine.platform == "win32":
        return SchedulerKind.WINDOWS
    if shutil.which(systemd.VERSION.words[0]) and run(systemd.VERSION).code == 0:
        return SchedulerKind.SYSTEMD
    if shutil.which("crontab"):
        return SchedulerKind.CRON
    raise ServiceError(
        "This machine has neither a systemd that works for your user, nor cron.",
        fix="Leave `followup-mail run --watch` running, or install cron.",
    )


def find_installed(machine: Machine, run: Run) -> tuple[Installed, ...]:
    """Return what is installed, with any scheduler and for any home folder."""
    return tuple(found for kind in SchedulerKind for found in _find_with(kind, machine, run))


def _find_with(kind: SchedulerKind, machine: Machine, run: Run) -> tuple[Installed, ...]:
    """Return what is installed with one scheduler."""
    if kind is SchedulerKind.CRON:
        table = _read_crontab(run)
        names = cron.find_names(table)
        return tuple(Installed(kind, (), cron.read_block(table, name), None, name=name) for name in names)
    found = (_find_named(kind, name, machine, run) for name in _names(kind, machine))
    return tuple(installed for installed in found if installed)


def _find_named(kind: SchedulerKind, name: str, machine: Machine, run: Run) -> Installed | None:
    """Return the service of this name that we have written files of."""
    files = {path: path.read_bytes() for path in _file_paths(kind, machine, name) if path.is_file()}
    ours = {path: content for path, content in files.items() if _is_ours(content)}
    if not ours:
        return None
    contents = {path.name: content for path, content in ours.items()}
    result = _try(_status_command(kind, machine, name), run)
    if kind is SchedulerKind.SYSTEMD:
        is_active, last_at, next_at = systemd.read_times(result) if result and result.code == 0 else (None, None, None)
        service = systemd.read_files(contents, name)
        return Installed(kind, tuple(ours), service, is_active, last_at, next_at, name)
    read = launchd.read_files if kind is SchedulerKind.LAUNCHD else windows.read_files
    is_active = None if result is None else result.code == 0
    return Installed(kind, tuple(ours), read(contents, name), is_active, name=name)


def plan_install(kind: SchedulerKind, service: Service, machine: Machine, run: Run) -> Procedure:
    """Return the changes that install a service. Raises ``ServiceError`` when a file that is not ours is in the way."""
    for path in _file_paths(kind, machine, service.name):
        if path.is_file() and not _is_ours(path.read_bytes()):
            raise ServiceError(
                f"{path} already exists, and followup-mail did not write it.", fix="Move it away, then try again."
            )
    if kind is SchedulerKind.CRON:
        return cron.plan_install(service, cron.read_table(run(cron.READ)))
    was_there = _find_named(kind, service.name, machine, run)
    if kind is SchedulerKind.SYSTEMD:
        return systemd.plan_install(service, machine, was_there is not None)
    plan = launchd.plan_install if kind is SchedulerKind.LAUNCHD else windows.plan_install
    return plan(service, machine, was_there is not None and was_there.is_active is True)


def plan_removal(kind: SchedulerKind, found: Sequence[Installed], machine: Machine, run: Run) -> Procedure:
    """Return the changes that remove what was found with one scheduler."""
    if kind is SchedulerKind.CRON:
        # One change for all: each writes the whole table.
        return cron.plan_removal(cron.read_table(run(cron.READ)), [installed.name for installed in found])
    return join_procedures([_plan_one_removal(installed, machine) for installed in found])


def _plan_one_removal(found: Installed, machine: Machine) -> Procedure:
    if found.kind is SchedulerKind.SYSTEMD:
        return systemd.plan_removal(machine, found.name)
    plan = launchd.plan_removal if found.kind is SchedulerKind.LAUNCHD else windows.plan_removal
    return plan(machine, found.is_active is True, found.name)


def _names(kind: SchedulerKind, machine: Machine) -> tuple[str, ...]:
    """Return the names that a service of ours could have, of the files that are there; the default home's first."""
    folder = _file_paths(kind, machine, NAME)[0].parent
    ends = {path.name.removeprefix(NAME) for path in _file_paths(kind, machine, NAME)}
    try:
        files = sorted(path.name for path in folder.iterdir())
    except OSError:
        return ()
    names = (name.removesuffix(end) for name in files for end in ends if name.endswith(end))
    return tuple(sorted({name for name in names if is_name(name)}, key=lambda name: (name != NAME, name)))


def _file_paths(kind: SchedulerKind, machine: Machine, name: str) -> tuple[Path, ...]:
    match kind:
        case SchedulerKind.SYSTEMD:
            return systemd.file_paths(machine, name)
        case SchedulerKind.LAUNCHD:
            return (launchd.file_path(machine, name),)
        case SchedulerKind.WINDOWS:
            return (windows.file_path(machine, name),)
        case SchedulerKind.CRON:
            return ()


def _status_command(kind: SchedulerKind, machine: Machine, name: str) -> Command:
    if kind is SchedulerKind.LAUNCHD:
        return launchd.status_command(machine, name)
    return systemd.status_command(name) if kind is SchedulerKind.SYSTEMD else windows.status_command(name)


def _try(command: Command, run: Run) -> CommandResult | None:
    """Run a command; return None when the program is missing."""
    try:
        return run(command)
    except ServiceError:
        return None


def _read_crontab(run: Run) -> bytes:
    """Return the crontab; empty when there is none, or the user may not read it."""
    try:
        return cron.read_table(run(cron.READ)) if shutil.which(cron.READ.words[0]) else b""
    except ServiceError:
        return b""


def _is_ours(content: bytes) -> bool:
    return MARK.encode() in content or MARK.encode("utf-16-le") in content
