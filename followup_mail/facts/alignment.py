"""Which tables of a list are the same before and after a change: people, interviews, promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from followup_mail.facts.names import slugify

FactsTable = Mapping[str, Any]
_LABELS = ("name", "what", "start")
"""The keys that tell one table of a list from another."""
_TELL = frozenset({"email", "people"})
"""Keys by whose value an entry is known again under another name."""


def is_table_list(value: object) -> bool:
    """Return whether a value is a list of tables, such as ``[[interviews]]``."""
    return isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) for item in value)


def label_of(table: FactsTable) -> str:
    """Return what a table of a list is known by: a person's name, a promise, the start of an interview."""
    return next((str(table[key]) for key in _LABELS if table.get(key)), "")


def align(before: Sequence[FactsTable], after: Sequence[FactsTable]) -> Iterator[tuple[int | None, int | None]]:
    """Yield the places of each table before and after; None where it was not there, or is not there any more.

    Tables keep their order. One with another name is still the same one when it shares a word or a value.
    """
    labels, new_labels = ([slugify(label_of(table)) for table in tables] for tables in (before, after))
    matcher = SequenceMatcher(None, labels, new_labels, autojunk=False)
    for _, first, last, new_first, new_last in matcher.get_opcodes():
        at = first
        for new in range(new_first, new_last):
            same = next((old for old in range(at, last) if _is_same(before[old], after[new])), None)
            if same is not None:
                yield from ((old, None) for old in range(at, same))
                at = same + 1
            yield same, new
        yield from ((old, None) for old in range(at, last))


def _is_same(one: FactsTable, other: FactsTable) -> bool:
    if slugify(label_of(one)) == slugify(label_of(other)):
        return True
    words = (set(slugify(label_of(table)).split("-")) for table in (one, other))
    return bool(set.intersection(*words)) or any(value == other.get(key) for key, value in one.items() if key in _TELL)
