"""Every store that there is, to be held to one contract. A new store joins by a line in ``STORES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from memory_store import MemoryStore, Tables

from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.outbox.store import Store


@cache
def _tables_of(_: Path) -> Tables:
    """Return the tables of the store in memory that belongs to a folder."""
    return Tables()


STORES: dict[str, Callable[[Path], Store]] = {
    "sqlite": lambda folder: SqliteStore(folder / "home" / "outbox.sqlite3"),
    "memory": lambda folder: MemoryStore(_tables_of(folder)),
}


@pytest.fixture(params=sorted(STORES))
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Opens the same store again, as another process would."""
    return lambda: STORES[request.param](tmp_path)


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
