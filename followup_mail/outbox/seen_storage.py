"""What a kind of storage must be able to do with the mail that was seen in mailboxes: read rows and write rows.

Part of ``storage``, and like it decides nothing. Lists leave out rows that cannot be understood.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from datetime import datetime

from followup_mail.incoming.understood import Understanding
from followup_mail.outbox.seen_mail import FolderMark, LastLook, MailPlace, NewSeen, SeenMail, SeenState


class SeenStorage(ABC):
    """Rows of seen mail, of how far folders were looked through, and of the last looks."""

    @abstractmethod
    def seen(self, application: str | None = None, states: Collection[SeenState] = ()) -> tuple[SeenMail, ...]:
        """Return the mail that was seen, the latest first; of one application or of all, in these states or in any."""

    @abstractmethod
    def get_seen(self, seen_id: int) -> SeenMail:
        """Return one mail. Raises ``NotFoundError``, and ``OutboxError`` for a row that cannot be understood."""

    @abstractmethod
    def knows_mail(self, place: MailPlace, message_id: str) -> bool:
        """Return whether a mail of this account is kept: by its Message-ID, or where it has none by its place."""

    @abstractmethod
    def seen_as(self, message_id: str) -> tuple[SeenMail, ...]:
        """Return the mails with a Message-ID, in whatever account."""

    @abstractmethod
    def insert_seen(self, new: NewSeen, seen_at: datetime) -> int:
        """Add a mail; return its number, which is never given out twice."""

    @abstractmethod
    def put_seen(self, seen: SeenMail) -> None:
        """Write a mail under its number, in place of what is there."""

    @abstractmethod
    def delete_seen(self, seen_id: int) -> None:
        """Delete a mail, also one whose row cannot be understood."""

    @abstractmethod
    def folder_mark(self, account: str, folder: str) -> FolderMark | None:
        """Return how far a folder was looked through; None when it never was."""

    @abstractmethod
    def put_folder_mark(self, mark: FolderMark) -> None:
        """Write how far a folder was looked through."""

    @abstractmethod
    def delete_folder_marks(self, account: str) -> None:
        """Forget how far the folders of an account were looked through."""

    @abstractmethod
    def last_look(self, account: str) -> LastLook:
        """Return when an account's mailbox was looked at; without moments when it never was."""

    @abstractmethod
    def put_last_look(self, look: LastLook) -> None:
        """Write when an account's mailbox was looked at."""

    def open_answers(self, application: str) -> tuple[SeenMail, ...]:
        """Return the answers to an application that the facts do not know of yet."""
        new = self.seen(application, {SeenState.NEW})
        return tuple(known for known in new if known.mail.understanding is Understanding.ANSWER)

    def absences(self, address: str) -> tuple[SeenMail, ...]:
        """Return what an address has said of its absence and when that ends, the latest first."""
        return tuple(known for known in self.seen() if is_absence_of(known, address))


def is_absence_of(seen: SeenMail, address: str) -> bool:
    """Return whether a mail says until when somebody is away, and the user has not said that it is nothing."""
    says = seen.mail.understanding is Understanding.AUTOMATIC and seen.mail.back_on is not None
    return says and seen.state is not SeenState.DISMISSED and seen.mail.sender == address.lower()
