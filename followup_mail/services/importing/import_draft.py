"""A facts file while files are taken into it: every change is checked at once and written at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import asdict

from followup_mail.facts.application import Application, Person, Role
from followup_mail.facts.debrief import MetPerson
from followup_mail.facts.moments import place_in_zone, read_span, write_span
from followup_mail.services.changing.change_application import plan_rewrite, read_unwritten
from followup_mail.services.changing.facts_draft import FactsDraft, Table, to_fact
from followup_mail.workspace import Workspace


class ImportDraft:
    """The text of a facts file and the application that it describes. Raises ``FactsError`` for an unsafe change."""

    def __init__(self, workspace: Workspace, slug: str, text: str) -> None:
        self.path = workspace.facts.path(slug)
        self.slug = slug
        self.text = text
        self.told: list[str] = []
        """What was done or left alone, as sentences for the user."""
        self._workspace = workspace
        self.application = self._read()

    def tell(self, sentence: str) -> None:
        """Keep a sentence for the user, once."""
        if sentence not in self.told:
            self.told.append(sentence)

    def change(self, change: Callable[[FactsDraft], object]) -> None:
        """Have the facts changed, and read them again."""
        draft = FactsDraft(self.text)
        change(draft)
        self.text = plan_rewrite(self._workspace, self.slug, self.text, draft.finished()).changed
        self.application = self._read()

    def change_interview(self, at: int, changes: Mapping[str, Any]) -> None:
        """Change keys of the interview at a place in the file; None removes one."""
        self.change(lambda draft: _update(draft.interviews[at], changes))

    def complete(self, person: Person, facts: Mapping[str, Any]) -> None:
        """Add facts to the first entry of somebody."""
        self.change(lambda draft: _update(draft.entries_named(person.key)[0], facts))

    def add_contact(self, person: MetPerson) -> None:
        """Add somebody as a contact."""
        self.change(lambda draft: draft.tables("contacts").append(facts_of(person)))

    def add_met(self, person: MetPerson, at: int) -> None:
        """Add somebody to the interview at a place in the file."""
        self.change(lambda draft: draft.interviews[at].setdefault("people", []).append(facts_of(person)))

    def _read(self) -> Application:
        return read_unwritten(self.path, self.slug, self.text)


def facts_of(person: MetPerson) -> Table:
    """Return somebody as the keys of a table: only what is known, and no part that everybody has."""
    given = asdict(person)
    if person.role is Role.INTERVIEWER:
        del given["role"]
    return {key: list(value) if isinstance(value, tuple) else to_fact(value) for key, value in given.items() if value}


def write_moment(at: datetime, zone: str) -> str:
    """Return a moment as wall time in a zone; with its offset where the clocks pass that time twice."""
    wall = at.astimezone(ZoneInfo(zone)) if at.tzinfo else at
    plain = wall.replace(tzinfo=None)
    try:
        is_plain = at.tzinfo is None or place_in_zone(plain, ZoneInfo(zone)).astimezone(UTC) == at.astimezone(UTC)
    except ValueError:
        is_plain = False
    return str(to_fact(plain if is_plain else wall))


def write_length(length: timedelta) -> str:
    """Return how long an interview takes, as the file has it; seconds are dropped."""
    return write_span(read_span(length))


def _update(table: Table, changes: Mapping[str, Any]) -> None:
    for key, value in changes.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value
