"""What a step changed, in a few words for a list: the facts by their names, and mails; never what stands in them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from followup_mail.facts.alignment import align, is_table_list, label_of
from followup_mail.services.typed.kept_text import SUFFIX as TRANSCRIPT
from followup_mail.undo.operation import FileChange, Operation

_MOST: Final = 3
_PEOPLE: Final = frozenset({"contacts", "people"})
_ONE_OF: Final = {"interviews": "interview", "promised": "promise"}


def name_changed(step: Operation) -> tuple[str, ...]:
    """Return what a step changed: ``decision_by``, ``Priya Raman: email``, ``2 mails``; the first three of them."""
    found = list(dict.fromkeys(_each(step)))
    more = len(found) - _MOST
    return (*found[:_MOST], f"{more} more") if more > 0 else tuple(found)


def _each(step: Operation) -> Iterator[str]:
    for change in step.files:
        if change.is_facts:
            yield from _in_facts(change)
        elif change.path.endswith(TRANSCRIPT) and change.before != change.after:
            yield "transcript"
    if count := sum(entry.before != entry.after for entry in step.outbox.entries):
        yield f"{count} {'mail' if count == 1 else 'mails'}"


def _in_facts(change: FileChange) -> Iterable[str]:
    if change.before is None or change.after is None:
        return () if change.before == change.after else ("written" if change.before is None else "deleted",)
    try:
        before, after = (tomllib.loads(content.decode("utf-8-sig")) for content in (change.before, change.after))
    except ValueError:
        return ("the file",)
    return _names(before, after)


def _names(before: Mapping[str, Any], after: Mapping[str, Any], whose: str = "") -> Iterator[str]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if is_table_list(old) or is_table_list(new):
            yield from _in_tables(key, old or [], new or [])
        elif isinstance(old, Mapping) or isinstance(new, Mapping):
            yield from _names(old or {}, new or {}, whose)
        else:
            yield f"{whose}{key}"


def _in_tables(key: str, before: list[Any], after: list[Any]) -> Iterator[str]:
    for old, new in align(before, after):
        if old is not None and new is not None:
            yield from _names(before[old], after[new], f"{_label(key, before[old])}: ")
        elif old is not None:
            yield f"- {_label(key, before[old])}"
        elif new is not None:
            yield f"+ {_label(key, after[new])}"


def _label(key: str, table: Mapping[str, Any]) -> str:
    """Return whom an entry is about; of a promise or an interview only what it is."""
    return label_of(table) if key in _PEOPLE else _ONE_OF.get(key, key)
