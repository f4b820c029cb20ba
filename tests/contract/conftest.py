"""Every store that there is, to be held to one contract. A new one joins by a line in ``STORES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.outbox.store import Store

STORES: dict[str, Callable[[Path], Store]] = {
    "sqlite": lambda folder: SqliteStore(folder / "home" / "outbox.sqlite3"),
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
