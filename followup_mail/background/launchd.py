"""An agent for launchd on macOS (launchd.plist(5), launchctl(1)).

launchd starts a job whose moment came during sleep once when the machine wakes.
"""

from __future__ import annotations

import plistlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from xml.parsers.expat import ExpatError

from followup_mail.background.changes import Command, Delete, Procedure, Write
from followup_mail.background.service_definition import MARK, NAME, Machine, Service, read_words

_HEAD: Final = '<plist version="1.0">'


def find_place(machine: Machine) -> Path:
    """Return where the agent belongs."""
    return machine.user_home / "Library" / "LaunchAgents" / f"{NAME}.plist"


def write_agent(service: Service) -> str:
    """Return the text of the agent."""
    said: dict[str, Any] = {
        "Label": NAME,
        "ProgramArguments": list(service.words),
        "WorkingDirectory": service.home,
        "StartInterval": service.every * 60,
        "RunAtLoad": True,
        "ProcessType": "Background",
    }
    if service.search_path:
        said["EnvironmentVariables"] = {"PATH": service.search_path}
    text = plistlib.dumps(said, sort_keys=False).decode()
    return text.replace(_HEAD, f"<!-- {MARK}. -->\n{_HEAD}", 1)


def ask(machine: Machine) -> Command:
    """Return the question whether launchd knows the agent: it succeeds when it does."""
    return Command(("launchctl", "print", _target(machine)))


def lay_out(service: Service, machine: Machine, was_loaded: bool) -> Procedure:
    """Return what installs it; ``was_loaded`` tells whether launchd runs an earlier one."""
    text, start, stop = write_agent(service), _start(machine), _stop(machine)
    write = Write(find_place(machine), text.encode(), text)
    if was_loaded:
        return Procedure((write, stop, start), undo_last=(start,))
    return Procedure((write, start), undo_first=(stop,))


def clear_away(machine: Machine, was_loaded: bool) -> Procedure:
    """Return what removes it."""
    deleted = Delete(find_place(machine))
    return Procedure((_stop(machine), deleted), undo_last=(_start(machine),)) if was_loaded else Procedure((deleted,))


def read_files(files: Mapping[str, bytes]) -> Service | None:
    """Return the service that the file (by name) describes; None when it is not as we write it."""
    try:
        said = plistlib.loads(files.get(f"{NAME}.plist", b""))
        words, seconds = said["ProgramArguments"], said["StartInterval"]
        return read_words(words, seconds // 60, said.get("EnvironmentVariables", {}).get("PATH", ""))
    except (plistlib.InvalidFileException, ExpatError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _target(machine: Machine) -> str:
    return f"gui/{machine.uid}/{NAME}"


def _start(machine: Machine) -> Command:
    # launchd may still be busy ending the old one, and then answers with an input/output error.
    return Command(("launchctl", "bootstrap", f"gui/{machine.uid}", str(find_place(machine))), tries=5)


def _stop(machine: Machine) -> Command:
    return Command(("launchctl", "bootout", _target(machine)))
