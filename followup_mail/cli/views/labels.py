"""Words that several screens share: a mailbox, a planned moment.

Apart from the screens themselves, so that a list of entries need not import what shows a mail in full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_mail.cadence.clocks import describe_moment

if TYPE_CHECKING:
    from followup_mail.message.draft import Mailbox
    from followup_mail.outbox.entry import Entry, Timing
    from followup_mail.workspace import Workspace


def say_when(timing: Timing, own_zone: ZoneInfo) -> str:
    """Return the planned moment at the recipient's place and at the user's."""
    from followup_mail.outbox.entry import shown_clock

    return describe_moment(timing.due_at, shown_clock(timing.place.zone), own_zone)


def say_leaving(workspace: Workspace, entry: Entry) -> str:
    """Return when an entry leaves, at the recipient's place and at the user's: never a moment that is past."""
    from followup_mail.outbox.entry import shown_clock
    from followup_mail.services.context.departures import leaves_at

    at = leaves_at(entry, workspace.now())
    return describe_moment(at, shown_clock(entry.timing.place.zone), workspace.own_zone)


def say_mailbox(mailbox: Mailbox) -> str:
    """Return a name with its address."""
    return f"{mailbox.name} <{mailbox.email}>" if mailbox.name else mailbox.email


def say_missing_home(workspace: Workspace) -> str:
    """Return what to add about a home folder that somebody named and that is not there, or nothing.

    Its disk may be missing, and what is queued with it.
    """
    if "home" not in workspace.loaded.places or workspace.home.is_dir():
        return ""
    return f": the home folder {workspace.home} is not there. If you used it before, look for its disk"
