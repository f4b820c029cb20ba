"""What the system should run, how often, and on which machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.errors import ServiceError
from followup_mail.regex import regex

NAME: Final = "followup-mail"
"""The service of the default home folder, and of whatever was installed before each home had a name of its own."""
MARK: Final = "Written by followup-mail service install"
"""Stands in each file that we write. A file without it is not ours and is never changed."""
_NAMES: Final = regex(rf"{NAME}(?:-[a-z0-9-]+-[0-9a-f]{{8}})?")
_SLUG_LENGTH: Final = 24


class SchedulerKind(StrEnum):
    """The supported schedulers."""

    SYSTEMD = "systemd"
    LAUNCHD = "launchd"
    CRON = "cron"
    WINDOWS = "windows"


class Machine(Struct, frozen=True):
    """Where the schedulers of this machine keep the user's files."""

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
    """The user's number, which launchd puts into the names of jobs."""
    names_bus: bool = False
    """Whether the D-Bus of the desktop is in the environment."""

    @classmethod
    def of_user(cls, platform: str, home: Path, environment: Mapping[str, str], uid: int) -> Machine:
        """Return where the schedulers keep the files of the user whose ``home`` and ``environment`` these are."""
        return cls(
            platform=platform,
            user_home=home,
            config=Path(environment.get("XDG_CONFIG_HOME") or home / ".config"),
            local=Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local"),
            user="\\".join(filter(None, (environment.get("USERDOMAIN"), environment.get("USERNAME")))),
            uid=uid,
            names_bus=bool(environment.get("DBUS_SESSION_BUS_ADDRESS")),
        )


class Service(Struct, frozen=True):
    """What to run, and how often."""

    executable: str
    """The Python of this installation, as an absolute path."""
    home: str
    """The home folder, as an absolute path; also the folder to run in."""
    every: int = 5
    """Minutes from 1 to 60. If 60 is no multiple of it, the last wait of each hour is shorter."""
    search_path: str = ""
    """``PATH`` for finding the command that prints the password; empty: what the system sets."""
    name: str = NAME
    """What the scheduler knows it by: each home folder has a name of its own, so that they run side by side."""

    @property
    def words(self) -> tuple[str, ...]:
        """The command line. ``-P``: a file in the home folder must not be imported as a module."""
        return (self.executable, "-P", "-m", "followup_mail", "--home", self.home, "run", "--background")


def name_service(home: Path) -> str:
    """Return the name of the service of a home folder that is not the default one: readable, and only for this path."""
    plain = unicodedata.normalize("NFKD", home.name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH].strip("-") or "home"
    digest = hashlib.sha256(str(home).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{NAME}-{slug}-{digest[:8]}"


def is_name(text: str) -> bool:
    """Return whether a service of ours could have this name."""
    return bool(_NAMES.fullmatch(text))


def parse_command_line(words: Sequence[str], every: int, search_path: str = "", name: str = NAME) -> Service | None:
    """Return the service with this command line; None when it is not ours."""
    if len(words) < 6:
        return None
    service = Service(words[0], words[5], every, search_path, name)
    return service if tuple(words) == service.words else None


def check_service(service: Service) -> None:
    """Raise ``ServiceError`` when no scheduler could be given one of the paths."""
    named = {"the path of Python": service.executable, "the home folder": service.home, "PATH": service.search_path}
    for what, text in named.items():
        if any(map(_is_unfit, text)):
            raise ServiceError(
                f"{what[:1].upper()}{what[1:]} contains a character that no scheduler accepts: {text!a}.",
                fix="Use a folder whose name contains only printable characters.",
            )
    if not 1 <= service.every <= 60:
        raise ServiceError(f"Every {service.every} minutes is not possible.", fix="Use --every 1 to --every 60.")


def _is_unfit(character: str) -> bool:
    """Return whether a character ends a line in some format, is a lone surrogate, or is not allowed in XML."""
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in "\ufffe\uffff"
