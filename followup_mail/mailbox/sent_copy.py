"""Files the copy of a sent mail in the Sent folder: one, or none, never two.

Each time it looks by Message-ID first, so that neither a crash nor a server that files what it sends leads to a second
one. Where it is not known whether the server does that, it gets a moment; should its copy come later, ours goes again.

A copy is worth little compared with the mail: filing it takes a bounded time, and never changes what became of the
mail. After a failure nothing is tried for a while, so that a hundred mails do not wait a hundred times.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from followup_mail.delivery.dispatch import NO_COPY
from followup_mail.delivery.redaction import one_line
from followup_mail.delivery.smtp_account import Account
from followup_mail.errors import FollowupError
from followup_mail.mailbox.appending import SEEN, append_mail, take_out
from followup_mail.mailbox.by_message_id import find_by_message_id
from followup_mail.mailbox.folders import Role
from followup_mail.mailbox.imap_connect import SearchLimits, open_mailbox
from followup_mail.mailbox.named_folder import name_folder
from followup_mail.message.message import Message

if TYPE_CHECKING:
    from imapclient import IMAPClient

MOMENT: Final = (0.5, 1.5)
"""Seconds to wait before each look while the server may still file a copy itself."""
LONGEST: Final = 20.0
"""Seconds that one copy may take, from connecting to the end."""
REST: Final = 600.0
"""Seconds without another try after a failure."""
FILED: Final = "a copy was put into the folder"
"""How the phrase begins that says that it was us who filed it."""
PROVEN: Final = 5.0
"""Seconds after which a copy of ours that is still alone shows that the server files none."""
_FAREWELL: Final = 1.0
_MOST_LOOKED_AT_AGAIN: Final = 20
_BEFORE: Final = timedelta(days=1)
"""A server files by its own clock and zone."""
_FILES_LATE: Final = "your mail server files its own, a little later"


class CopyTerms(Struct, frozen=True):
    """On which terms copies are filed."""

    account: Callable[[], Account]
    """Returns the account at the mailbox. Raises ``FollowupError``."""
    folder: str = ""
    """The Sent folder, if the server does not mark it."""
    patient: bool = False
    """True where it is not known whether the server files copies itself."""
    earlier: Callable[[], Sequence[str]] = tuple
    """Returns Message-IDs of mails that were sent before: two copies of one show a server that files its own late."""


@dataclass(slots=True)
class _Filed:
    message_id: str
    to: str
    at: datetime
    uid: int | None
    since: float
    """Monotonic seconds."""


@dataclass(slots=True)
class SentCopies:
    """Files copies over one connection, opened by the first. ``close`` ends it; another copy opens it again."""

    terms: CopyTerms
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    _session: ExitStack | None = None
    _client: IMAPClient = None
    _sent: str = ""
    _rests_until: float = 0.0
    _files_late: bool | None = None
    """Whether the server was seen to file its own copies late; None: not looked at yet."""
    _files_none: bool = False
    _filed: list[_Filed] = field(default_factory=list)

    def file(self, message: Message, at: datetime) -> str:
        """File the copy of a mail that the server accepted at ``at`` (aware). Return what came of it, in a phrase."""
        if self.monotonic() < self._rests_until:
            return f"{NO_COPY}: not tried again so soon after a failure"
        if self._files_late:
            return f"{NO_COPY}: {_FILES_LATE}"
        ends_at = self.monotonic() + LONGEST
        reused = self._session is not None
        try:
            return self._try(message, at, ends_at)
        except FollowupError as error:
            failure = error
        if reused:  # a server ends a connection that it finds idle; what was done before the loss is found by the look
            try:
                return self._try(message, at, ends_at)
            except FollowupError as error:
                failure = error
        self._rests_until = self.monotonic() + REST
        return one_line(f"{NO_COPY}: {failure.sentence}")

    def close(self) -> None:
        """End the connection; where our copy turns out to be the second one, take it back before."""
        if self._session is None:
            return
        try:
            if self.terms.patient and self._filed:
                with self._connected(self.monotonic() + LONGEST) as client:
                    self._take_back_seconds(client)
        except FollowupError:
            return  # the mails are sent and settled: nothing depends on this look
        finally:
            self._filed.clear()
            session, self._session = self._session, None
            if session is not None:
                with suppress(FollowupError):  # a farewell may fail
                    session.close()

    def _try(self, message: Message, at: datetime, ends_at: float) -> str:
        with self._connected(ends_at) as client:
            if self.terms.patient and self._is_late():
                return f"{NO_COPY}: {_FILES_LATE}"
            if self._is_there(client, message, at):
                return f"its copy is in the folder '{one_line(self._sent)}'"
            uid = append_mail(client, self._sent, message.content, at, [SEEN])
            self._filed.append(_Filed(message.message_id, message.to.email, at, uid, self.monotonic()))
            return f"{FILED} '{one_line(self._sent)}'"

    def _is_there(self, client: IMAPClient, message: Message, at: datetime) -> bool:
        for seconds in MOMENT if self._must_wait(client) else (0.0,):
            if seconds:
                self.sleep(seconds)
            if self._find(client, message.message_id, message.to.email, at):
                return True
        return False

    def _must_wait(self, client: IMAPClient) -> bool:
        """Return whether the server may still file a copy itself: not when it has left an earlier one of ours alone."""
        if self.terms.patient and not self._files_none:
            proof = next((filed for filed in self._filed if filed.since <= self.monotonic() - PROVEN), None)
            self._files_none = proof is not None and len(self._find(client, proof.message_id, proof.to, proof.at)) == 1
        return self.terms.patient and not self._files_none

    def _is_late(self) -> bool:
        """Tell, once in a run, whether a mail that was sent before has two copies."""
        if self._files_late is None:
            self._client.select_folder(self._sent, readonly=True)
            self._files_late = any(
                len(self._client.search(["HEADER", "Message-ID", earlier])) > 1 for earlier in self.terms.earlier()
            )
        return self._files_late

    def _take_back_seconds(self, client: IMAPClient) -> None:
        for filed in self._filed[-_MOST_LOOKED_AT_AGAIN:]:
            found = self._find(client, filed.message_id, filed.to, filed.at)
            if len(found) > 1 and filed.uid in found:
                take_out(client, self._sent, filed.uid)

    def _find(self, client: IMAPClient, message_id: str, to: str, at: datetime) -> tuple[int, ...]:
        client.select_folder(self._sent, readonly=True)  # again: it may have come over another connection
        return find_by_message_id(client, message_id, to, (at - _BEFORE).date())

    @contextmanager
    def _connected(self, ends_at: float) -> Iterator[IMAPClient]:
        """Give a client that ends at ``ends_at``. An error ends the connection, and becomes a ``MailboxError``."""
        try:
            if self._session is None:
                self._open(ends_at)
            self._client.allow(max(ends_at - self.monotonic(), 0.0))
            yield self._client
        except BaseException:
            session, self._session = self._session, None
            if session is not None:
                session.__exit__(*sys.exc_info())
            raise

    def _open(self, ends_at: float) -> None:
        seconds = max(ends_at - self.monotonic(), 0.0)
        limits = SearchLimits(log_in=seconds, search=seconds, farewell=_FAREWELL)
        self._session = ExitStack()
        self._client = self._session.enter_context(open_mailbox(self.terms.account(), limits, self.monotonic))
        self._sent = name_folder(self._client, Role.SENT, self.terms.folder)
