"""Connections to the office's database for the threads of a worker: as many as work at once, and no more."""

from __future__ import annotations

import threading

from followup_mail.office.database import Link, connect
from followup_mail.office.witness import Witness


class SharedLinks:
    """Gives out an idle connection, or opens a new connection. Each is given back after use, so there are few."""

    def __init__(self, url: str, witness: Witness | None = None) -> None:
        self._url = url
        self.witness = witness
        self._idle: list[Link] = []
        self._lock = threading.Lock()

    def take(self) -> Link:
        """Return a connection that nobody else uses until it is given back. Raises ``OutboxError``."""
        with self._lock:
            while self._idle:
                link = self._idle.pop()
                if not link.closed:
                    return link
        return connect(self._url)

    def give_back(self, link: Link) -> None:
        """Take back a connection, even if it is broken."""
        if not link.closed:
            with self._lock:
                self._idle.append(link)

    def close(self) -> None:
        """Close the idle connections."""
        with self._lock:
            idle, self._idle = self._idle, []
        for link in idle:
            link.close()
