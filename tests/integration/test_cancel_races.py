"""A cancel that meets a run in the middle of sending says which of the two came first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from outbox_samples import ACCEPTED, GREYLISTED, WORKER, go

from followup_mail.errors import RefusedError
from followup_mail.outbox.attempt import AttemptResult
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.retry import decide
from followup_mail.services.queueing.change_entry import cancel
from followup_mail.workspace import Workspace


@pytest.fixture
def end_with(due: Workspace) -> Callable[[AttemptResult], Callable[[float], object]]:
    """Begin to send, and return a sleep during which that ends with an outcome."""
    claim = due.store.claim(WORKER, go, due.now())
    assert isinstance(claim, Claim)

    def sleep_until(outcome: AttemptResult) -> Callable[[float], object]:
        decided = decide(claim.entry, outcome, due.now(), 0)
        return lambda _: due.store.settle(claim, decided, due.now())

    return sleep_until


def test_a_cancel_that_came_first_says_so(
    due: Workspace, end_with: Callable[[AttemptResult], Callable[[float], object]]
) -> None:
    """The server put the mail off: it is cancelled, and that is what is said."""
    entry = cancel(due, 1, end_with(GREYLISTED)).entry
    assert isinstance(entry, Entry)
    assert entry.state is State.CANCELLED


def test_a_mail_that_came_first_says_so(
    due: Workspace, end_with: Callable[[AttemptResult], Callable[[float], object]]
) -> None:
    """The server took the mail: it was sent, and that is what is said."""
    with pytest.raises(RefusedError, match="was already sent"):
        cancel(due, 1, end_with(ACCEPTED))
    assert due.store.get(1).state is State.SENT


def test_a_cancel_waits_for_nothing_that_is_decided(due: Workspace) -> None:
    """What is cancelled is not cancelled again, and nobody waits half a minute to hear it."""
    cancel(due, 1)
    with pytest.raises(RefusedError, match="was cancelled"):
        cancel(due, 1, lambda _: pytest.fail("it waited"))
