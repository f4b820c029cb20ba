"""What a look through the mailbox is asked for and what it returns: values, and the budget that ends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from msgspec import Struct, field

from followup_mail.delivery.bounded_connection import SizeLimits
from followup_mail.incoming.watched import Watched
from followup_mail.mailbox.imap_connect import SearchLimits
from followup_mail.outbox.seen_mail import FolderMark

_MB: Final = 1024 * 1024
LOOKING: Final = SearchLimits(search=180.0, sizes=SizeLimits(line=4 * _MB, answer=8 * _MB, everything=96 * _MB))
"""What ``open_mailbox`` is to allow for a look: more than ``LookLimits`` asks for, so that these end it first."""


class LookLimits(Struct, frozen=True):
    """How much one look reads. What it did not reach is said, and read by the next look where that is possible."""

    newest: int = 5_000
    """Mails of a folder whose headers are read; earlier ones are only found by a search of the server."""
    earlier: int = 500
    """Mails that such a search may find in a folder."""
    mails: int = 400
    """Mails that are read wholly, in all folders."""
    header_bytes: int = 32 * 1024
    """Of each mail's headers."""
    mail_bytes: int = _MB // 2
    """Of each mail that is read wholly; the rest of a longer one is left."""
    everything: int = 64 * _MB
    """Bytes in total."""
    seconds: float = 120.0
    """In total; what has begun is finished."""
    search_seconds: float = 20.0
    """For searches of the server among earlier mails."""
    folders: int = 20


class LookTerms(Struct, frozen=True):
    """What is looked for, and where the last look ended."""

    watched: Watched
    marks: Callable[[str], FolderMark | None]
    """Returns how far a folder was looked through; None to look from the first day that is watched."""
    wanted: Callable[[bytes], str]
    """Says from the headers of a mail why it is to be read wholly; "" for mail of others."""
    also: tuple[str, ...] = ()
    """Folders that the user names."""
    limits: LookLimits = field(default_factory=LookLimits)


class FetchedMail(Struct, frozen=True):
    """A mail that was read wholly, and where it lies."""

    folder: str
    uid_validity: int
    uid: int
    filed_at: datetime | None
    """When it came into the mailbox, UTC; None where the server does not say."""
    content: bytes
    is_whole: bool
    """False when it is longer than a look reads; then its beginning is here."""
    why: str
    """What ``LookTerms.wanted`` said."""


class FolderLook(Struct, frozen=True):
    """A step of a look: what was read of one folder. The next step of the same folder goes on where this one ended."""

    folder: str
    uid_validity: int = 0
    """0 where the folder could not be opened, or its server has no lasting numbers: then no mark is kept."""
    last_uid: int = 0
    """Every mail up to this number was looked at, but for what ``left_out`` says."""
    is_complete: bool = False
    """True for the last step of a folder that was looked through to its end."""
    mails: tuple[FetchedMail, ...] = ()
    headers_read: int = 0
    """Mails whose headers were read in this step."""
    left_out: tuple[str, ...] = ()
    """Sentences on what was not looked at, and why."""
    may_be_missing: bool = False
    """True where the look is worth something without this folder: answers seldom lie there."""


class Budget:
    """What a look has used of its limits so far."""

    def __init__(self, limits: LookLimits, monotonic: Callable[[], float]) -> None:
        self.limits = limits
        self._monotonic = monotonic
        self._ends_at = monotonic() + limits.seconds
        self._searching = 0.0
        self._bytes = 0
        self._mails = 0

    def count(self, content: bytes, *, is_mail: bool = False) -> None:
        """Note that this much was read."""
        self._bytes += len(content)
        self._mails += is_mail

    def spent(self) -> str:
        """Return which limit is reached, as the end of a sentence; "" while there is none."""
        limits = self.limits
        if self._monotonic() >= self._ends_at:
            return f"one look takes at most {limits.seconds:g} seconds"
        if self._bytes + limits.mail_bytes > limits.everything:
            return f"one look reads at most {limits.everything // _MB} MB"
        if self._mails >= limits.mails:
            return f"one look reads at most {limits.mails} mails"
        return ""

    def now(self) -> float:
        """Return the monotonic seconds, to give to ``searched``."""
        return self._monotonic()

    def searched(self, since: float) -> float:
        """Note that the server has searched earlier mails since then; return for how many seconds."""
        seconds = self._monotonic() - since
        self._searching += seconds
        return seconds

    @property
    def may_search(self) -> bool:
        """False once searches of the server have taken their time."""
        return self._searching < self.limits.search_seconds and not self.spent()
