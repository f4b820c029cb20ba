"""An entry that is open in an editor: who holds it, and who may take it over."""

from __future__ import annotations

import os
import platform
from datetime import timedelta

import pytest
from outbox_samples import NOW, WORKER, claim_one, go, make_new

from followup_mail.errors import RefusedError
from followup_mail.outbox.editors import LONGEST_EDIT, Editing, find_editing
from followup_mail.outbox.entry import OPEN_IN_EDITOR
from followup_mail.outbox.store import Store

LATER = NOW + timedelta(hours=1)
ELSEWHERE = "another-machine:4711:aaaa"
# A process of this machine that had our number before us.
GONE = f"{platform.node() or 'localhost'}:{os.getpid()}:bbbb"
NEXT = "another-machine:4712:cccc"


def _edit(store: Store, by: str) -> None:
    store.hold_entry(1, NOW, OPEN_IN_EDITOR, by)


def _holder(store: Store) -> str:
    editing = find_editing(store.transitions(1))
    return editing.by if editing and store.get(1).held else ""


@pytest.fixture
def store_of_one(store: Store) -> Store:
    store.add([make_new(1)], NOW)
    return store


def test_a_hold_knows_who_holds_it(store_of_one: Store) -> None:
    """The history names the process; the entry waits, and goes on when that process lets it."""
    _edit(store_of_one, ELSEWHERE)
    assert (store_of_one.get(1).held, _holder(store_of_one)) == (OPEN_IN_EDITOR, ELSEWHERE)
    assert store_of_one.claim(WORKER, go, LATER) is None
    store_of_one.resume_entry(1, NOW, NEXT)
    assert _holder(store_of_one) == ELSEWHERE
    store_of_one.resume_entry(1, NOW, ELSEWHERE)
    assert claim_one(store_of_one).entry.held == ""


def test_a_living_editor_is_not_taken_over(store_of_one: Store) -> None:
    """A second editor is refused while nothing says that the first is gone, and told which process it is."""
    _edit(store_of_one, ELSEWHERE)
    with pytest.raises(RefusedError, match=r"#1 is open in another editor \(process 4711\)"):
        _edit(store_of_one, NEXT)
    assert store_of_one.resume("lumen", LATER) == ()
    assert _holder(store_of_one) == ELSEWHERE


def test_an_editor_that_is_gone_is_taken_over(store_of_one: Store) -> None:
    """A hold whose process is gone is the next editor's; what the gone one would have let go on stays held."""
    _edit(store_of_one, GONE)
    _edit(store_of_one, NEXT)
    store_of_one.resume_entry(1, NOW, GONE)
    assert _holder(store_of_one) == NEXT


@pytest.mark.parametrize("by", [ELSEWHERE, ""])
def test_an_old_hold_is_taken_over(store_of_one: Store, by: str) -> None:
    """After half a day an editor counts as gone, also on another machine, and when nothing is known of it."""
    _edit(store_of_one, by)
    with pytest.raises(RefusedError, match="#1 is open in another editor"):
        store_of_one.hold_entry(1, LATER, OPEN_IN_EDITOR, NEXT)
    store_of_one.hold_entry(1, NOW + LONGEST_EDIT, OPEN_IN_EDITOR, NEXT)
    assert _holder(store_of_one) == NEXT


def test_resume_lifts_the_hold_of_an_editor_that_is_gone(store_of_one: Store) -> None:
    """The user's word to go on is enough."""
    _edit(store_of_one, GONE)
    assert [one.id for one in store_of_one.resume("lumen", NOW)] == [1]


def test_an_editor_does_not_touch_another_hold(store_of_one: Store) -> None:
    """What is held by a reply is held while it is edited and afterwards, whichever came first."""
    store_of_one.hold("lumen", NOW, "they replied")
    _edit(store_of_one, ELSEWHERE)
    store_of_one.resume_entry(1, NOW, ELSEWHERE)
    assert store_of_one.get(1).held == "they replied"
    store_of_one.resume("lumen", NOW)
    _edit(store_of_one, ELSEWHERE)
    assert [one.id for one in store_of_one.hold("lumen", NOW, "they replied")] == [1]
    store_of_one.resume_entry(1, NOW, ELSEWHERE)
    assert store_of_one.get(1).held == "they replied"


def test_a_cancelled_entry_is_left_alone(store_of_one: Store) -> None:
    """Cancelled while it is open, it is neither held nor brought back when the editor is closed."""
    _edit(store_of_one, ELSEWHERE)
    store_of_one.cancel(1, NOW)
    before = store_of_one.transitions(1)
    assert store_of_one.resume_entry(1, NOW, ELSEWHERE).held == ""
    assert store_of_one.transitions(1) == before


@pytest.mark.parametrize("by", ["", "x", ":::", "a:b:c", f"{platform.node() or 'localhost'}:{'9' * 30}:x"])
def test_a_name_that_says_nothing_is_not_called_gone(by: str) -> None:
    """When in doubt the editor is there."""
    assert not Editing(by, NOW).is_left(NOW)
