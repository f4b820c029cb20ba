"""What is foreseen is what happens: when mails leave, by the checks of the claim, with workers at hand every moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from memory_store import MemoryStore, Tables
from outbox_samples import ACCEPTED, NOW, WORKER, make_new

from followup_mail.cadence.turns import planned_gap
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.departures import foresee
from followup_mail.outbox.entry import State
from followup_mail.outbox.pre_send_check import SendingLimits, check_in_turn, check_limits, check_panel_gap
from followup_mail.outbox.retry import decide
from followup_mail.outbox.store import Store

LIMITS = SendingLimits(per_minute=2, per_day=5, domain_gap=timedelta(seconds=20))
CHECK = check_in_turn([check_panel_gap, check_limits(LIMITS)])
PANELS = st.lists(st.tuples(st.integers(-40, 40), st.sampled_from(["lumen", "acme"])), min_size=1, max_size=7)
"""Minutes from now, and the panel."""


def fill(planned: Sequence[tuple[int, str]]) -> Store:
    """Return a store with a mail to another person for each."""
    store = MemoryStore(Tables())
    new = [make_new(n, panel, due_after=timedelta(minutes=at)) for n, (at, panel) in enumerate(planned, start=1)]
    store.add(new, NOW - timedelta(hours=1))
    return store


def run_out(store: Store) -> dict[int, datetime]:
    """Send as soon as anything can go, until nothing is left; return when each mail left."""
    left, now = {}, NOW
    for _ in range(200):
        next_at = store.next_due_at(now)
        if next_at is None:
            break
        now = max(now, next_at)
        claim = store.claim(WORKER, CHECK, now)
        if isinstance(claim, Claim):
            store.record_intent(claim, now)
            store.settle(claim, decide(claim.entry, ACCEPTED, now, 0.5), now)
            left[claim.entry.id] = now
    return left


@given(PANELS)
def test_what_is_foreseen_happens(planned: list[tuple[int, str]]) -> None:
    """Late and early mails, two panels, limits of the minute and the day, and a gap for the domain."""
    store = fill(planned)
    foreseen = foresee(store.entries(states={State.QUEUED}), store, CHECK, NOW).leaves
    assert dict(foreseen) == run_out(store)


@given(PANELS)
def test_a_panel_keeps_its_minutes(planned: list[tuple[int, str]]) -> None:
    """No two mails to one panel leave closer together than planned, four minutes at most, less the half minute that a
    mail may be late."""
    store = fill(planned)
    left = run_out(store)
    assert len(left) == len(planned)
    for panel in ("lumen", "acme"):
        mails = sorted(store.entries(application=panel), key=lambda entry: left[entry.id])
        for first, second in pairwise(mails):
            gap = planned_gap(first.timing.due_at, second.timing.due_at)
            assert left[second.id] - left[first.id] >= gap - timedelta(seconds=30)
