"""What ``doctor`` finds, as values: one thing that was looked at, how bad it is, and what to type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from followup_mail.delivery.server_look import ServerLook, look_at_server
from followup_mail.errors import SettingsError
from followup_mail.workspace import Workspace


class Severity(StrEnum):
    """How bad it is. Stable: ``doctor --json`` prints these words."""

    OK = "ok"
    WARNING = "warning"
    """It works, but should be looked at."""
    FAULT = "fault"
    """It keeps mails from leaving, or the program from doing what it should."""


class SetupCheck(Struct, frozen=True):
    """One thing that was checked."""

    what: str
    ok: bool
    said: str
    fix: str = ""
    doubtful: bool = False
    """True when nothing is out of place, and something about it should be looked at all the same."""

    @property
    def severity(self) -> Severity:
        if not self.ok:
            return Severity.FAULT
        return Severity.WARNING if self.doubtful else Severity.OK


def fine(what: str, said: str) -> SetupCheck:
    """Return that all is well."""
    return SetupCheck(what, ok=True, said=said)


def warning(what: str, said: str, fix: str) -> SetupCheck:
    """Return that it works, and should be looked at."""
    return SetupCheck(what, ok=True, said=said, fix=fix, doubtful=True)


def fault(what: str, said: str, fix: str) -> SetupCheck:
    """Return that it does not work."""
    return SetupCheck(what, ok=False, said=said, fix=fix)


@dataclass
class Examined:
    """What the looks look at. What two of them need is found out once."""

    workspace: Workspace
    unreadable: SettingsError | None = None
    """Why the settings cannot be read; then the workspace has the defaults, and no account."""
    asked_at: datetime | None = field(default=None, init=False)
    """When the mail server was asked, by this machine's clock."""

    @cached_property
    def server(self) -> ServerLook:
        """What the mail server shows before any login. Raises ``OSError``, ``CaFileError`` and ``SettingsError``."""
        own = self.workspace
        found = look_at_server(own.account, own.settings.email.rpartition("@")[2])
        self.asked_at = own.clock()
        return found


class Look(Struct, frozen=True):
    """One look of ``doctor``."""

    what: str
    doing: str
    """What it does, to say when it takes long: "Logging in at the mail server"."""
    look: Callable[[Examined], SetupCheck]
    needs_settings: bool = False
    """True when it cannot be done with the defaults alone."""
    needs: str = ""
    """The look that must have found no fault."""
