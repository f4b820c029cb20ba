"""The facts of one application while they are being changed: who is meant by a name, and which interview or promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final

from followup_mail.cadence.wording import say_day
from followup_mail.errors import FactsError
from followup_mail.facts.addressees import is_meant
from followup_mail.facts.moments import read_moment, read_span, write_span
from followup_mail.facts.names import slugify
from followup_mail.facts.statements import read_toml
from followup_mail.facts.unfit_values import quoted

Table = dict[str, Any]
Pick = Callable[[str, Sequence[str]], str]
"""Asks which of several names is meant by a word; empty when nobody can be asked."""


def pick_nobody(_: str, __: Sequence[str]) -> str:
    """Answer for a user who cannot be asked."""
    return ""


TOLD: Final = frozenset({"discussed", "convinced", "moment", "link", "offer", "name"})
"""What an entry says of one conversation; everything else about a person stays true and is written once."""


class FactsDraft:
    """A facts file as tables that can be changed; the file itself is left alone."""

    knows_addresses = True
    """Whether somebody is known by an address too."""

    def __init__(self, text: str, pick: Pick = pick_nobody) -> None:
        document, error = read_toml(text)
        if document is None:
            raise FactsError(f"The facts are not TOML: {error}.", fix="Fix the file first: followup-mail edit APP")
        self.before = document
        self.document: Table = deepcopy(document)
        self._pick = pick

    @property
    def interviews(self) -> list[Table]:
        return self.tables("interviews")

    def tables(self, key: str) -> list[Table]:
        """Return a list of tables, which can be added to."""
        found: list[Table] = self.document.setdefault(key, [])
        return found

    def groups(self) -> Iterator[list[Table]]:
        """Yield each list of people: the contacts, then those of each interview in order of time."""
        yield self.tables("contacts")
        for interview in sorted(self.interviews, key=start_of):
            yield interview.setdefault("people", [])

    def people(self) -> list[Table]:
        """Return every entry of a person; who was met twice has two."""
        return [person for group in self.groups() for person in group]

    def entries_of(self, who: str) -> list[Table]:
        """Return the entries of the one person whom a name, a part of it or an address means.

        Raises ``ValueError`` for nobody, and for several where nobody can be asked.
        """
        names = list(dict.fromkeys(str(person["name"]) for person in self.people()))
        name = self.choose(who, self._named(who), names)
        return self.entries_named(slugify(name))

    def entries_named(self, key: str) -> list[Table]:
        """Return the entries of somebody by the key that their name comes to."""
        return [person for person in self.people() if slugify(person["name"]) == key]

    def add_interview(self, interview: Table) -> None:
        """Add an interview in its place by time."""
        self.interviews.insert(sum(start_of(each) <= start_of(interview) for each in self.interviews), interview)

    def _named(self, who: str) -> list[str]:
        wanted = who.strip().casefold()
        people = self.people()
        exact = [p["name"] for p in people if wanted in self._called(p)]
        words = [p["name"] for p in people if is_meant(who, p["name"])]
        return exact or words or [p["name"] for p in people if wanted and wanted in p["name"].casefold()]

    def _called(self, person: Table) -> tuple[str, ...]:
        """Return what somebody is known by in full, in small letters."""
        address = str(person.get("email", "")).casefold()
        return (person["name"].casefold(), address) if self.knows_addresses else (person["name"].casefold(),)

    def choose(self, words: str, meant: Sequence[str], known: Sequence[str]) -> str:
        """Return the one that is meant; asks which of several. Raises ``ValueError``."""
        several = list(dict.fromkeys(meant))
        if len(several) == 1:
            return several[0]
        if several:
            if picked := self._pick(quoted(words), several):
                return picked
            raise ValueError(f"{quoted(words)} could be {' or '.join(map(quoted, several))}: write more of it")
        raise ValueError(f"{quoted(words)} is none of these: {'; '.join(known) or 'there is none yet'}")

    def choose_note(self, words: str, notes: Sequence[str]) -> str:
        """Return the note that has these words, or some of them. Raises ``ValueError``."""
        wanted = words.casefold()
        exact = [note for note in notes if note.casefold() == wanted]
        return self.choose(words, exact or [note for note in notes if wanted in note.casefold()], notes)

    def interview(self, number: str) -> Table:
        """Return an interview by its number, counted from 1 in order of time; the only one without a number.

        Raises ``ValueError``.
        """
        found = sorted(self.interviews, key=start_of)
        if not number and len(found) == 1:
            return found[0]
        bare = number.strip().removeprefix("#").lstrip("0")
        if bare.isascii() and bare.isdigit() and len(bare) < 5 and 0 < int(bare) <= len(found):
            return found[int(bare) - 1]
        starts = [say_start(interview) for interview in found]
        if not number and starts and (picked := self._pick("The interview", starts)):
            return found[starts.index(picked)]
        listed = "; ".join(f"{at} ({start})" for at, start in enumerate(starts, start=1))
        if not number:
            raise ValueError(f"which interview? Add --interview NUMBER: {listed or 'there is none yet'}")
        raise ValueError(f"there is no interview {quoted(number)}: {listed or 'there is none yet'}")

    def promise(self, words: str) -> Table:
        """Return the promise that some of its words mean. Raises ``ValueError``."""
        promises = self.tables("promised")
        wanted = words.strip().casefold()
        exact = [promise["what"] for promise in promises if promise["what"].casefold() == wanted]
        part = [promise["what"] for promise in promises if wanted and wanted in promise["what"].casefold()]
        what = self.choose(words, exact or part, [promise["what"] for promise in promises])
        return next(promise for promise in promises if promise["what"] == what)

    def finished(self) -> Table:
        """Return the facts without lists and tables that hold nothing."""
        for interview in self.interviews:
            _drop_empty(interview)
        _drop_empty(self.document)
        return self.document


def start_of(interview: Table) -> datetime:
    """Return when an interview began, by its own clock: for the order."""
    return read_moment(interview["start"]).replace(tzinfo=None)


def length_of(interview: Table) -> timedelta:
    """Return how long an interview took, whether the file says that or when it ended."""
    if "duration" in interview:
        return read_span(interview["duration"])
    return max(read_moment(interview["end"]).replace(tzinfo=None) - start_of(interview), timedelta(minutes=1))


def use_duration(interview: Table) -> None:
    """Let an interview say how long it took where it says when it ended."""
    if "end" in interview:
        interview.setdefault("duration", write_span(length_of(interview)))
        del interview["end"]


def say_start(interview: Table) -> str:
    """Return when an interview began, for people: ``Wed 18 Nov 14:30``."""
    start = start_of(interview)
    return f"{say_day(start.date(), start.year)} {start:%H:%M}"


def to_fact(value: Any) -> Any:
    """Return what was read from an option as it stands in the file."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, timedelta):
        return write_span(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value


def listed(table: Table, key: str) -> list[Any]:
    """Return the notes under a key, which can be added to; a single one may stand alone in the file."""
    if isinstance(table.get(key), str):
        table[key] = [table[key]] if table[key] else []
    notes: list[Any] = table.setdefault(key, [])
    return notes


def add_new(items: list[Any], value: Any) -> bool:
    """Add a note that is not there yet; tell whether it was new."""
    is_new = str(value).casefold() not in {str(item).casefold() for item in items}
    if is_new:
        items.append(value)
    return is_new


def _drop_empty(table: Table) -> None:
    for key in [key for key, value in table.items() if value in ([], {})]:
        del table[key]
