"""A mail of theirs that was seen in the mailbox, as the store keeps it: where it lies, and how it was understood."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from followup_mail.incoming.understood import Understood


class SeenState(StrEnum):
    """What has been done about it."""

    NEW = "new"
    """The outbox waits; the facts do not know of it yet."""
    RECORDED = "recorded"
    """The facts know of it as well, as far as that is done without the user."""
    ACCEPTED = "accepted"
    """The user took up what it proposes: a no, an appointment."""
    DISMISSED = "dismissed"
    """The user said that it is nothing, or that nothing follows from it."""


class MailPlace(Struct, frozen=True):
    """Where a mail lies (RFC 3501 section 2.3.1.1). It may be moved: its Message-ID finds it again."""

    account: str
    """The address of the account, in lower case."""
    folder: str
    uid_validity: int
    uid: int


class FolderMark(Struct, frozen=True):
    """How far a folder was looked through."""

    account: str
    folder: str
    uid_validity: int
    """When it changes, the server has numbered its mails anew and the folder is looked through again."""
    last_uid: int
    """Every mail up to this number was looked at."""


class LastLook(Struct, frozen=True):
    """When a mailbox was looked at, and what kept us from it since."""

    account: str
    looked_at: datetime | None = None
    """The last time it was looked through to the end; UTC."""
    failed_at: datetime | None = None
    """The last time that this failed, where nothing has been seen since; UTC."""
    error: str = ""


class NewSeen(Struct, frozen=True):
    """A mail that was understood and is to be kept."""

    place: MailPlace
    mail: Understood


class SeenMail(Struct, frozen=True):
    """One mail as the store keeps it."""

    id: int
    place: MailPlace
    mail: Understood
    """As it is understood now: the user may have corrected it."""
    seen_at: datetime
    """UTC."""
    state: SeenState = SeenState.NEW
    was: Understood | None = None
    """How it was understood first, where the user has corrected that."""

    @property
    def label(self) -> str:
        """How people see and type its number: ``m4``."""
        return f"m{self.id}"

    @property
    def came_at(self) -> datetime:
        """When it came, as far as that is known: when it was sent, else when it was seen."""
        return self.mail.sent_at or self.seen_at
