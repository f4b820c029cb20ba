"""What `--remove` takes out: the name of the option that gave it, and after a colon which one: ``person: tom``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from followup_mail.services.adding.debrief_options import TOPICS
from followup_mail.services.changing.facts_draft import TOLD, FactsDraft, Table, listed
from followup_mail.services.typed.change_table import OF_EACH_PERSON, SAID, say_option

_PLACES: Final = {
    "applied": "", "cadence": "", "country": "", "region": "",
    **{say_option(option): "said" for option in SAID},
}  # fmt: skip
_OF_PERSON: Final = {
    **{option: key for option, key in OF_EACH_PERSON.items() if option != "name"},
    **{topic: topic for topic in TOPICS if topic != "discussed"},
}
_LISTS: Final = ("fit", "not-mentioned", "discussed", "note")
_TABLES: Final = ("person", "contact", "interview", "promised", "ready", "promise-says")
REMOVABLE: Final = (*_TABLES, *_LISTS, *_OF_PERSON, *_PLACES)


def remove_fact(draft: FactsDraft, text: str) -> None:
    """Take out what "person: tom", "fit: airflow" or "decision-by" names. Raises ``ValueError``."""
    head, _, which = text.partition(":")
    option, which = head.strip().casefold().removeprefix("--").replace("_", "-").replace(" ", "-"), which.strip()
    option = {"promise": "promised", "file": "ready", "notes": "note"}.get(option, option)
    if option not in REMOVABLE:
        names = ", ".join(REMOVABLE)
        raise ValueError(f"'{text}': write \"OPTION: WHICH\", where OPTION is one of {names}")
    if option in _PLACES:
        _remove_key(draft, option)
    elif not which:
        raise ValueError(f'which {option}? Write "{option}: ..."')
    elif option in _OF_PERSON:
        _remove_of_person(draft, option, which)
    elif option in _LISTS:
        _remove_note(draft, option, which)
    else:
        _remove_table(draft, option, which)


def _remove_key(draft: FactsDraft, option: str) -> None:
    table: Table = draft.document.get(_PLACES[option], {}) if _PLACES[option] else draft.document
    if table.pop(option.replace("-", "_"), None) is None:
        raise ValueError(f"{option} is not set")


def _remove_of_person(draft: FactsDraft, option: str, who: str) -> None:
    removed = [entry.pop(_OF_PERSON[option], None) for entry in draft.entries_of(who)]
    if not any(removed):
        raise ValueError(f"{who} has no {option}")


def _remove_note(draft: FactsDraft, option: str, words: str) -> None:
    if option == "note":
        lines = str(draft.document.get("notes") or "").split("\n")
        line = draft.choose_note(words, [line for line in lines if line])
        draft.document["notes"] = "\n".join(other for other in lines if other != line)
        if not draft.document["notes"].strip():
            del draft.document["notes"]
        return
    key = option.replace("-", "_")
    holders = [draft.document] if option != "discussed" else draft.people()
    lists: list[list[Any]] = [listed(holder, key) for holder in holders if holder.get(key)]
    who, colon, rest = words.partition(":")
    if option == "discussed" and colon:
        lists = [listed(entry, key) for entry in draft.entries_of(who) if entry.get(key)]
        words = rest.strip()
    notes = [str(note) for each in lists for note in each]
    chosen = draft.choose_note(words, notes)
    for each in lists:
        each[:] = [note for note in each if note != chosen]
    for holder in holders:
        if holder.get(key) == []:
            del holder[key]


def _remove_table(draft: FactsDraft, option: str, which: str) -> None:
    if option == "interview":
        interview = draft.interview(which)
        draft.interviews[:] = [other for other in draft.interviews if other is not interview]
        _hand_on(draft, interview.get("people", []))
        left = {person["name"] for person in draft.people()}
        for name in {person["name"]: None for person in interview.get("people", [])}.keys() - left:
            _refuse_promised(draft, name)
    elif option == "ready":
        if draft.promise(which).pop("file", None) is None:
            raise ValueError(f"'{which}' has no file")
    elif option == "promise-says":
        if draft.promise(which).pop("says", None) is None:
            raise ValueError(f"the mail says nothing about '{which}'")
    elif option == "promised":
        promise = draft.promise(which)
        promises = draft.tables("promised")
        promises[:] = [other for other in promises if other is not promise]
    else:
        _remove_person(draft, which)


def _hand_on(draft: FactsDraft, gone: Sequence[Table]) -> None:
    """Keep the address and the like of people who were also met elsewhere: they may stand in one place only."""
    for person in gone:
        others = [entry for entry in draft.people() if entry["name"] == person["name"]]
        for key in person.keys() - TOLD:
            if others and not any(entry.get(key) for entry in others):
                others[-1][key] = person[key]


def _remove_person(draft: FactsDraft, who: str) -> None:
    """Take somebody out of every list; a promise made to them alone has to be settled first."""
    entries = draft.entries_of(who)
    name = entries[0]["name"]
    for group in draft.groups():
        group[:] = [person for person in group if all(person is not entry for entry in entries)]
    _refuse_promised(draft, name)


def _refuse_promised(draft: FactsDraft, name: str) -> None:
    """Raise ``ValueError`` where something was promised to somebody alone who is gone."""
    if kept := [promise["what"] for promise in draft.tables("promised") if promise.get("to") == name]:
        raise ValueError(
            f'{name} was promised {" and ".join(kept)}: remove that too (--remove "promised: {kept[0]}"), '
            f'or say who gets it (--promised-to "{kept[0]}: PERSON")'
        )
