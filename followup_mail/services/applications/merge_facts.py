"""The facts of two applications put together: people known again, notes without doubles, and what differs is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from followup_mail.cadence.skips import rename_in_skip
from followup_mail.facts.names import slugify
from followup_mail.facts.people import is_same_person
from followup_mail.facts.terms import Role
from followup_mail.services.applications.merge_rounds import RoundKey, number_rounds
from followup_mail.services.changing.fact_differences import say_fact
from followup_mail.services.changing.facts_draft import (
    TOLD,
    FactsDraft,
    Table,
    add_new,
    length_of,
    start_of,
    use_duration,
)

_LISTS: Final = ("fit", "not_mentioned", "leave_out", "as_they_are", "called_off")
_TABLES: Final = ("said", "unsaid")
_LENGTH: Final = frozenset({"duration", "end"})
_DECIDED: Final = ("archived", "paused", "paused_until", "snoozed_until")
"""What the user decided about the application that goes does not hold for the one that stays."""
_APART: Final = frozenset(
    {"contacts", "interviews", "promised", "outcome", "notes", "skipped", "time_zone", *_DECIDED, *_LISTS, *_TABLES}
)


class Clash(Struct, frozen=True):
    """One fact that the two applications know differently."""

    fact: str
    ours: Any
    """As the application has it that stays."""
    theirs: Any

    def says(self, into: str, source: str) -> str:
        """Return it in words, with the names of both."""
        return f"{self.fact} ({say_fact(self.ours)} in {into}, {say_fact(self.theirs)} in {source})"


Settle = Callable[[Clash], bool | None]
"""Tells whether the fact of the application that stays holds; None where nobody can say."""


class FactsMerger:
    """Puts the facts of one application into those of another."""

    def __init__(self, into: FactsDraft, source: FactsDraft, settle: Settle) -> None:
        self.into, self.source = into, source
        self.clashes: list[Clash] = []
        self.people: dict[str, str] = {}
        """Handles of people in the source, and their handles afterwards."""
        self.rounds: dict[RoundKey, int] = {}
        self._settle = settle
        self._settled: dict[tuple[str, str], bool] = {}

    def merge(self) -> Table:
        """Return the facts of both; what nobody settled stands in ``clashes``."""
        for draft in (self.into, self.source):
            _list_single_notes(draft)
        self._know_people_again()
        mine, theirs = self.into.document, self.source.document
        self._merge_table(mine, {key: value for key, value in theirs.items() if key not in _APART}, "")
        for key in _TABLES:
            self._merge_table(mine.setdefault(key, {}), theirs.get(key, {}), "")
        for key in _LISTS:
            for note in theirs.get(key, []):
                add_new(mine.setdefault(key, []), note)
        self._merge_notes(mine, theirs)
        self._merge_outcome(mine, theirs.get("outcome", {}))
        self._merge_interviews()
        self._merge_skipped(mine, theirs)
        self._merge_contacts()
        self._merge_promises()
        return self.into.finished()

    def _know_people_again(self) -> None:
        """Give people of the source the name that they have in the other file."""
        for entry in self.source.people():
            twin = next((person for person in self.into.people() if _is_same(person, entry)), None)
            former, name = entry["name"], twin["name"] if twin else entry["name"]
            self.people[slugify(former)] = slugify(name)
            entry["name"] = name
            self._name_alike(former, name)

    def _name_alike(self, former: str, name: str) -> None:
        said = self.source.document.get("said", {})
        for table, key in ((said, "by"), (said, "ask"), *((each, "to") for each in self.source.tables("promised"))):
            if table.get(key) == former:
                table[key] = name

    def _merge_table(self, mine: Table, theirs: Table, about: str) -> None:
        for key, value in theirs.items():
            ours = mine.get(key)
            is_known = ours not in (None, "", [])
            if about and key == "role" and Role.INTERVIEWER in (ours, value):  # so it stands where nobody said a part
                mine[key] = value if ours in {None, Role.INTERVIEWER} else ours
                continue
            if is_known and (_says_same(ours, value) or self._ours_holds(Clash(about + key, ours, value))):
                continue
            mine[key] = value

    def _ours_holds(self, clash: Clash) -> bool:
        """Ask once for each fact; what nobody settles is kept for the refusal."""
        key = clash.fact, str(clash.theirs)
        if key not in self._settled:
            said = self._settle(clash)
            if said is None:
                self.clashes.append(clash)
            self._settled[key] = said is not False
        return self._settled[key]

    @staticmethod
    def _merge_notes(mine: Table, theirs: Table) -> None:
        lines = str(mine.get("notes") or "").split("\n")
        for line in str(theirs.get("notes") or "").split("\n"):
            add_new(lines, line)
        if text := "\n".join(lines).strip():
            mine["notes"] = text

    def _merge_outcome(self, mine: Table, theirs: Table) -> None:
        """Take an outcome whole where the other one is still waiting."""
        ours = mine.setdefault("outcome", {})
        if theirs.get("status", "waiting") == "waiting":
            return
        if ours.get("status", "waiting") == "waiting":
            mine["outcome"] = {**ours, **theirs}
        else:
            self._merge_table(ours, theirs, "outcome: ")

    def _merge_interviews(self) -> None:
        ours, theirs = self.into.interviews, self.source.interviews
        numbered = [*((0, each) for each in ours), *((1, each) for each in theirs)]
        self.rounds = number_rounds(numbered)
        for which, interview in numbered:
            number = self.rounds[which, interview.get("round", 1)]
            if number != interview.get("round", 1):
                interview["round"] = number
        zone = self.source.document.get("time_zone")
        is_elsewhere = zone != self.into.document.setdefault("time_zone", zone)
        for interview in theirs:
            if is_elsewhere:
                interview.setdefault("time_zone", zone)
            self._merge_interview(ours, interview)

    def _merge_interview(self, ours: list[Table], interview: Table) -> None:
        people = interview.pop("people", [])
        twin = next((each for each in ours if start_of(each) == start_of(interview)), None)
        if twin is None:
            self.into.add_interview(interview)
            twin = interview
        else:
            _say_lengths_alike(twin, interview)
            self._merge_table(twin, interview, f"interview of {interview['start']}: ")
        for person in people:
            self._merge_person(twin.setdefault("people", []), person)

    def _merge_skipped(self, mine: Table, theirs: Table) -> None:
        rounds: tuple[dict[int, int], dict[int, int]] = ({}, {})
        for (which, number), new in self.rounds.items():
            rounds[which][number] = new
        skipped = [rename_in_skip(line, {}, rounds[0]) for line in mine.get("skipped", [])]
        for line in theirs.get("skipped", []):
            add_new(skipped, rename_in_skip(line, self.people, rounds[1]))
        if skipped:
            mine["skipped"] = skipped

    def _merge_contacts(self) -> None:
        for person in self.source.tables("contacts"):
            met = next((group for group in self.into.groups() if _find(group, person["name"])), None)
            self._merge_person(self.into.tables("contacts") if met is None else met, person)

    def _merge_person(self, group: list[Table], person: Table) -> None:
        """Put somebody into a list of people; what another entry of theirs says already is not said again."""
        about = f"{person['name']}: "
        lasting = {key: value for key, value in person.items() if key not in TOLD}
        told = {key: value for key, value in person.items() if key in TOLD}
        others = [entry for entry in self.into.people() if entry["name"] == person["name"]]
        entry = _find(group, person["name"])
        if entry is None:
            entry = {"name": person["name"]}
            group.append(entry)
        for key, value in lasting.items():
            holders = [other for other in others if other.get(key)] or [entry]
            for holder in holders:
                self._merge_table(holder, {key: value}, about)
        for note in told.pop("discussed", []):
            add_new(entry.setdefault("discussed", []), note)
        self._merge_table(entry, told, about)

    def _merge_promises(self) -> None:
        for promise in self.source.tables("promised"):
            ours = self.into.tables("promised")
            twin = next((each for each in ours if slugify(each["what"]) == slugify(promise["what"])), None)
            if twin is None:
                ours.append(promise)
            else:
                promise["what"] = twin["what"]
                self._merge_table(twin, promise, f"{promise['what']}: ")


def _say_lengths_alike(ours: Table, theirs: Table) -> None:
    """Let two entries of one interview differ in one fact, not in the length of one and the end of the other."""
    if length_of(ours) == length_of(theirs):
        for key in _LENGTH & theirs.keys():
            del theirs[key]
    elif _LENGTH & ours.keys() != _LENGTH & theirs.keys():
        for interview in (ours, theirs):
            use_duration(interview)


def _list_single_notes(draft: FactsDraft) -> None:
    """Make a list of each note that stands alone in a file, where several may stand."""
    tables = [(draft.document, key) for key in (*_LISTS, "skipped")]
    tables += [(person, "discussed") for group in draft.groups() for person in group]
    for table, key in tables:
        if isinstance(table.get(key), str):
            table[key] = [table[key]]


def _find(group: list[Table], name: str) -> Table | None:
    return next((entry for entry in group if entry["name"] == name), None)


def _is_same(one: Table, other: Table) -> bool:
    """Return whether two entries mean one person, by address or else by name, as everywhere."""
    from followup_mail.facts.application import Person

    people = [Person(name=entry["name"], email=entry.get("email")) for entry in (one, other)]
    return is_same_person(*people) or slugify(one["name"]) == slugify(other["name"])


def _says_same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
    return one == other
