"""A task for the Windows task scheduler, for the user alone: no administrator is needed.

The XML is that of Task Scheduler schema 1.2; ``schtasks`` needs it in UTF-16. The task runs while the user is logged
on, and a missed start is made up for at once.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from followup_mail.background.changes import Command, Delete, Procedure, Write
from followup_mail.background.service_definition import MARK, NAME, Machine, Service, parse_command_line
from followup_mail.errors import ServiceError

_SPACE: Final = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_FILE_END: Final = "-task.xml"


def file_path(machine: Machine, name: str = NAME) -> Path:
    """Return where the file of the task belongs."""
    return machine.local / NAME / f"{name}{_FILE_END}"


def status_command(name: str) -> Command:
    """Return the command that succeeds when the task is known."""
    return Command(("schtasks", "/Query", "/TN", name))


def write_task(service: Service, user: str) -> str:
    """Return the text of the task. Raises ``ServiceError`` for a path that the scheduler would expand."""
    for text in (service.executable, service.home):
        if "%" in text or "$(" in text:
            raise ServiceError(
                f"The task scheduler would change this path: {text}.",
                fix='Use a folder without "%" and "$(" in its name.',
            )
    who = f"<UserId>{escape(user)}</UserId>" if user else ""
    return f"""\
<?xml version="1.0" encoding="UTF-16"?>
<!-- {MARK}. -->
<Task version="1.2" xmlns="{_SPACE}">
  <RegistrationInfo>
    <Description>Deliver the follow-up mails that are due</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition><Interval>PT{service.every}M</Interval></Repetition>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">{who}<LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT2H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(service.executable)}</Command>
      <Arguments>{escape(subprocess.list2cmdline(service.words[1:]))}</Arguments>
      <WorkingDirectory>{escape(service.home)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def plan_install(service: Service, machine: Machine, was_there: bool) -> Procedure:
    """Return the changes that install it; ``was_there``: the scheduler already has an earlier task."""
    text = write_task(service, machine.user)
    create = _create(machine, service.name)
    changes = (Write(file_path(machine, service.name), text.encode("utf-16"), text), create)
    if was_there:
        return Procedure(changes, undo_last=(create,))
    return Procedure(changes, undo_first=(_delete(service.name),))


def plan_removal(machine: Machine, was_there: bool, name: str = NAME) -> Procedure:
    """Return the changes that remove it."""
    deleted = Delete(file_path(machine, name))
    if not was_there:
        return Procedure((deleted,))
    return Procedure((_delete(name), deleted), undo_last=(_create(machine, name),))


def read_files(files: Mapping[str, bytes], name: str = NAME) -> Service | None:
    """Return the service that the file (by name) describes; None when it was changed."""
    try:
        task = ElementTree.fromstring(files.get(f"{name}{_FILE_END}", b""))  # noqa: S314  # our own file, in the user's own folder
    except (ElementTree.ParseError, ValueError):
        return None
    fields = {tag: task.findtext(f".//{{{_SPACE}}}{tag}") or "" for tag in ("Command", "Arguments", "Interval")}
    minutes = fields["Interval"].removeprefix("PT").removesuffix("M")
    words = (fields["Command"], *split_line(fields["Arguments"]))
    return parse_command_line(words, int(minutes), "", name) if minutes.isdecimal() else None


def split_line(line: str) -> list[str]:
    """Split a command line as Windows programs do; the reverse of ``subprocess.list2cmdline``."""
    words, word, inside, slashes = [], "", False, 0
    for character in line:
        if character == "\\":
            slashes += 1
            continue
        if character == '"':
            word += "\\" * (slashes // 2)
            if slashes % 2:
                word += '"'
            else:
                inside = not inside
        elif character == " " and not inside:
            words.append(word + "\\" * slashes)
            word = ""
        else:
            word += "\\" * slashes + character
        slashes = 0
    return [*words, word + "\\" * slashes]


def _create(machine: Machine, name: str) -> Command:
    return Command(("schtasks", "/Create", "/TN", name, "/XML", str(file_path(machine, name)), "/F"))


def _delete(name: str) -> Command:
    return Command(("schtasks", "/Delete", "/TN", name, "/F"))
