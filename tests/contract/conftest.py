"""Every store that there is, to be held to one contract. A new store joins by a line in ``STORES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from memory_store import MemoryStore, Tables
from office_samples import open_store

from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.outbox.store import Store


@cache
def _tables_of(_: Path) -> Tables:
    """Return the tables of the store in memory that belongs to a folder."""
    return Tables()


def _in_office(request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Return what opens the store of a new candidate of the office."""
    url, name = request.getfixturevalue("office_url"), request.getfixturevalue("office_candidate")
    return partial(open_store, url, name)


STORES: dict[str, Callable[[pytest.FixtureRequest], Callable[[], Store]]] = {
    "sqlite": lambda request: partial(SqliteStore, request.getfixturevalue("path")),
    "memory": lambda request: partial(MemoryStore, _tables_of(request.getfixturevalue("tmp_path"))),
    "postgres": _in_office,
}


@pytest.fixture(params=sorted(STORES))
def opener(request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Opens the same store again, as another process would."""
    return STORES[request.param](request)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a store that is one."""
    return tmp_path / "home" / "outbox.sqlite3"


@pytest.fixture
def store(opener: Callable[[], Store]) -> Iterator[Store]:
    """An empty store."""
    opened = opener()
    yield opened
    opened.close()


@pytest.fixture
def second(opener: Callable[[], Store], store: Store) -> Iterator[Store]:
    """The same store, opened a second time."""
    opened = opener()
    yield opened
    opened.close()
