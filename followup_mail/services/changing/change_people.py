"""Options of `change` about people: somebody more, another address, one more note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_mail.cadence.skips import rename_in_skip
from followup_mail.facts.addressees import is_meant
from followup_mail.facts.names import slugify
from followup_mail.facts.terms import Role
from followup_mail.incoming.named_in_mail import is_same_person
from followup_mail.services.adding.debrief_options import read_person
from followup_mail.services.changing.facts_draft import FactsDraft, Table, add_new, listed, to_fact

if TYPE_CHECKING:
    from followup_mail.services.changing.change_options import ChangeReader


def add_person(reader: ChangeReader, text: str, interview: Table | None) -> None:
    """Add somebody to an interview, or to the contacts; of somebody who is there, what is told is changed.

    Without an interview it is the latest, where there is one. Raises ``ValueError``.
    """
    told = {key: to_fact(value) for key, value in read_person(reader.workspace, text, reader.tell).items()}
    is_contact = interview is None and bool(reader.given.get("contact")) and text in reader.given["contact"]
    known = [entry for entry in reader.draft.people() if _is_same(reader.draft, entry, told)]
    if not known and (near := _near(reader.draft, told)):
        reader.tell(f"{told['name']} is taken for {near}, who is in the facts.")
        told["name"] = near
        known = reader.draft.entries_named(slugify(near))
    for key in told.keys() - {"name"}:
        _set(known, key, told[key])
    if known and interview is None and not is_contact:
        return
    group = reader.draft.tables("contacts") if is_contact else _group_for(reader.draft, interview)
    if not any(_is_same(reader.draft, entry, told) for entry in group):
        group.append({"name": known[0]["name"]} if known else told)


def read_person_values(reader: ChangeReader, key: str, text: str) -> None:
    """Read "priya: priya@new.example" and keep it wherever that person stands. Raises ``ValueError``."""
    who, value = _split(text, "VALUE")
    entries = reader.draft.entries_of(who)
    fact = reader.answer(reader.question(key), value)
    if key == "name":
        rename_entries(reader.draft, entries, str(fact))
    else:
        _set(entries, key, fact)


def tell_about(reader: ChangeReader, key: str, text: str) -> None:
    """Keep a note or a sentence about somebody, in their latest entry. Raises ``ValueError``."""
    names = list(dict.fromkeys(person["name"] for person in reader.draft.people()))
    who, colon, _ = text.partition(":")
    is_alone = len(names) == 1 and who.strip().casefold() not in names[0].casefold()
    who, said = (names[0], text.strip()) if is_alone else _split(text, "..." if colon else "TEXT")
    entry = reader.draft.entries_of(who)[-1]
    fact = reader.answer(reader.question("discussed"), said)
    if key == "discussed":
        add_new(listed(entry, "discussed"), fact)
    else:
        entry[key] = fact


def _group_for(draft: FactsDraft, interview: Table | None) -> list[Table]:
    if interview is None and not draft.interviews:
        return draft.tables("contacts")
    group: list[Table] = (interview or draft.interview("")).setdefault("people", [])
    return group


def _is_same(draft: FactsDraft, entry: Table, told: Table) -> bool:
    mine, theirs = (str(person.get("email") or "").casefold() for person in (entry, told))
    return slugify(entry["name"]) == slugify(told["name"]) or bool(draft.knows_addresses and mine and mine == theirs)


def _near(draft: FactsDraft, told: Table) -> str:
    """Return the only person whose name was told in part, or without a title; empty where that is unclear."""
    names = {slugify(entry["name"]): str(entry["name"]) for entry in draft.people()}
    reached = {slugify(entry["name"]) for entry in draft.people() if entry.get("email")} if told.get("email") else set()
    near = [
        name
        for key, name in names.items()
        if is_same_person(told["name"], name) or (key not in reached and is_meant(told["name"], name))
    ]
    return near[0] if len(near) == 1 else ""


def _set(entries: list[Table], key: str, value: object) -> None:
    """Set a key in every entry of somebody that has it, and in the latest when none has."""
    holders = [entry for entry in entries if key in entry] or entries[-1:]
    for entry in holders:
        if key == "role" and value == Role.INTERVIEWER and "role" not in entry:
            continue
        entry[key] = value


def rename_entries(draft: FactsDraft, entries: list[Table], name: str) -> None:
    """Give somebody another name, also where promises and words of theirs mention them."""
    former = {entry["name"] for entry in entries}
    for entry in entries:
        entry["name"] = name
    handles = {slugify(each): slugify(name) for each in former}
    if skipped := draft.document.get("skipped"):
        draft.document["skipped"] = [rename_in_skip(line, handles) for line in skipped]
    for promise in draft.tables("promised"):
        if promise.get("to") in former:
            promise["to"] = name
    said = draft.document.get("said", {})
    for key in ("by", "ask"):
        if said.get(key) in former:
            said[key] = name


def _split(text: str, what: str) -> tuple[str, str]:
    who, colon, value = text.partition(":")
    if not colon or not who.strip() or not value.strip():
        raise ValueError(f"whom is '{text}' about? Write \"PERSON: {what}\"")
    return who.strip(), value.strip()
