"""By which account an entry leaves: by its own, or not at all; and what lies in the folder was never sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from changing import replace
from outbox_samples import ACCEPTED, FILED, NOW, attempt, bring_into, claim_one, go, make_new

from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import FOLDER, State
from followup_mail.outbox.lease import Worker
from followup_mail.outbox.store import Store
from followup_mail.outbox.transitions import Cause

JORDAN = "jordan@home.example"
BY_JORDAN, BY_ANNA = Worker("here:1:aa", account=JORDAN), Worker("here:2:bb", account="anna@home.example")
BY_FOLDER = Worker("here:3:cc", account=FOLDER)
LATER = NOW + timedelta(hours=1)


def test_a_worker_takes_only_what_leaves_by_its_account(store: Store) -> None:
    """Neither another account nor the folder gets a mail that was written for one account."""
    store.add([make_new(1)], NOW)
    for worker in (BY_ANNA, BY_FOLDER):
        assert store.claim(worker, go, NOW) is None
        assert store.next_due_at(NOW, worker.account) is None
    assert store.next_due_at(NOW, JORDAN) == NOW
    assert claim_one(store, BY_JORDAN).entry.account == JORDAN


def test_what_was_meant_for_the_folder_never_leaves_by_itself(store: Store) -> None:
    """A mail written while no account was set is not sent by one that is set later, unasked."""
    store.add([replace(make_new(1), account=FOLDER)], NOW)
    assert store.claim(BY_JORDAN, go, NOW) is None
    assert claim_one(store, BY_FOLDER).entry.account == FOLDER


def test_in_folder_is_not_sent(store: Store) -> None:
    """What the folder took is no touch, counts towards no limit, and keeps its step from being written twice."""
    entry = bring_into(store, State.IN_FOLDER)
    assert (entry.sent_at, entry.filed_at, entry.intent_at) == (None, NOW, None)
    history = store.history("lumen")
    assert history.touches == ()
    assert [one.state for one in history.waiting] == ["in folder"]
    with pytest.raises(RefusedError, match="in folder"):
        store.add([make_new(1)], NOW)


def _filed(store: Store) -> None:
    store.add([replace(make_new(1), account=FOLDER)], NOW)
    attempt(store, FILED)


def test_once_an_account_is_set_it_can_be_sent(store: Store) -> None:
    """``retry`` queues what lies in the folder for the account that is set, and it leaves once."""
    _filed(store)
    entry = store.retry(1, LATER, JORDAN)
    assert (entry.state, entry.account, entry.filed_at) == (State.QUEUED, JORDAN, None)
    assert attempt(store, ACCEPTED, LATER, BY_JORDAN).state is State.SENT
    assert len(store.history("lumen").touches) == 1
    assert store.claim(BY_JORDAN, go, LATER) is None


def test_without_an_account_it_stays_in_the_folder(store: Store) -> None:
    """There is no point in putting it into the folder again."""
    _filed(store)
    with pytest.raises(RefusedError, match="no account is set"):
        store.retry(1, LATER, FOLDER)
    assert store.get(1).state is State.IN_FOLDER


def test_somebody_elses_account_does_not_send_it(store: Store) -> None:
    """It was written from one address; another one may not send it."""
    _filed(store)
    with pytest.raises(RefusedError, match=r"written from jordan@home\.example"):
        store.retry(1, LATER, "anna@home.example")
    assert store.get(1).state is State.IN_FOLDER


def test_one_that_still_waits_can_be_given_the_account(store: Store) -> None:
    """Queued before an account was set: the user's word lets it leave by that account, at its own time."""
    new = make_new(1, due_after=timedelta(days=1))
    store.add([replace(new, account=FOLDER)], NOW)
    entry = store.retry(1, NOW, JORDAN)
    assert (entry.state, entry.account, entry.ready_at) == (State.QUEUED, JORDAN, NOW + timedelta(days=1))
    assert store.transitions(1)[-1].cause is Cause.REROUTED


def test_what_failed_for_one_account_stays_with_it(store: Store) -> None:
    """A retry never moves a mail from its account into the folder, nor to another account."""
    bring_into(store, State.FAILED)
    assert store.retry(1, LATER, FOLDER).account == JORDAN


def test_sent_by_hand_from_the_folder(store: Store) -> None:
    """Who opened the file and sent it says so, and it counts."""
    _filed(store)
    entry = store.resolve(1, was_sent=True, now=LATER)
    assert (entry.state, entry.sent_at, entry.filed_at) == (State.SENT, LATER, None)


def test_cancelled_while_it_went_into_the_folder(store: Store) -> None:
    """A cancel that comes during the attempt ends it as cancelled: nothing left, so nothing stands against it."""
    store.add([replace(make_new(1), account=FOLDER)], NOW)
    claim = claim_one(store, BY_FOLDER)
    store.record_intent(claim, NOW)
    with pytest.raises(RefusedError):
        store.cancel(1, NOW)
    from followup_mail.outbox.retry import decide

    assert store.settle(claim, decide(claim.entry, FILED, NOW, 0.5), NOW).state is State.CANCELLED
