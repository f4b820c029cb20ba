"""Look at everything that can stop a mail, without sending anything: one list of looks, each by itself.

A look returns ok, a warning or a fault, with the command that helps. A fault in one does not hide the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Final

from followup_mail.errors import FollowupError, SettingsError
from followup_mail.services.accounts.setup_look import Examined, Look, SetupCheck, Severity, fault
from followup_mail.services.health.look_at_accounts import look_at_others
from followup_mail.services.health.look_at_files import look_at_cadences, look_at_facts, look_at_templates
from followup_mail.services.health.look_at_home import look_at_home, look_at_permissions, look_at_space
from followup_mail.services.health.look_at_outbox import look_at_database, look_at_outbox
from followup_mail.services.health.look_at_server import (
    look_at_certificate,
    look_at_login,
    look_at_mailbox,
    look_at_name,
)
from followup_mail.services.health.look_at_service import look_at_service
from followup_mail.services.health.look_at_settings import look_at_program, look_at_sender, look_at_settings
from followup_mail.services.health.look_at_times import look_at_clock, look_at_time_zone
from followup_mail.services.health.look_at_writing_model import look_at_writing_model
from followup_mail.workspace import Workspace

LOOKS: Final = (
    Look("program", "Looking at the program", look_at_program),
    Look("home", "Looking at the home folder", look_at_home),
    Look("disk space", "Looking at the disk", look_at_space),
    Look("permissions", "Looking at permissions", look_at_permissions),
    Look("settings", "Looking at the settings", look_at_settings),
    Look("time zone", "Looking at the time zone", look_at_time_zone, needs_settings=True),
    Look("you", "Looking at your name and address", look_at_sender, needs_settings=True),
    Look("facts", "Reading the facts", look_at_facts, needs_settings=True),
    Look("cadences", "Reading the cadences", look_at_cadences),
    Look("templates", "Trying every wording", look_at_templates),
    Look("database", "Looking at the database", look_at_database),
    Look("outbox", "Checking the outbox", look_at_outbox, needs="database"),
    Look("server name", "Looking up the mail server's name", look_at_name, needs_settings=True),
    Look("mail server", "Logging in at the mail server", look_at_login, needs_settings=True, needs="server name"),
    Look("certificate", "Looking at the certificate", look_at_certificate, needs_settings=True, needs="server name"),
    Look("mailbox", "Logging in at the mailbox", look_at_mailbox, needs_settings=True, needs="server name"),
    Look("clock", "Comparing the clock", look_at_clock),
    Look("writing model", "Asking the writing model", look_at_writing_model, needs_settings=True),
    Look("service", "Looking at the service", look_at_service),
)
_BEFORE: Final = "cannot be checked before that"

Announce = Callable[[str], AbstractContextManager[object]]
"""Told what a look does; the look runs inside the context that it returns."""


def check_setup(
    workspace: Workspace,
    unreadable: SettingsError | None = None,
    announce: Announce = nullcontext,
    looks: Sequence[Look] = LOOKS,
) -> Iterator[SetupCheck]:
    """Do one look after the other. With ``unreadable`` settings, the workspace is one of ``defaults_for``."""
    examined = Examined(workspace, unreadable)
    told: set[str] = set()
    faulty: set[str] = set()
    for look in (*looks, *look_at_others(examined)):
        with announce(look.doing):
            found = _look(look, examined, told, faulty)
        if found.severity is Severity.FAULT:
            faulty.add(look.what)
        yield found


def _look(look: Look, examined: Examined, told: set[str], faulty: set[str]) -> SetupCheck:
    """Do one look; whatever goes wrong in it is what it found."""
    first = "settings" if look.needs_settings and examined.unreadable else look.needs if look.needs in faulty else ""
    if first:
        return fault(look.what, f"{_BEFORE}: {first}", "")
    try:
        return look.look(examined)
    except FollowupError as error:
        if isinstance(error, SettingsError) and error.sentence in told:
            return fault(look.what, _BEFORE, "")
        told.add(error.sentence)
        return fault(look.what, error.sentence, error.fix)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return fault(look.what, f"{where}{error.strerror or error}", "Check the folder and its permissions.")
    except Exception as error:  # one look that breaks must not hide the others
        said = f"the look itself broke: {type(error).__name__}"
        return fault(look.what, said, "Please report that; the other looks are not touched by it.")
