"""What a new export says about an earlier one: numbers that rise, and what is called off."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from calendar_samples import MONDAY, event
from changing import replace
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.calendar.event import OFF, Event, EventStatus
from followup_mail.calendar.revisions import Export, Ledger, RevisedEvent, forget_application, revise

NOW = MONDAY - timedelta(days=3)
LATER = NOW + timedelta(days=1)


def export(
    ledger: Ledger, *events: Event, now: datetime = NOW, only: str = ""
) -> tuple[dict[str, RevisedEvent], Ledger]:
    """What an export says, by UID, and the ledger after it."""
    revised, kept = revise(Export(events, now, only), ledger)
    return {one.event.uid: one for one in revised}, kept


def one_of(found: dict[str, RevisedEvent]) -> RevisedEvent:
    (one,) = found.values()
    return one


def test_the_first_export_counts_from_nothing() -> None:
    """A new event has SEQUENCE 0, made and changed now."""
    found, _ = export(Ledger(), event())
    assert one_of(found) == RevisedEvent(event(), 0, NOW, NOW)


def test_nothing_new_is_said_when_nothing_changed() -> None:
    """A second export repeats number and time of change, and keeps the ledger as it is."""
    first, ledger = export(Ledger(), event())
    second, kept = export(ledger, event(), now=LATER)
    assert (second, kept) == (first, ledger)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Call Dana"},
        {"start_at": MONDAY + timedelta(hours=1)},
        {"end_at": MONDAY + timedelta(hours=1)},
        {"status": EventStatus.CONFIRMED},
        {"description": "Why then: two weeks after."},
        {"alarm_before": timedelta(0)},
        {"alarm_before": None},
        {"busy": False},
        {"categories": ("Job search",)},
    ],
)
def test_each_change_raises_the_number_once(change: dict[str, object]) -> None:
    """Whatever shows and changes is worth the next number, and the same again is not."""
    _, ledger = export(Ledger(), event())
    changed, ledger = export(ledger, event(**change), now=LATER)
    again, _ = export(ledger, event(**change), now=LATER + timedelta(days=1))
    assert (one_of(changed).sequence, one_of(changed).created_at, one_of(changed).modified_at) == (1, NOW, LATER)
    assert again == changed


def test_going_back_to_what_was_is_a_change_too() -> None:
    """There and back again is two changes: a calendar has seen the one between."""
    _, ledger = export(Ledger(), event())
    _, ledger = export(ledger, event(title="Other"))
    back, _ = export(ledger, event())
    assert one_of(back).sequence == 2


def test_what_has_gone_from_the_plan_is_called_off_once() -> None:
    """It keeps its time and title, is cancelled with the next number, and stays so."""
    _, ledger = export(Ledger(), event())
    gone, ledger = export(ledger, now=LATER)
    again, _ = export(ledger, now=LATER + timedelta(days=1))
    assert (one_of(gone).event.status, one_of(gone).sequence) == (EventStatus.CALLED_OFF, 1)
    assert (one_of(gone).event.title, one_of(gone).event.start_at) == (event().title, event().start_at)
    assert one_of(gone).event.alarm_before is None
    assert again == gone


def test_what_comes_back_is_news() -> None:
    """A step that returns to the plan takes the next number under its old UID."""
    _, ledger = export(Ledger(), event())
    _, ledger = export(ledger)
    back, _ = export(ledger, event())
    assert (one_of(back).event.status, one_of(back).sequence) == (EventStatus.TENTATIVE, 2)


@pytest.mark.parametrize("status", sorted(OFF))
def test_what_nobody_was_told_of_is_not_called_off(status: EventStatus) -> None:
    """A step that will not happen and was never exported stays out of file and ledger; a known one is cancelled."""
    off = event(status=status)
    assert export(Ledger(), off) == ({}, Ledger())
    _, ledger = export(Ledger(), event())
    assert one_of(export(ledger, off)[0]) == RevisedEvent(off, 1, NOW, NOW)


def test_one_application_does_not_call_off_the_others() -> None:
    """An export of one application says nothing about the events of another, and forgets nothing of them."""
    other = event(uid="other@x.invalid", application="bravo")
    _, ledger = export(Ledger(), event(), other)
    found, kept = export(ledger, only="acme", now=LATER)
    assert [one.event.application for one in found.values()] == ["acme"]
    assert kept.records[other.uid] == ledger.records[other.uid]
    assert one_of(export(kept, other, only="bravo")[0]).sequence == 0


def test_an_application_that_is_gone_is_called_off_by_an_export_of_all() -> None:
    """What is left of a deleted application in calendars goes with the next full export."""
    _, ledger = export(Ledger(), event(application="acme"))
    found, _ = export(ledger, now=LATER)
    assert one_of(found).event.status is EventStatus.CALLED_OFF


def test_forgetting_leaves_nothing_that_tells() -> None:
    """After forgetting, the ledger names neither application nor people, and still calls the events off."""
    other = event(uid="other@x.invalid", application="bravo", title="Mail to Sam")
    _, ledger = export(Ledger(), event(), other)
    forgotten = forget_application(ledger, "acme")
    assert "Dana" not in repr(forgotten)
    assert "acme" not in repr(forgotten).lower()
    assert forgotten.records[other.uid] == ledger.records[other.uid]
    found, _ = export(forgotten, other)
    assert found[event().uid].event.status is EventStatus.CALLED_OFF
    assert found[event().uid].sequence == 1
    assert event().uid not in export(forgotten, other, only="bravo")[0]


def test_old_news_is_not_repeated_and_not_forgotten() -> None:
    """Three months after its date a cancelled event leaves the file, and would still come back with a higher number."""
    _, ledger = export(Ledger(), event())
    _, ledger = export(ledger)
    found, kept = export(ledger, now=MONDAY + timedelta(days=91))
    assert found == {}
    assert kept == ledger
    assert one_of(export(kept, event())[0]).sequence == 2


def test_a_clock_set_back_does_not_undo_a_change() -> None:
    """LAST-MODIFIED never goes back."""
    _, ledger = export(Ledger(), event())
    found, _ = export(ledger, event(title="Other"), now=NOW - timedelta(days=400))
    assert one_of(found).modified_at == NOW


def test_events_come_in_order_of_time() -> None:
    """The file reads like a calendar, whatever the order of the plan."""
    late, early = event(uid="late", start_at=MONDAY + timedelta(days=1), end_at=MONDAY + timedelta(days=2)), event()
    assert [one.event.uid for one in revise(Export((late, early), NOW), Ledger())[0]] == [early.uid, "late"]


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.sampled_from(list(EventStatus)), max_size=3), max_size=8))
def test_numbers_only_rise_and_only_with_a_change(plans: list[dict[str, EventStatus]]) -> None:
    """Over any series of exports, an event with the same number looks the same, and no number is used twice."""
    ledger, seen = Ledger(), dict[str, RevisedEvent]()
    for days, states in enumerate(plans):
        events = [event(uid=uid, status=state) for uid, state in states.items()]
        found, ledger = export(ledger, *events, now=NOW + timedelta(hours=days))
        assert seen.keys() <= found.keys()
        for uid, one in found.items():
            before = seen.get(uid, replace(one, sequence=-1))
            assert one.sequence == before.sequence + (uid not in seen or one.event != before.event)
        assert {uid for uid, one in found.items() if one.event.status not in OFF} == {
            uid for uid, state in states.items() if state not in OFF
        }
        seen = found
