"""The marks of histories: whatever changes about an application changes its mark, and no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from changing import replace
from outbox_samples import NOW, make_new, make_step

from followup_mail.cadence.step import Touch
from followup_mail.facts.channels import Channel
from followup_mail.outbox.store import Store

LATER = NOW + timedelta(hours=1)
CALL = Touch(make_step(5), Channel.PHONE, NOW, text="called")


def _fill(store: Store) -> None:
    store.add([make_new(1), make_new(2)], NOW)
    store.add([make_new(1, "acme")], NOW)
    store.log_touch(CALL)


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.add([make_new(3)], NOW),
        lambda store: store.cancel(1, NOW),
        lambda store: store.hold("lumen", NOW, "paused"),
        lambda store: store.log_touch(replace(CALL, at=LATER)),
        lambda store: store.log_touch(CALL),
        lambda store: store.forget("lumen"),
    ],
)
def test_a_change_shows_in_the_mark_of_its_application(store: Store, change: Callable[[Store], object]) -> None:
    """Entries and touches that come, change and go change the mark of their application, and that of no other."""
    _fill(store)
    before = store.history_marks()
    change(store)
    after = store.history_marks()
    assert before.keys() == {"lumen", "acme"}
    assert after.get("lumen") != before["lumen"]
    assert after["acme"] == before["acme"]


def test_what_is_the_same_has_the_same_mark(store: Store, second: Store) -> None:
    """The mark is the same as long as nothing changes, for another process too; an empty outbox has none."""
    assert store.history_marks() == {}
    _fill(store)
    assert store.history_marks() == store.history_marks() == second.history_marks()
