"""What the system is to run, how often, and on which machine: values, and what may stand in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from followup_mail.errors import ServiceError

NAME: Final = "followup-mail"
MARK: Final = "Written by followup-mail service install"
"""Stands in each file that we write. What lacks it is not ours and is left alone."""


class SchedulerKind(StrEnum):
    """The schedulers that are known."""

    SYSTEMD = "systemd"
    LAUNCHD = "launchd"
    CRON = "cron"
    WINDOWS = "windows"


@dataclass(frozen=True, slots=True)
class Machine:
    """Where the schedulers of this machine keep what belongs to the user."""

    platform: str
    """As ``sys.platform``: ``linux``, ``darwin``, ``win32``."""
    user_home: Path
    config: Path
    """``$XDG_CONFIG_HOME``, or ``~/.config``."""
    local: Path
    """``%LOCALAPPDATA%``; used on Windows only."""
    user: str = ""
    """``DOMAIN\\user``; used on Windows only."""
    uid: int = 0
    """The user's number; launchd names a user's jobs by it."""


@dataclass(frozen=True, slots=True)
class Service:
    """What is to run, and how often."""

    executable: str
    """The Python of this installation, as an absolute path."""
    home: str
    """The home folder, as an absolute path; also the folder to run in, so that its ``.env`` is the one that counts."""
    every: int = 5
    """Minutes from 1 to 60. What does not divide 60 makes the last wait of each hour shorter."""
    search_path: str = ""
    """``PATH`` for it, where a command must be found that gives the password; empty: what the system sets."""

    @property
    def words(self) -> tuple[str, ...]:
        """The command line. ``-P``: a file in the home folder must not pass for a module."""
        return (self.executable, "-P", "-m", "followup_mail", "--home", self.home, "run", "--background")


def read_words(words: Sequence[str], every: int, search_path: str = "") -> Service | None:
    """Return the service whose command line this is; None when it is not one of ours."""
    if len(words) < 6:
        return None
    service = Service(words[0], words[5], every, search_path)
    return service if tuple(words) == service.words else None


def check_fit(service: Service) -> None:
    """Raise ``ServiceError`` when a path cannot stand in a scheduler's file, whatever the scheduler."""
    named = {"the path of Python": service.executable, "the home folder": service.home, "PATH": service.search_path}
    for what, text in named.items():
        if any(map(_is_unfit, text)):
            raise ServiceError(
                f"{what[:1].upper()}{what[1:]} holds a character that no scheduler takes: {text!a}.",
                fix="Use a folder whose name holds printable characters only.",
            )
    if not 1 <= service.every <= 60:
        raise ServiceError(f"Every {service.every} minutes is not possible.", fix="Say --every 1 to --every 60.")


def _is_unfit(character: str) -> bool:
    """Tell whether a character ends a line somewhere, is half of one, or is none that XML knows."""
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in "\ufffe\uffff"
