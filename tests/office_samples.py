"""Candidates of an office and their stores, for tests."""

from __future__ import annotations

import itertools

from msgspec import Struct

from followup_mail.office.asker import Asker
from followup_mail.office.candidates import add_candidate, find_candidate
from followup_mail.office.database import OfficeDatabase, OwnLink
from followup_mail.office.postgres_store import PostgresStore

ACTOR = "the tests"
_numbers = itertools.count(1)


class OwnStore(PostgresStore):
    """The store of a candidate with a connection of its own, as another process has it."""

    def __init__(self, url: str, name: str) -> None:
        self._own = OwnLink(url)
        database = OfficeDatabase(self._own)
        super().__init__(database, find_candidate(database, name, ACTOR))

    def close(self) -> None:
        self._own.close()


class OfficePlace(Struct, frozen=True):
    """Where a candidate's store lies: what the path of a file is for a store in a file. Goes to other processes."""

    url: str
    name: str

    def open(self) -> OwnStore:
        return OwnStore(self.url, self.name)


def open_store(url: str, name: str) -> OwnStore:
    """Open the store of a candidate."""
    return OwnStore(url, name)


def new_candidate(url: str) -> str:
    """Add a candidate to an office; return the name."""
    return add_asker(url).name


def add_asker(url: str) -> Asker:
    """Add a candidate to an office; return who asks for them."""
    link = OwnLink(url)
    try:
        return add_candidate(OfficeDatabase(link), f"candidate-{next(_numbers)}", ACTOR)
    finally:
        link.close()
