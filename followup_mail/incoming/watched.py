"""What is looked for in a mailbox: the people, domains and threads of applications. Values only, made from the facts.

Nothing else in a mailbox is read beyond its headers.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class WatchedPerson(Struct, frozen=True):
    """Somebody whose mail counts."""

    name: str
    """In full, as the facts have it."""
    email: str
    """In lower case; empty when no address is known."""
    handle: str = ""
    """What steps call this person (``Person.key``)."""


class WatchedThread(Struct, frozen=True):
    """A mail that was sent for an application, or one of theirs that the facts know."""

    message_id: str
    """With its brackets."""
    subject: str
    to: str = ""
    """The recipient's address in lower case; empty for a mail of theirs."""
    entry: int = 0
    """The number of the outbox's entry; 0 for one that it does not have."""


class WatchedApplication(Struct, frozen=True):
    """One application, as far as mail is recognised by it."""

    slug: str
    company: str
    role: str
    since: date
    """Mail from before this day is not looked for."""
    people: tuple[WatchedPerson, ...] = ()
    domains: frozenset[str] = frozenset()
    """Of these people, in lower case; none at which everybody can have an address."""
    threads: tuple[WatchedThread, ...] = ()
    is_open: bool = True
    """False once it has ended: its threads still tell what a report or an answer is about."""


class Watched(Struct, frozen=True):
    """All that is looked for."""

    applications: tuple[WatchedApplication, ...]
    own: frozenset[str] = frozenset()
    """The user's own addresses, in lower case."""

    @property
    def since(self) -> date | None:
        """The first day that is looked at; None when there is nothing to look for."""
        return min((one.since for one in self.applications), default=None)
