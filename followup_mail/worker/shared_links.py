"""Connections to the office's database for the threads of a worker: as many as work at once, and no more."""

from __future__ import annotations

import threading

from followup_mail.office.database import Link, connect
from followup_mail.office.witness import Witness


class SharedLinks:
    """Gives out a connection that nobody uses, or makes one. Who takes one gives it back, so there are few."""

    def __init__(self, url: str, witness: Witness | None = None) -> None:
        self._url = url
        self.witness = witness
        self._idle: list[Link] = []
        self._lock = threading.Lock()

    def take(self) -> Link:
        """Return a connection of one's own for a while. Raises ``OutboxError``."""
        with self._lock:
            while self._idle:
                link = self._idle.pop()
                if not link.closed:
                    return link
        return connect(self._url)

    def give_back(self, link: Link) -> None:
        """Take back a connection, also a broken one."""
        if not link.closed:
            with self._lock:
                self._idle.append(link)

    def close(self) -> None:
        """Close those that nobody uses."""
        with self._lock:
            idle, self._idle = self._idle, []
        for link in idle:
            link.close()
