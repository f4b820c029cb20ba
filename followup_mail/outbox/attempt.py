"""The result of one attempt to hand a message over: delivery finds it out, the outbox acts upon it.

Everything depends on the distinction between *not sent* and *unclear*: once the final dot has left, only the
server's answer can tell, and without it nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from followup_mail.message.message import Message


class Verdict(StrEnum):
    """The four things that can be known after an attempt."""

    ACCEPTED = "accepted"
    """The server took it (250 after the dot), or the file is in the folder."""
    DEFERRED = "deferred"
    """Certainly not sent; worth another try: 4xx, no network, DNS, TLS, a time-out before the dot."""
    REFUSED = "refused"
    """Certainly not sent, and will not be: 5xx, a bad address, wrong password."""
    UNCLEAR = "unclear"
    """Sent or not, nobody knows: the link was lost after the dot and before the answer."""


class Phase(StrEnum):
    """How far an attempt got (RFC 5321 sections 3.1 to 3.3)."""

    CONNECT = "connect"
    LOGIN = "login"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"
    ANSWER = "answer"
    DONE = "done"


class AttemptResult(Struct, frozen=True):
    """The result of one attempt."""

    verdict: Verdict
    phase: Phase
    said: str = ""
    """The server's words, or the error's, one printable line of at most 500 characters, no secrets."""
    code: int | None = None
    """The SMTP reply code (RFC 5321 section 4.2)."""
    enhanced: str = ""
    """The enhanced status code, e.g. ``5.7.9`` (RFC 3463)."""
    queue_id: str = ""
    """The id the server gave with its 250, where it did; a path for the folder."""
    refused: tuple[tuple[str, str], ...] = ()
    """Recipients the server refused while it took the others: (address, its words)."""
    fix: str = ""
    """What the user should do, in one sentence."""
    pauses_account: bool = False
    """True when every other message would meet the same end, e.g. a wrong password."""
    in_folder: bool = False
    """True when it was put into the folder: nothing left this machine."""


class InterruptedDelivery(KeyboardInterrupt):
    """Ctrl-C came during an attempt. Settle the entry by ``result``, then raise this on.

    Code that does not know this class sees a ``KeyboardInterrupt`` and leaves the entry in ``sending``; a later run
    calls it unclear, which is less exact but never wrong.
    """

    def __init__(self, result: AttemptResult) -> None:
        super().__init__(result.said)
        self.result = result


class Transport(Protocol):
    """Something that hands messages over. Opens lazily, serves many messages, never raises for a server's answer."""

    leaves_machine: bool
    """False for the folder: nothing goes out, and commands must say so."""

    def deliver(self, message: Message, before_data: Callable[[], None]) -> AttemptResult:
        """Try once. Calls ``before_data`` exactly once, directly before the first byte of DATA goes out.

        When ``before_data`` raises, nothing has been sent and the exception passes through. Ctrl-C during the attempt
        raises ``InterruptedDelivery``.
        """
        ...

    def close(self) -> None:
        """End the connection politely; its errors are ignored."""
        ...
