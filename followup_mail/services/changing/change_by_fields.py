"""Facts changed by the fields of a form: each field becomes an option of ``change``, so both follow the same rules.

Every field says what is wrong with it. Nothing is written unless all of them can be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from followup_mail.services.changing.change_application import FactsChange, plan_rewrite
from followup_mail.services.changing.change_options import ChangeReader
from followup_mail.services.changing.fact_fields import (
    FIELDS_OF_INTERVIEW,
    LISTS,
    PLAIN,
    TOLD,
    Part,
    list_interviews,
    list_people,
    list_promises,
    read_fields,
)
from followup_mail.services.changing.facts_draft import FactsDraft
from followup_mail.services.typed.change_table import OF_EACH_PERSON, OF_PROMISE, SAID, say_option
from followup_mail.services.typed.put_reading import put_reading
from followup_mail.workspace import Workspace

Given = Mapping[str, Any]
Step = tuple[str, Given | None]
"""A field with the options that it becomes; None instead for one that must not be empty."""
_NEEDED: Final = frozenset(
    {"company", "role", "zone", "account", "name", "start", "duration", "format", "round", "part"}
)
_OPTIONS: Final = {"format": "format_"}
NEW_INTERVIEW: Final = "new/interview"
NEW_PERSON: Final = "new/person"
NEW_PROMISE: Final = "new/promise"


class FieldProblem(Struct, frozen=True):
    """What is wrong with one field."""

    words: str
    readings: tuple[tuple[str, str], ...] = ()
    """What it can mean, each spelt out, with the text of the field that means only this."""


class PlannedFields(Struct, frozen=True):
    """What the fields come to."""

    change: FactsChange | None
    """None while something is wrong."""
    problems: Mapping[str, FieldProblem]
    told: tuple[str, ...]
    """What was guessed."""


def plan_fields(workspace: Workspace, slug: str, text: str, typed: Mapping[str, str]) -> PlannedFields:
    """Return what the facts ``text`` become with fields ``typed`` otherwise; fields that are not there stay.

    Raises ``OptionsError`` for what would be wrong only in the whole, and as ``plan_change`` does.
    """
    draft, before = FactsDraft(text), read_fields(text)
    problems: dict[str, FieldProblem] = {}
    told: list[str] = []
    for field, given in _steps(draft, before, {name: value.strip() for name, value in typed.items()}):
        if given is None:
            problems.setdefault(field, FieldProblem("this is needed"))
            continue
        reader = ChangeReader(workspace, draft, given, told.append)
        reader.read()
        if reader.problems:
            problems.setdefault(field, _problem(reader, typed.get(field, "")))
    change = None if problems else plan_rewrite(workspace, slug, text, draft.finished())
    return PlannedFields(change, problems, tuple(told))


def _problem(reader: ChangeReader, typed: str) -> FieldProblem:
    """Return what is wrong, without the name of the option that the field became."""
    words = reader.problems[0]
    if words.startswith("--"):
        words = words.partition(": ")[2] or words
    readings = [
        (reading.said, put_reading(typed, error, reading.written))
        for error in reader.asked
        for reading in error.readings
    ]
    return FieldProblem(words, tuple(readings))


def _steps(draft: FactsDraft, before: Mapping[str, str], typed: Mapping[str, str]) -> Iterator[Step]:
    """Yield what was changed, in an order in which nothing takes away another's hold.

    Each step is carried out before the next one is made.
    """
    changed = {name: value for name, value in typed.items() if name in before and value != before[name].strip()}
    for name in (*PLAIN, *SAID):
        if name in changed:
            yield name, _set(name, changed[name])
    for name in LISTS:
        yield from _notes(name, "", before.get(name, ""), changed.get(name))
    yield from _of_interviews(draft, changed)
    yield from _new_interview(typed)
    people = list_people(draft)
    for part in people:
        yield from _of_person(part, before, changed)
    yield from _new_person(draft, typed)
    yield from _of_promises(draft, changed, typed)
    yield from _removals(draft, typed)
    for part in people:
        if f"{part.name}/name" in changed and f"{part.name}/remove" not in typed:
            new = changed[f"{part.name}/name"]
            yield f"{part.name}/name", {"name": [f"{part.called}: {new}"]} if new else None


def _set(option: str, value: str) -> Given | None:
    if value:
        return {_OPTIONS.get(option, option): value}
    return None if option in _NEEDED else {"remove": [say_option(option)]}


def _notes(option: str, who: str, before: str, after: str | None) -> Iterator[tuple[str, Given]]:
    """Yield the options for notes of which each line is one."""
    if after is None:
        return
    field = f"{who}/{option}" if who else option
    called = f"{who}: " if who else ""
    old, new = ([line.strip() for line in text.split("\n") if line.strip()] for text in (before, after))
    for line in new:
        if line not in old:
            yield field, {option: [f"{called}{line}"]}
    for line in old:
        if line not in new:
            yield field, {"remove": [f"{say_option(option)}: {called}{line}"]}


def _of_interviews(draft: FactsDraft, changed: Mapping[str, str]) -> Iterator[Step]:
    for part in list_interviews(draft):
        for key in FIELDS_OF_INTERVIEW:
            if (field := f"{part.name}/{key}") in changed:
                number = next(at for at, one in enumerate(list_interviews(draft), 1) if one.name == part.name)
                value = changed[field]
                yield field, {"interview": str(number), _OPTIONS.get(key, key): value} if value else None


def _new_interview(typed: Mapping[str, str]) -> Iterator[Step]:
    told = {key: typed.get(f"{NEW_INTERVIEW}/{key}", "") for key in FIELDS_OF_INTERVIEW}
    if not (told["start"] or told["duration"]):
        return
    if not told["start"]:
        yield f"{NEW_INTERVIEW}/start", None
    else:
        yield f"{NEW_INTERVIEW}/start", {_OPTIONS.get(key, key): value for key, value in told.items() if value}


def _of_person(part: Part, before: Mapping[str, str], changed: Mapping[str, str]) -> Iterator[Step]:
    for option in (*OF_EACH_PERSON, *TOLD):
        field = f"{part.name}/{option}"
        if field in changed and option != "name":
            yield field, _of_somebody(option, part.called, changed[field])
    field = f"{part.name}/discussed"
    for _, given in _notes("discussed", part.called, before.get(field, ""), changed.get(field)):
        yield field, given


def _of_somebody(option: str, who: str, value: str) -> Given | None:
    if value:
        return {option: [f"{who}: {value}"]}
    return None if option in _NEEDED else {"remove": [f"{option}: {who}"]}


def _new_person(draft: FactsDraft, typed: Mapping[str, str]) -> Iterator[Step]:
    told = {key: typed.get(f"{NEW_PERSON}/{key}", "") for key in (*OF_EACH_PERSON, "discussed")}
    where = typed.get(f"{NEW_PERSON}/where", "")
    name = told.pop("name")
    if not name:
        if any(value for key, value in told.items() if key != "part"):
            yield f"{NEW_PERSON}/name", None
        return
    number = next((at for at, one in enumerate(list_interviews(draft), 1) if one.name == where), 0)
    yield f"{NEW_PERSON}/name", {"person": [name], "interview": str(number)} if number else {"contact": [name]}
    bare = name.partition("<")[0].partition(",")[0].strip()
    for key, value in told.items():
        for line in filter(None, value.split("\n")):
            yield f"{NEW_PERSON}/{key}", {key: [f"{bare}: {line}"]}


def _of_promises(draft: FactsDraft, changed: Mapping[str, str], typed: Mapping[str, str]) -> Iterator[Step]:
    for part in list_promises(draft):
        for key in OF_PROMISE:
            if value := changed.get(f"{part.name}/{key}"):
                yield f"{part.name}/{key}", {key: [f"{part.called}: {value}"]}
            elif f"{part.name}/{key}" in changed:
                removal = None if key == "promised_to" else {"remove": [f"{say_option(key)}: {part.called}"]}
                yield f"{part.name}/{key}", removal
    if what := typed.get(f"{NEW_PROMISE}/what"):
        yield f"{NEW_PROMISE}/what", {"promised": [what]}
        for key in OF_PROMISE:
            if value := typed.get(f"{NEW_PROMISE}/{key}"):
                yield f"{NEW_PROMISE}/{key}", {key: [f"{what}: {value}"]}


def _removals(draft: FactsDraft, typed: Mapping[str, str]) -> Iterator[tuple[str, Given]]:
    for kind, listed in (("promised", list_promises), ("person", list_people), ("interview", list_interviews)):
        for part in listed(draft):
            if typed.get(f"{part.name}/remove"):
                number = [one.name for one in list_interviews(draft)].index(part.name) + 1 if kind == "interview" else 0
                yield f"{part.name}/remove", {"remove": [f"{kind}: {number or part.called}"]}
