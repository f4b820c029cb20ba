"""What the processes do that keep seen mail, and get killed or race at it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from crash_child import Fault, Place, arm, open_store
from outbox_samples import ACCEPTED, NOW, attempt, make_new
from seen_samples import make_absence, make_mark, make_report, make_seen, make_understood

from followup_mail.incoming.understood import Understanding
from followup_mail.outbox.seen_mail import SeenState
from followup_mail.outbox.store import Store

LOOK = (make_seen(1), make_report(1), make_absence(date(2026, 12, 1), applications=("acme",)))
"""An answer that holds, a report that fails, and an absence."""


def fill(place: Place) -> None:
    """Make an outbox with a mail that was sent, two that wait, and a mail that was seen before."""
    store = open_store(place)
    store.add([make_new(1)], NOW)
    attempt(store, ACCEPTED)
    store.add([make_new(2), make_new(3)], NOW)
    store.keep_seen([make_seen(50, applications=("acme", "lumen"), sender="x@y.example")], make_mark(5), NOW)
    store.resume("lumen", NOW)
    store.close()


def keep(store: Store) -> None:
    store.keep_seen(LOOK, make_mark(9), NOW)


JOBS: dict[str, Callable[[Store], object]] = {
    "keep": keep,
    "correct": lambda store: store.correct_seen(1, make_understood(Understanding.NOTHING), NOW),
    "settle": lambda store: store.settle_seen(1, SeenState.ACCEPTED, NOW),
    "forget": lambda store: store.forget_seen([1]),
    "look": lambda store: store.note_look("jordan@home.example", NOW, "no network"),
}


def do_seen(place: Place, job: str, fault: Fault) -> None:
    """Do one of these, and die on the way."""
    arm(fault)
    store = open_store(place)
    JOBS[job](store)
    store.close()


def keep_at_once(place: Place, ready: Any) -> None:
    """Keep the same look as others do at the same moment."""
    store = open_store(place)
    ready.wait()
    keep(store)
    store.close()
