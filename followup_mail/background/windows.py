"""A task for the Windows task scheduler, for the user alone: no administrator is needed.

The XML is that of Task Scheduler schema 1.2. ``schtasks`` wants it in UTF-16. The task runs while the user is logged
on, and makes up at once for a start that was missed.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from followup_mail.background.changes import Command, Delete, Procedure, Write
from followup_mail.background.service_definition import MARK, NAME, Machine, Service, read_words
from followup_mail.errors import ServiceError

ASK: Final = Command(("schtasks", "/Query", "/TN", NAME))
"""Succeeds when the task is known."""
_SPACE: Final = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_FILE: Final = f"{NAME}-task.xml"


def find_place(machine: Machine) -> Path:
    """Return where the text of the task is kept."""
    return machine.local / NAME / _FILE


def write_task(service: Service, user: str) -> str:
    """Return the text of the task. Raises ``ServiceError`` for a path in which the scheduler would put something."""
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


def lay_out(service: Service, machine: Machine, was_there: bool) -> Procedure:
    """Return what installs it; ``was_there`` tells whether the scheduler has an earlier one."""
    text = write_task(service, machine.user)
    acts = (Write(find_place(machine), text.encode("utf-16"), text), _create(machine))
    if was_there:
        return Procedure(acts, undo_last=(_create(machine),))
    return Procedure(acts, undo_first=(_drop(),))


def clear_away(machine: Machine, was_there: bool) -> Procedure:
    """Return what removes it."""
    deleted = Delete(find_place(machine))
    return Procedure((_drop(), deleted), undo_last=(_create(machine),)) if was_there else Procedure((deleted,))


def read_files(files: Mapping[str, bytes]) -> Service | None:
    """Return the service that the file (by name) describes; None when it is not as we write it."""
    try:
        task = ElementTree.fromstring(files.get(_FILE, b""))  # noqa: S314  # our own file, in the user's own folder
    except (ElementTree.ParseError, ValueError):
        return None
    said = {name: task.findtext(f".//{{{_SPACE}}}{name}") or "" for name in ("Command", "Arguments", "Interval")}
    minutes = said["Interval"].removeprefix("PT").removesuffix("M")
    words = (said["Command"], *split_line(said["Arguments"]))
    return read_words(words, int(minutes)) if minutes.isdecimal() else None


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


def _create(machine: Machine) -> Command:
    return Command(("schtasks", "/Create", "/TN", NAME, "/XML", str(find_place(machine)), "/F"))


def _drop() -> Command:
    return Command(("schtasks", "/Delete", "/TN", NAME, "/F"))
