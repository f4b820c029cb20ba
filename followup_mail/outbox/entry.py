"""An entry of the outbox: a finished mail, when it may go, and what became of it so far.

Values only. Which state may follow which is ``transitions``; how an entry is kept is ``store``. The bytes of the mail
are not part of the entry, so that a list of a thousand entries stays small: the store hands them out by id.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from followup_mail.cadence.entry_state import NEEDS_USER, OPEN, TAKES_STEP, WAITS, State
from followup_mail.cadence.step import StepId
from followup_mail.cadence.worktime import Place
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult

__all__ = [
    "FOLDER",
    "NEEDS_USER",
    "OPEN",
    "OPEN_IN_EDITOR",
    "TAKES_STEP",
    "TO_DRAFTS",
    "WAITS",
    "Entry",
    "NewEntry",
    "Place",
    "State",
    "Timing",
]


OPEN_IN_EDITOR = "open in an editor"
"""Why an entry is held while the user changes it."""
TO_DRAFTS: Final = "on its way into your Drafts folder"
"""Why an entry is held from the moment that it is meant for the mailbox until it lies there."""


WORDED_BY: Final = "written by "
"""How the wording of a mail begins that a writing model or an assistant worded: it is none of ours."""
BY_USER: Final = f"{WORDED_BY}you"
"""The wording of a mail whose words the user changed before it was queued."""

FOLDER: Final = ""
"""The account of an entry that was written while none was set: it goes into the folder, and nowhere else."""


class Timing(Struct, frozen=True):
    """When an entry may go."""

    due_at: datetime
    """Not before this moment. Aware; the store keeps UTC and hands it out in the zone of ``place``."""
    last_at: datetime | None = None
    """The last sensible moment: past it the entry is missed, not sent. None: whenever."""
    place: Place = field(default_factory=Place)
    """Where the recipient works: decides what is working time."""
    insisted: bool = False
    """True when the user named the moment: office hours and holidays do not move it then."""

    def at_place(self) -> Timing:
        """Return the same moments in the zone of ``place``."""
        last_at = None if self.last_at is None else in_zone(self.last_at, self.place.zone)
        return replace(self, due_at=in_zone(self.due_at, self.place.zone), last_at=last_at)


class NewEntry(Struct, frozen=True):
    """What goes into the outbox."""

    step: StepId
    message: Message
    """With its bytes."""
    timing: Timing
    ignored_rules: tuple[str, ...] = ()
    """Codes of the findings that the user chose to ignore."""
    state: State = State.QUEUED
    """``QUEUED``, or ``DRAFT`` for a mail that waits for approval."""
    account: str | None = None
    """By which account it leaves, and by no other: an address in lower case, or ``FOLDER``; None: its sender's."""
    why: str = ""
    """Why its step has its date, as the plan says when it is queued."""
    early: str = ""
    """Why the user lets it leave before the day that the plan has for it; it stands in the line of history."""


class Rewording(Struct, frozen=True):
    """Other words for an entry: the mail written again."""

    message: Message
    """With the Message-ID it had while no intent was ever recorded for it, and a new one afterwards."""
    was: str
    """The ``content_sha256`` that the change is based on."""
    ignored_rules: tuple[str, ...] = ()
    """As in ``NewEntry``, for the new words."""
    step: StepId | None = None
    """The step it belongs to from now on, since its reader has another name; None: as before."""


class Rewriting(Struct, frozen=True):
    """An entry as it would be written now."""

    entry_id: int
    words: Rewording
    timing: Timing
    """The moment; as it was, unless the plan's has moved."""


class Entry(Struct, frozen=True):
    """One mail in the outbox, as it stands."""

    id: int
    step: StepId
    message: Message
    """With its bytes in a ``Claim`` only; ``Store.content`` has them."""
    content_sha256: str
    timing: Timing
    state: State
    created_at: datetime
    """UTC, as are all moments below."""
    account: str = FOLDER
    """By which account it leaves, and by no other; its limits and pauses apply. ``FOLDER``: none was set."""
    why: str = ""
    """Why its step has its date, as the plan said when it was queued; empty for an entry from before that was kept."""
    held: str = ""
    """Why it is held; empty when it is not."""
    reason: str = ""
    """Why it is in this state, in a phrase; what the server said, where it spoke."""
    fix: str = ""
    """What the user should do about it; empty when there is nothing to do."""
    attempts: int = 0
    """Attempts that reached a server and were settled."""
    claims: int = 0
    """How often it was claimed. Only ever grows: a worker whose claim is not the latest may not send any more."""
    next_attempt_at: datetime | None = None
    """When it may be tried next, where that is later than due: after a temporary failure, or outside working time."""
    claimed_at: datetime | None = None
    """When the last attempt began."""
    claimed_by: str = ""
    """Who made the last attempt (``lease.name_worker``)."""
    lease_until: datetime | None = None
    handed_at: datetime | None = None
    """When it was handed over, or may have been: what limits count."""
    intent_at: datetime | None = None
    """When the intent to send was put on disk. None: not a byte of the mail left in this attempt."""
    cancel_asked: str = ""
    """Why it is not to be tried again, should the attempt under way not send it."""
    sent_at: datetime | None = None
    was_sent_at: datetime | None = None
    """Of a mail that came back: when it had been sent. It is not sent again as it is. None for every other."""
    filed_at: datetime | None = None
    """When it was put into the folder."""
    outcome: AttemptResult | None = None
    """The result of the last attempt."""
    ignored_rules: tuple[str, ...] = field(default=())
    stays: str = ""
    """Why a queued one does not leave as things stand, in a phrase. Found when it is shown, and never stored."""

    @property
    def label(self) -> str:
        """How people see and type the id: ``#12``."""
        return f"#{self.id}"

    @property
    def in_drafts(self) -> bool:
        """True for one in the Drafts folder of the mailbox. In the folder of this machine none has an account."""
        return self.state is State.IN_FOLDER and self.account != FOLDER

    @property
    def ready_at(self) -> datetime:
        """The moment from which it may be tried (UTC)."""
        due_at = self.timing.due_at.astimezone(UTC)
        return max(due_at, self.next_attempt_at) if self.next_attempt_at else due_at

    @property
    def needs_user(self) -> bool:
        """True when nothing more happens by itself."""
        return bool(self.held or self.stays) or self.state in NEEDS_USER

    def is_past(self, now: datetime) -> bool:
        """Return whether its last sensible moment has passed."""
        return self.timing.last_at is not None and now.astimezone(UTC) > self.timing.last_at


NEWER_ZONES = "Bring its time zones up to date with `pip install -U tzdata`."
"""What to do where this machine does not know a zone that another machine knew."""


def find_clock(zone: str) -> ZoneInfo | None:
    """Return the clocks of a stored zone; None when this machine does not know it, as after a move to an older one."""
    try:
        return ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        return None


def shown_clock(zone: str) -> ZoneInfo:
    """Return the clocks to show a time by: those of the zone, else UTC. Decides nothing: see ``find_clock``."""
    return find_clock(zone) or ZoneInfo("UTC")


def in_zone(moment: datetime, zone: str) -> datetime:
    """Return ``moment`` in the named zone; in UTC when this machine does not know the zone any more."""
    return moment.astimezone(shown_clock(zone))
