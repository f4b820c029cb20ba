"""The program speaks as a native-speaking engineer of today writes: no phrase of the list, and names for things."""

from __future__ import annotations

import pytest
from plain_english import MESSAGE, PACKAGE, Text, find_loops_over_one, find_slips, rooms, texts_of

NOT_YET: set[str] = {
    "__init__",
    "__main__",
    "background",
    "cadence",
    "calendar",
    "checks",
    "cli",
    "delivery",
    "drafts",
    "errors",
    "facts",
    "incoming",
    "mailbox",
    "message",
    "outbox",
    "pages",
    "services",
    "settings",
    "start",
    "templates",
    "working_folder",
    "workspace",
}
"""Rooms that nobody has gone through yet. Take a room out when it is done; none should stay."""


@pytest.fixture(params=rooms())
def room(request: pytest.FixtureRequest) -> str:
    """Each room that somebody has gone through."""
    name = str(request.param)
    if name in NOT_YET:
        pytest.skip(f"{name} is not done yet")
    return name


def test_no_phrase_of_the_list(room: str) -> None:
    """No message, docstring, comment or page has a phrase from ``plain_english.toml``."""
    assert [str(slip) for slip in find_slips("phrases", texts_of(room))] == []


def test_things_have_names(room: str) -> None:
    """No text says "one" or "ones" for a thing that has a name."""
    assert [str(slip) for slip in find_slips("nameless", texts_of(room))] == []


def test_items_have_names(room: str) -> None:
    """No loop, comprehension or lambda calls its item ``one``."""
    assert find_loops_over_one(room) == []


def test_rooms_that_are_not_done_exist() -> None:
    """The set of rooms that are not done names rooms."""
    assert NOT_YET - set(rooms()) == set()


@pytest.mark.parametrize("text", ["Mend the file.", "For who wants it.", "The one that is damaged."])
def test_the_list_finds_what_it_is_for(text: str) -> None:
    """The list finds the phrases that it was made for."""
    texts = [Text(PACKAGE, 1, MESSAGE, text)]
    assert find_slips("phrases", texts) or find_slips("nameless", texts)
