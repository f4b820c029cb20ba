"""An agent for launchd on macOS (launchd.plist(5), launchctl(1)).

A job that was due during sleep starts once when the machine wakes.
"""

from __future__ import annotations

import plistlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from xml.parsers.expat import ExpatError

from followup_mail.background.changes import Command, Delete, Procedure, Write
from followup_mail.background.service_definition import MARK, NAME, Machine, Service, parse_command_line

_HEAD: Final = '<plist version="1.0">'


def file_path(machine: Machine, name: str = NAME) -> Path:
    """Return where the agent's file belongs."""
    return machine.user_home / "Library" / "LaunchAgents" / f"{name}.plist"


def write_agent(service: Service) -> str:
    """Return the text of the agent."""
    keys: dict[str, Any] = {
        "Label": service.name,
        "ProgramArguments": list(service.words),
        "WorkingDirectory": service.home,
        "StartInterval": service.every * 60,
        "RunAtLoad": True,
        "ProcessType": "Background",
    }
    if service.search_path:
        keys["EnvironmentVariables"] = {"PATH": service.search_path}
    text = plistlib.dumps(keys, sort_keys=False).decode()
    return text.replace(_HEAD, f"<!-- {MARK}. -->\n{_HEAD}", 1)


def status_command(machine: Machine, name: str) -> Command:
    """Return the command that succeeds when launchd knows the agent."""
    return Command(("launchctl", "print", _target(machine, name)))


def plan_install(service: Service, machine: Machine, was_loaded: bool) -> Procedure:
    """Return the changes that install it; ``was_loaded``: launchd already runs an earlier agent."""
    name = service.name
    text, start, stop = write_agent(service), _start(machine, name), _stop(machine, name)
    write = Write(file_path(machine, name), text.encode(), text)
    if was_loaded:
        return Procedure((write, stop, start), undo_last=(start,))
    return Procedure((write, start), undo_first=(stop,))


def plan_removal(machine: Machine, was_loaded: bool, name: str = NAME) -> Procedure:
    """Return the changes that remove it."""
    deleted = Delete(file_path(machine, name))
    if not was_loaded:
        return Procedure((deleted,))
    return Procedure((_stop(machine, name), deleted), undo_last=(_start(machine, name),))


def read_files(files: Mapping[str, bytes], name: str = NAME) -> Service | None:
    """Return the service that the file (by name) describes; None when it was changed."""
    try:
        keys = plistlib.loads(files.get(f"{name}.plist", b""))
        words, seconds = keys["ProgramArguments"], keys["StartInterval"]
        path = keys.get("EnvironmentVariables", {}).get("PATH", "")
        return parse_command_line(words, seconds // 60, path, name)
    except (plistlib.InvalidFileException, ExpatError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _target(machine: Machine, name: str) -> str:
    return f"gui/{machine.uid}/{name}"


def _start(machine: Machine, name: str) -> Command:
    # While launchd is still ending the old agent, it answers with an input/output error.
    return Command(("launchctl", "bootstrap", f"gui/{machine.uid}", str(file_path(machine, name))), tries=5)


def _stop(machine: Machine, name: str) -> Command:
    return Command(("launchctl", "bootout", _target(machine, name)))
