"""How the service stands: installed or not, when it ran, when it will run, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from followup_mail.background.heartbeat import Heartbeat, read_heartbeat
from followup_mail.background.scheduler import Installed, find_installed
from followup_mail.background.service_definition import SchedulerKind
from followup_mail.background.system_programs import run_program
from followup_mail.services.accounts.manage_service import find_fault, tell_lacking
from followup_mail.services.accounts.whose_service import say_whose, serves
from followup_mail.workspace import Workspace

_AGAIN: Final = "Run `followup-mail service install` again."
_PATIENCE: Final = timedelta(minutes=10)


class ServiceStatus(Struct, frozen=True):
    """What there is to say about the service."""

    installed: tuple[Installed, ...]
    """For this home, by scheduler; normally one or none."""
    last_run: Heartbeat | None
    """The last run that the service made."""
    next_at: datetime | None
    """When it should run next, as far as anybody knows. Aware."""
    wrong: tuple[str, ...]
    """What keeps it from doing its work, in sentences."""
    remarks: tuple[str, ...]
    others: tuple[Installed, ...] = ()
    """What is installed for other home folders."""

    @property
    def is_well(self) -> bool:
        """True when it is installed and nothing is known that keeps it from working."""
        return bool(self.installed) and not self.wrong


def check_service(workspace: Workspace) -> ServiceStatus:
    """Look how the service stands. Raises ``ServiceError`` when that cannot be found out."""
    found = find_installed(workspace.machine, run_program)
    installed = tuple(one for one in found if serves(one, workspace.home))
    others = tuple(one for one in found if one not in installed)
    beat = read_heartbeat(workspace.log_folder)
    last_run = beat if beat and beat.is_run else None
    now = workspace.now()
    wrong = [sentence for one in installed for sentence in _find_wrong(one, workspace)]
    wrong += _find_wrong_run(installed, beat, now)
    remarks = list(_find_remarks(installed))
    if installed and last_run and _is_late(installed, last_run, now):
        remarks.append("The last run was longer ago than it should be. Was the machine off, or nobody logged in?")
    next_at = min((at for one in installed if (at := _find_next(one, last_run, now))), default=None)
    return ServiceStatus(installed, last_run, next_at, tuple(wrong), tuple(remarks), others)


class HomeService(Struct, frozen=True):
    """One of all the services of this user, of whichever home."""

    installed: Installed
    last_run: Heartbeat | None
    wrong: tuple[str, ...]

    @property
    def whose(self) -> str:
        return say_whose(self.installed)


def list_services(workspace: Workspace) -> tuple[HomeService, ...]:
    """Return the services of all home folders, with what is wrong with each as far as it shows from here."""
    found = []
    for one in find_installed(workspace.machine, run_program):
        wrong = list(_find_wrong(one, workspace))
        beat = read_heartbeat(Path(one.service.home) / workspace.log_folder.name) if one.service else None
        wrong += _find_wrong_run((one,), beat, workspace.now())
        found.append(HomeService(one, beat if beat and beat.is_run else None, tuple(wrong)))
    return tuple(found)


def say_last_run(last: Heartbeat | None, zone: ZoneInfo) -> str:
    """Return when the service last ran, on the clocks of ``zone``, and what came of it."""
    if last is None:
        return "none yet"
    began = say_moment(last.started_at, zone)
    if last.ended_at is None:
        return f"{began}; it is running now, or was killed"
    return f"{began}: {last.said}"


def say_moment(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment on the clocks of ``zone``."""
    return f"{moment.astimezone(zone):%a %d %b %Y, %H:%M}"


def _find_wrong(one: Installed, workspace: Workspace) -> Iterator[str]:
    if one.service is None:
        yield f"What was installed with {one.kind} was changed since, and cannot be read. {_AGAIN}"
        return
    if one.kind is SchedulerKind.SYSTEMD and len(one.files) < 2:
        yield f"One of its two files is gone. {_AGAIN}"
    if one.is_active is False:
        yield f"{one.kind} does not start it. {_AGAIN}"
    if not Path(one.service.home).is_dir():
        yield f"The home folder that it is for is gone: {one.service.home}"
    if fault := find_fault(one.service):
        yield f"{fault}. {_AGAIN}"
    if serves(one, workspace.home):
        yield from tell_lacking(workspace)


def _find_wrong_run(installed: tuple[Installed, ...], beat: Heartbeat | None, now: datetime) -> Iterator[str]:
    if not installed or beat is None:
        return
    if beat.is_run and beat.ended_at and not beat.is_well:
        yield f"Its last run broke off: {beat.said}"
    if not beat.is_run and _is_late(installed, beat, now):
        yield f"It has not run once since it was installed. Is {installed[0].kind} at work on this machine?"


def _find_remarks(installed: tuple[Installed, ...]) -> Iterator[str]:
    for one in installed:
        if one.is_active is None and one.kind is not SchedulerKind.CRON:
            yield f"{one.kind} does not answer; whether it starts the service is not known."
    if len(installed) > 1:
        yield "It is installed more than once. That does no harm; one is enough."


def _is_late(installed: tuple[Installed, ...], beat: Heartbeat, now: datetime) -> bool:
    every = max((one.service.every for one in installed if one.service), default=60)
    return now - beat.started_at > 3 * timedelta(minutes=every) + _PATIENCE


def _find_next(one: Installed, last_run: Heartbeat | None, now: datetime) -> datetime | None:
    """Return what the scheduler says, else what follows from how it works."""
    if one.next_at or one.service is None or one.is_active is False:
        return one.next_at
    if one.kind is SchedulerKind.CRON:
        return _find_next_minute(one.service.every, now)
    if last_run is None:
        return None
    return max(last_run.started_at + timedelta(minutes=one.service.every), now)


def _find_next_minute(every: int, now: datetime) -> datetime:
    """Return the next minute of the hour that ``*/every`` names."""
    # In UTC: zones that are off by half an hour do no harm to a guess of minutes.
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    minutes = [*range(0, 60, every), 60]
    return next(at for minute in minutes if (at := hour + timedelta(minutes=minute)) > now)
