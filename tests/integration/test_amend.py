"""Other words for a queued mail: it stays the mail that later ones go on from, while nobody can have seen it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from outbox_samples import ACCEPTED, GREYLISTED, NO_SUCH_USER, WORKER, go

from followup_mail.cadence.step import Kind
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.look import Surroundings, Verb
from followup_mail.outbox.retry import decide
from followup_mail.outbox.store import Claim
from followup_mail.road.amend import reword_entry
from followup_mail.road.demo import NEXT_MORNING, SLUG, Clock, make_demo_house
from followup_mail.road.enqueue import enqueue
from followup_mail.road.fresh_look import look_at_thread
from followup_mail.road.request import Request
from followup_mail.wiring import House


@pytest.fixture
def house(tmp_path: Path, clock: Clock) -> House:
    """A house with a thank-you to Priya in the queue, and a second note that goes on from it."""
    house = make_demo_house(tmp_path, clock)
    enqueue(house, Request(SLUG, Kind.THANK_YOU, to=("priya",)))
    enqueue(house, Request(SLUG, Kind.ADDITIONAL_DETAIL, to=("priya",)))
    clock.shows = NEXT_MORNING
    return house


def _reword(house: House) -> Entry:
    """Add a sentence to the thank-you."""
    entry = house.store.get(1)
    return reword_entry(house, entry, entry.mail.subject, f"{entry.mail.text}\nP.S. The diagram helped me.\n", ["FM"])


def _attempt(house: House) -> None:
    """Try to send the thank-you; the server puts it off after the intent was recorded."""
    claim = house.store.claim(WORKER, go, house.now(), only=[1])
    assert isinstance(claim, Claim)
    house.store.record_intent(claim, house.now())
    house.store.settle(claim, decide(claim.entry, GREYLISTED, house.now(), 0.5), house.now())


def _look(house: House) -> Verb:
    history = house.history(SLUG)
    around = Surroundings(lambda: history, lambda _: (), lambda: None)
    return look_at_thread(house.store.get(2), around, house.now()).verb


def test_an_edited_mail_keeps_its_message_id(house: House) -> None:
    """Entry and bytes keep the id, so a queued second note still waits for the mail that it goes on from."""
    before = house.store.get(1)
    edited = _reword(house)
    assert "diagram" in edited.mail.text
    assert edited.mail.message_id == before.mail.message_id == house.store.get(2).mail.references[-1]
    ids = re.findall(rb"^Message-ID:\s*(\S+)\r\n", house.store.content(1), re.MULTILINE)
    assert ids == [before.mail.message_id.encode()]
    assert _look(house) is Verb.POSTPONE


def test_an_edited_mail_that_was_tried_gets_a_new_id(house: House) -> None:
    """Once an intent was recorded, somebody may know the old words by that id: each edit after a try has a new one."""
    ids = [house.store.get(1).mail.message_id]
    for _ in range(3):
        _attempt(house)
        house.store.reschedule(1, house.store.get(1).timing, house.now())
        ids.append(_reword(house).mail.message_id)
    assert len(set(ids)) == len(ids)
    assert all(one.endswith("@example.com>") for one in ids)
    assert house.store.get(1).state is State.QUEUED
    assert _look(house) is Verb.BLOCK


def test_a_second_note_follows_a_mail_that_has_left(house: House) -> None:
    """While the mail that it goes on from is leaving, it waits; once that is sent, nothing holds it back."""
    claim = house.store.claim(WORKER, go, house.now(), only=[1])
    assert isinstance(claim, Claim)
    house.store.record_intent(claim, house.now())
    assert _look(house) is Verb.POSTPONE
    house.store.settle(claim, decide(claim.entry, ACCEPTED, house.now(), 0.5), house.now())
    assert _look(house) is Verb.GO


def test_a_second_note_does_not_follow_a_mail_that_failed(house: House) -> None:
    """A mail that failed, or was cancelled, was never seen: a note that goes on from it would puzzle its reader."""
    claim = house.store.claim(WORKER, go, house.now(), only=[1])
    assert isinstance(claim, Claim)
    house.store.settle(claim, decide(claim.entry, NO_SUCH_USER, house.now(), 0.5), house.now())
    assert _look(house) is Verb.BLOCK
    house.store.cancel(1, house.now())
    assert _look(house) is Verb.BLOCK
