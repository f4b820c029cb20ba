"""A way out that is made when the first message is handed over: most runs find nothing due, and need no connection."""

from __future__ import annotations

from collections.abc import Callable

from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Transport


class MadeAtFirstUse:
    """A ``Transport`` that stands in for another one until then. ``make`` may not raise: a mail is in hand by then."""

    def __init__(self, make: Callable[[], Transport], *, leaves_machine: bool) -> None:
        self._make = make
        self._made: Transport | None = None
        self.leaves_machine = leaves_machine

    def deliver(self, message: Message, before_data: Callable[[], None]) -> AttemptResult:
        """Try once, by the real one. See ``Transport``."""
        self._made = self._made or self._make()
        return self._made.deliver(message, before_data)

    def close(self) -> None:
        """End the connection, if there is one."""
        if self._made:
            self._made.close()
