"""How long a connection may take, and the ways in which it ends.

The clock here is the monotonic one: it measures spans, and never says what time it is.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from dataclasses import dataclass


class LinkLostError(smtplib.SMTPServerDisconnected):
    """Nothing more can be said or heard on this connection. Its text is fit to be shown."""


class DotNotTakenError(LinkLostError):
    """The system did not take the final dot, so it has certainly not left this machine."""


class InjectedError(LinkLostError):
    """Something unencrypted came behind the answer to STARTTLS (CVE-2011-0411 and its kin)."""


class Patience:
    """How long to wait: for one reply, and for an attempt as a whole. Measured in monotonic seconds."""

    def __init__(self, reply_seconds: float, monotonic: Callable[[], float]) -> None:
        self._reply_seconds = reply_seconds
        self._monotonic = monotonic
        self._ends_at = monotonic() + reply_seconds

    def allow(self, seconds: float, *, reply_seconds: float | None = None) -> None:
        """Let everything from now on take this long together, and each reply as long as given, if given."""
        self._ends_at = self._monotonic() + seconds
        if reply_seconds is not None:
            self._reply_seconds = reply_seconds

    def next_until(self) -> float:
        """Return the monotonic moment at which the next reply must be complete."""
        return min(self._monotonic() + self._reply_seconds, self._ends_at)

    def left(self, until: float) -> float:
        """Return the seconds left until then; raise ``LinkLostError`` when there are none."""
        seconds = until - self._monotonic()
        if seconds <= 0:
            raise LinkLostError("No complete answer from the server in time")
        return seconds


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long one attempt may take, in seconds. ``Account.timeout`` bounds each single answer."""

    attempt: float = 300.0
    """From the first byte to the final dot, with connecting and logging in."""
    answer: float = 600.0
    """From the final dot to its answer. RFC 5321 section 4.5.3.2.6 asks for ten minutes: a server that scans the
    message is slow here, and giving up early is what makes an entry unclear."""
    grace: float = 10.0
    """How long the answer to the final dot is still waited for after Ctrl-C. A second Ctrl-C ends that as well."""
    farewell: float = 3.0
    """For the last QUIT."""
