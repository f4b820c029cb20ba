"""Claim and intent in one transaction, for a mail that was offered to the server; and settling without a wait."""

from __future__ import annotations

from datetime import timedelta

import pytest
from outbox_samples import ACCEPTED, NOW, OTHER, WORKER, claim_one, go, make_mail, make_new, make_timing

from followup_mail.outbox.claim import AccountPaused, Claim, LeaseLostError, Withheld
from followup_mail.outbox.entry import Entry, Rewording, State
from followup_mail.outbox.pre_send_check import Action, Ruling, SendingLimits, check_limits
from followup_mail.outbox.retry import Pause, decide
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Cause


@pytest.fixture
def offered(store: Store) -> Entry:
    """The first of two due entries, as a worker looks it up before it offers it."""
    store.add([make_new(1), make_new(2)], NOW)
    due = store.first_due(NOW, None)
    assert due is not None
    return due


def test_claim_and_intent_are_one(store: Store, second: Store, offered: Entry) -> None:
    """Another process sees both or neither, and the history has both lines."""
    claim = store.claim_to_leave(WORKER, go, NOW, offered)
    assert isinstance(claim, Claim)
    assert (claim.entry.state, claim.entry.intent_at, claim.entry.claims) == (State.SENDING, NOW, 1)
    assert claim.entry.message.content == store.content(1)
    found = second.get(1)
    assert (found.state, found.intent_at, found.claimed_by) == (State.SENDING, NOW, WORKER.name)
    assert [move.cause for move in second.transitions(1)] == [Cause.ADDED, Cause.CLAIMED, Cause.INTENDED]
    assert second.recover(NOW, lambda _: True)[0].state is State.UNCLEAR


def test_the_intent_is_recorded_once(store: Store, offered: Entry) -> None:
    """What leaves already cannot leave by the other road as well."""
    claim = store.claim_to_leave(WORKER, go, NOW, offered)
    assert isinstance(claim, Claim)
    with pytest.raises(LeaseLostError):
        store.record_intent(claim, NOW)
    assert store.claim_to_leave(OTHER, go, NOW, offered) is None


@pytest.mark.parametrize("act", ["cancel", "hold", "reschedule", "edit", "pause", "overtake"])
def test_what_happened_since_the_offer_is_seen(store: Store, second: Store, offered: Entry, act: str) -> None:
    """Stopped, moved, changed or taken by another meanwhile: not claimed, and nothing is written."""
    match act:
        case "cancel":
            second.cancel(1, NOW)
        case "hold":
            second.hold_entry(1, NOW, "wait")
        case "reschedule":
            second.reschedule(1, make_timing(timedelta(days=1)), NOW)
        case "edit":
            second.edit(1, Rewording(make_mail(1, content=b"other words"), offered.content_sha256), NOW)
        case "pause":
            second.pause(Pause(offered.account, "the limit", NOW + timedelta(hours=1)), NOW)
        case "overtake":
            claim_one(second, OTHER)
    before, history = store.get(1), store.transitions(1)
    assert store.claim_to_leave(WORKER, go, NOW, offered) is None
    assert (store.get(1), store.transitions(1)) == (before, history)


def test_the_check_is_part_of_it(store: Store, offered: Entry) -> None:
    """A check that says no withholds the mail or pauses the account, as in a claim; no intent is recorded."""
    missed = store.claim_to_leave(WORKER, lambda *_: Ruling(Action.MISS, "too late"), NOW, offered)
    assert isinstance(missed, Withheld)
    assert (missed.entry.state, missed.entry.intent_at) == (State.MISSED, None)
    other = store.first_due(NOW, None)
    assert other is not None
    full = check_limits(SendingLimits(per_minute=0))
    assert isinstance(store.claim_to_leave(WORKER, full, NOW, other), AccountPaused)
    assert store.get(2).state is State.QUEUED


def test_what_is_settled_soon_is_there_at_once(store: Store, second: Store, offered: Entry) -> None:
    """Every process sees it, and the next transaction waits for the disk again."""
    claim = store.claim_to_leave(WORKER, go, NOW, offered)
    assert isinstance(claim, Claim)
    assert store.settle(claim, decide(claim.entry, ACCEPTED, NOW, 0.5), NOW, True).state is State.SENT
    assert second.get(1).state is State.SENT
    store.sync()
    assert store.first_due(NOW, None) == store.get(2)
