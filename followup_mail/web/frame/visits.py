"""Who has entered: a browser that was given the first address, and the words by which it is known again.

All of it lives in memory. When the page ends, every browser is a stranger again.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from markupsafe import Markup
from msgspec import Struct

_MOST_TICKETS: Final = 20
_MOST_VISITS: Final = 50
_MOST_SAID: Final = 200
_MOST_FRAMED: Final = 100


def make_word() -> str:
    """Return a word that nobody can guess."""
    return secrets.token_urlsafe(32)


class Said(Struct, frozen=True):
    """What was done by a form."""

    text: Markup
    step: int = 0
    """The number by which it can be taken back; 0 where nothing was put on record."""


@dataclass
class Visit:
    """One browser."""

    number: str
    """What its cookie says."""
    form_word: str = field(default_factory=make_word)
    """What each of its forms carries, so that no other site can send one in its name."""
    said: OrderedDict[str, Said] = field(default_factory=OrderedDict)
    """What was done by its last forms, to be shown on the page that follows."""
    begun: dict[str, Any] = field(default_factory=dict)
    """What goes on behind its pages, by what it is."""

    framed: OrderedDict[str, str] = field(default_factory=OrderedDict)
    """The HTML of the mails that its last pages show in frames, each under a word that stands for it."""

    def keep_said(self, said: Said) -> str:
        """Keep what the next page is to show. Returns the word by which that page asks for it."""
        word = secrets.token_urlsafe(6)
        self.said[word] = said
        while len(self.said) > _MOST_SAID:
            self.said.popitem(last=False)
        return word

    def keep_framed(self, html: str) -> str:
        """Keep the HTML of a mail that a page shows in a frame. Returns the address of that frame."""
        word = hashlib.sha256(html.encode()).hexdigest()[:32]
        self.framed[word] = html
        self.framed.move_to_end(word)
        while len(self.framed) > _MOST_FRAMED:
            self.framed.popitem(last=False)
        return f"/mail/{word}"

    def owns(self, form_word: str) -> bool:
        """Return whether a form is one of this browser's own."""
        return hmac.compare_digest(form_word.encode(), self.form_word.encode())


class Visits:
    """The browsers that have entered, and the tickets that were not used yet."""

    def __init__(self) -> None:
        self._visits: OrderedDict[str, Visit] = OrderedDict()
        self._tickets: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def make_ticket(self) -> str:
        """Return the word of a first address. It opens the page once."""
        ticket = make_word()
        with self._lock:
            self._tickets[ticket] = None
            while len(self._tickets) > _MOST_TICKETS:
                self._tickets.popitem(last=False)
        return ticket

    def enter(self, ticket: str, known: Visit | None = None) -> Visit | None:
        """Return a new visit for a ticket; None when there is no such ticket, or it was used.

        A browser that is in already stays ``known``; it uses the ticket up all the same.
        """
        with self._lock:
            if self._tickets.pop(ticket, self) is self or known:
                return known
            visit = Visit(make_word())
            self._visits[visit.number] = visit
            while len(self._visits) > _MOST_VISITS:
                self._visits.popitem(last=False)
            return visit

    def find(self, number: str) -> Visit | None:
        """Return the visit that a cookie names."""
        with self._lock:
            return self._visits.get(number)
