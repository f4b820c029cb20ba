"""Ctrl-C in the middle of an attempt, with what is known about it."""

from __future__ import annotations

from followup_mail.outbox.attempt import AttemptResult


class InterruptedDelivery(KeyboardInterrupt):
    """Ctrl-C came during an attempt. To be settled by its ``outcome`` and raised on.

    Whoever does not know this class sees a ``KeyboardInterrupt`` and leaves the entry in ``sending``, which is found
    later and called unclear: never wrong, only less exact.
    """

    def __init__(self, outcome: AttemptResult) -> None:
        super().__init__(outcome.said)
        self.outcome = outcome
