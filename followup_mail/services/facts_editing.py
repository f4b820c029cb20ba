"""A facts file while it is being changed: every change is checked at once, and nothing is on disk before the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from followup_mail.errors import FactsError
from followup_mail.facts.application import Application, Person, Role
from followup_mail.facts.application_file import parse_application
from followup_mail.facts.debrief import MetPerson
from followup_mail.facts.moments import place_in_zone, read_span, write_span
from followup_mail.facts.people import is_same_person
from followup_mail.facts.rewrite import rewrite
from followup_mail.facts.rewrite_listed import Place, Value, rewrite_listed
from followup_mail.facts.rewrite_tables import add_interview, add_person, remove_interview


class FactsEditing:
    """The text of a facts file and the application that it describes. Raises ``FactsError`` for an unsafe change."""

    def __init__(self, path: Path, slug: str, text: str) -> None:
        self.path = path
        self.slug = slug
        self.text = text
        self.told: list[str] = []
        """What was done or left alone, as sentences for the user."""
        self.application = self._read()

    def tell(self, sentence: str) -> None:
        """Keep a sentence for the user, once."""
        if sentence not in self.told:
            self.told.append(sentence)

    def set_top(self, changes: Mapping[str, Any]) -> None:
        """Change keys at the top of the file."""
        self._change(lambda text: rewrite(text, changes))

    def set_listed(self, place: Place, changes: Mapping[str, Value]) -> None:
        """Change keys of one interview or person; None removes a key that is there."""
        self._change(lambda text: rewrite_listed(text, place, changes))

    def add_interview(self, interview: Mapping[str, str | int], people: Sequence[MetPerson]) -> None:
        """Add an interview with its people."""
        self._change(lambda text: add_interview(text, interview, [facts_of(person) for person in people]))

    def add_person(self, person: MetPerson, interview: int | None = None) -> None:
        """Add somebody to an interview, or as a contact."""
        self._change(lambda text: add_person(text, facts_of(person), interview))

    def remove_interview(self, interview: int) -> None:
        """Take an interview out."""
        self._change(lambda text: remove_interview(text, interview))

    def places_of(self, person: Person) -> Iterator[Place]:
        """Yield where entries of somebody are, the first first."""
        for at, contact in enumerate(self.application.contacts):
            if is_same_person(contact, person):
                yield ("contacts", at)
        for number, interview in enumerate(self.application.interviews):
            for at, met in enumerate(interview.people):
                if is_same_person(met, person):
                    yield ("interviews", number, "people", at)

    def _change(self, change: Callable[[str], str]) -> None:
        try:
            self.text = change(self.text)
        except ValueError as error:
            raise FactsError(
                f"{self.path}: {error}; it was not touched.", fix="Make this change in an editor."
            ) from None
        self.application = self._read()

    def _read(self) -> Application:
        return parse_application(self.text, self.path, self.slug)


def facts_of(person: MetPerson) -> dict[str, Any]:
    """Return somebody as the keys of a table: only what is known, and no part that everybody has."""
    given = asdict(person)
    if person.role is Role.INTERVIEWER:
        del given["role"]
    return {key: _as_toml(value) for key, value in given.items() if value}


def write_moment(at: datetime, zone: str) -> str:
    """Return a moment as wall time in a zone; with its offset where the clocks pass that time twice."""
    wall = at.astimezone(ZoneInfo(zone)) if at.tzinfo else at
    plain = wall.replace(tzinfo=None)
    try:
        is_plain = at.tzinfo is None or place_in_zone(plain, ZoneInfo(zone)).astimezone(UTC) == at.astimezone(UTC)
    except ValueError:
        is_plain = False
    return (plain if is_plain else wall).isoformat(sep=" ", timespec="minutes")


def write_length(length: timedelta) -> str:
    """Return how long an interview takes, as the file has it; seconds are dropped."""
    return write_span(read_span(length))


def _as_toml(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else str(value)
