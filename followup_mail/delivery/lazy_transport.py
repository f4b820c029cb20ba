"""Makes the real transport at the first message: most runs find nothing due and need no mail library."""

from __future__ import annotations

from collections.abc import Callable

from followup_mail.message.message import Message
from followup_mail.outbox.attempt import Ahead, AttemptResult, KeepsConnection, Transport


class LazyTransport:
    """A ``Transport`` that makes another at first use. ``make`` may not raise: by then a mail is claimed."""

    def __init__(self, make: Callable[[], Transport], *, leaves_machine: bool) -> None:
        self._make = make
        self._made: Transport | None = None
        self.leaves_machine = leaves_machine

    def deliver(self, message: Message, before_data: Callable[[], None]) -> AttemptResult:
        self._made = self._made or self._make()
        return self._made.deliver(message, before_data)

    @property
    def is_open(self) -> bool:
        return isinstance(self._made, KeepsConnection) and self._made.is_open

    def deliver_on(self, message: Message, before_data: Callable[[], None], ahead: Ahead) -> AttemptResult:
        if isinstance(self._made, KeepsConnection):
            return self._made.deliver_on(message, before_data, ahead)
        return self.deliver(message, before_data)

    def close(self) -> None:
        if self._made:
            self._made.close()
