"""Who is in an invitation: the organiser and the attendees, without rooms, machines and the user."""

from __future__ import annotations

from typing import Any, Final

from followup_mail.facts.unfit_values import quoted
from followup_mail.incoming.found import FoundPerson
from followup_mail.incoming.found_names import is_machine, is_room, name_person, read_address

PEOPLE_LIMIT: Final = 50
_THINGS: Final = frozenset({"ROOM", "RESOURCE"})


def read_organiser(event: Any, own: frozenset[str], notes: list[str]) -> FoundPerson | None:
    """Return who invited; None where it is the user, a calendar or a machine, or cannot be read."""
    found = _as_list(event.get("ORGANIZER"))
    return _read(found[0], own, notes) if found else None


def read_attendees(event: Any, own: frozenset[str], notes: list[str]) -> tuple[FoundPerson, ...]:
    """Return who is invited besides the user, each once."""
    people: dict[str, FoundPerson] = {}
    listed = _as_list(event.get("ATTENDEE"))
    if len(listed) > PEOPLE_LIMIT:
        notes.append(f"{len(listed)} people are invited; only the first {PEOPLE_LIMIT} were looked at.")
    for attendee in listed[:PEOPLE_LIMIT]:
        person = _read(attendee, own, notes)
        if person is None:
            continue
        if why := _why_not_met(attendee):
            notes.append(f"Left out {person.label}: {why}.")
        else:
            people.setdefault(person.email.casefold() or person.name, person)
    return tuple(people.values())


def _read(given: Any, own: frozenset[str], notes: list[str]) -> FoundPerson | None:
    params = getattr(given, "params", {})
    shown, kind = _param(params, "CN"), _param(params, "CUTYPE").upper()
    # iCloud writes an address of its own as the value, and the person's as a parameter.
    email = read_address(_param(params, "EMAIL")) or read_address(str(given))
    if email.casefold() in own:
        return None
    if kind in _THINGS or is_room(shown, email):
        notes.append(f"Left out {quoted(shown or email)}: a room or a thing.")
        return None
    if is_machine(email):
        return None
    person = name_person(shown, email, notes)
    return person if person.name or person.email else None


def _why_not_met(attendee: Any) -> str:
    params = getattr(attendee, "params", {})
    if _param(params, "CUTYPE").upper() == "GROUP":
        return "a group, not a person"
    if _param(params, "PARTSTAT").upper() == "DECLINED":
        return "declined the invitation"
    return "only informed" if _param(params, "ROLE").upper() == "NON-PARTICIPANT" else ""


def _param(params: Any, name: str) -> str:
    value = params.get(name, "")
    return str(value[0] if isinstance(value, list) and value else value)


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
