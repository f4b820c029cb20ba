"""The four schedulers behind one face: what is installed, what installs it, what removes it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from followup_mail.background import cron, launchd, systemd, windows
from followup_mail.background.changes import Command, CommandResult, Procedure
from followup_mail.background.service_definition import MARK, Machine, SchedulerKind, Service
from followup_mail.errors import ServiceError

Ask = Callable[[Command], CommandResult]
"""Runs a program of the system; raises ``ServiceError`` when it is not there."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What is installed with one scheduler."""

    kind: SchedulerKind
    files: tuple[Path, ...]
    """Those of its files that are there."""
    service: Service | None
    """None when it was changed by hand so that it cannot be read."""
    is_active: bool | None
    """Whether the scheduler says that it will start it; None when it doesn't say."""
    last_at: datetime | None = None
    next_at: datetime | None = None
    """When the scheduler started it last and starts it next, where it says so. UTC."""


def choose_kind(machine: Machine, ask: Ask) -> SchedulerKind:
    """Return the scheduler that fits this machine. Raises ``ServiceError`` when it has none of them."""
    if machine.platform == "darwin":
        return SchedulerKind.LAUNCHD
    if machine.platform == "win32":
        return SchedulerKind.WINDOWS
    if shutil.which(systemd.ANSWERS.words[0]) and ask(systemd.ANSWERS).code == 0:
        return SchedulerKind.SYSTEMD
    if shutil.which("crontab"):
        return SchedulerKind.CRON
    raise ServiceError(
        "This machine has neither a systemd of yours that answers, nor cron.",
        fix="Leave `followup-mail run --watch` running, or install cron.",
    )


def find_installed(machine: Machine, ask: Ask) -> tuple[Installed, ...]:
    """Return whatever of ours is installed, with any scheduler."""
    return tuple(found for kind in SchedulerKind if (found := find_with(kind, machine, ask)))


def find_with(kind: SchedulerKind, machine: Machine, ask: Ask) -> Installed | None:
    """Return what is installed with one scheduler."""
    if kind is SchedulerKind.CRON:
        table = _peek_at_crontab(ask)
        return Installed(kind, (), cron.read_block(table), None) if cron.has_block(table) else None
    files = {path: path.read_bytes() for path in _places(kind, machine) if path.is_file()}
    ours = {path: content for path, content in files.items() if _is_ours(content)}
    if not ours:
        return None
    contents = {path.name: content for path, content in ours.items()}
    heard = _hear(_question(kind, machine), ask)
    if kind is SchedulerKind.SYSTEMD:
        is_active, last_at, next_at = systemd.read_times(heard) if heard and heard.code == 0 else (None, None, None)
        return Installed(kind, tuple(ours), systemd.read_files(contents), is_active, last_at, next_at)
    read = launchd.read_files if kind is SchedulerKind.LAUNCHD else windows.read_files
    return Installed(kind, tuple(ours), read(contents), None if heard is None else heard.code == 0)


def lay_out(kind: SchedulerKind, service: Service, machine: Machine, ask: Ask) -> Procedure:
    """Return what installs a service. Raises ``ServiceError`` when something that is not ours is in the way."""
    for path in _places(kind, machine):
        if path.is_file() and not _is_ours(path.read_bytes()):
            raise ServiceError(
                f"{path} is there already, and followup-mail did not write it.", fix="Move it away, then try again."
            )
    if kind is SchedulerKind.CRON:
        return cron.lay_out(service, cron.read_table(ask(cron.ASK)))
    was_there = find_with(kind, machine, ask)
    if kind is SchedulerKind.SYSTEMD:
        return systemd.lay_out(service, machine, was_there is not None)
    laid = launchd.lay_out if kind is SchedulerKind.LAUNCHD else windows.lay_out
    return laid(service, machine, was_there is not None and was_there.is_active is True)


def clear_away(found: Installed, machine: Machine, ask: Ask) -> Procedure:
    """Return what removes what was found."""
    match found.kind:
        case SchedulerKind.SYSTEMD:
            return systemd.clear_away(machine)
        case SchedulerKind.CRON:
            return cron.clear_away(cron.read_table(ask(cron.ASK)))
        case SchedulerKind.LAUNCHD:
            return launchd.clear_away(machine, found.is_active is True)
        case SchedulerKind.WINDOWS:
            return windows.clear_away(machine, found.is_active is True)


def _places(kind: SchedulerKind, machine: Machine) -> tuple[Path, ...]:
    match kind:
        case SchedulerKind.SYSTEMD:
            return systemd.find_places(machine)
        case SchedulerKind.LAUNCHD:
            return (launchd.find_place(machine),)
        case SchedulerKind.WINDOWS:
            return (windows.find_place(machine),)
        case SchedulerKind.CRON:
            return ()


def _question(kind: SchedulerKind, machine: Machine) -> Command:
    return {SchedulerKind.SYSTEMD: systemd.ASK, SchedulerKind.WINDOWS: windows.ASK}.get(kind) or launchd.ask(machine)


def _hear(command: Command, ask: Ask) -> CommandResult | None:
    """Ask, and take a tool that is not there for no answer."""
    try:
        return ask(command)
    except ServiceError:
        return None


def _peek_at_crontab(ask: Ask) -> bytes:
    """Return the crontab; empty where there is none, or none that the user may read."""
    try:
        return cron.read_table(ask(cron.ASK)) if shutil.which(cron.ASK.words[0]) else b""
    except ServiceError:
        return b""


def _is_ours(content: bytes) -> bool:
    return MARK.encode() in content or MARK.encode("utf-16-le") in content
