"""Changes to a facts file that leave every line outside the changed tables as it is, byte for byte.

A library that reads the whole file and writes it again puts tables in another order where one interrupts a list, and
makes all line ends the same. So the file is taken apart into statements, the statements that change are replaced where
they stand, and all other lines are never touched. tomlkit writes the one statement that changes, so that its key, its
indentation and its remark stay too. Before the result counts it is read again and compared with what was wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import Enum
from typing import Any

from followup_mail.facts.line_edits import Item, Path, TakenApart
from followup_mail.facts.moments import write_span
from followup_mail.facts.statements import read_toml

Changes = Mapping[str, Any]
"""Keys with their new values; None removes a key, a mapping changes the table of that name."""


def rewrite(text: str, changes: Changes) -> str:
    """Return ``text``, a file without faults, with ``changes`` made.

    Raises ``ValueError`` when that cannot be done without touching anything else.
    """
    before, _ = read_toml(text)
    if before is None:
        raise ValueError("the file is not TOML")
    wanted = apply_changes(before, changes)
    parts = TakenApart(text)
    for path, value in _single_changes(before, changes):
        _make(parts, path, value)
    for name in changes:
        if wanted.get(name) == {}:
            _keep_empty(parts, name)
    changed = parts.put_together()
    if read_toml(changed)[0] != wanted:
        raise ValueError("the file is written in a way that cannot be changed safely")
    return changed


def apply_changes(document: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """Return a copy of ``document`` as it is after ``changes``. A table that would be new and empty is left out."""
    result = dict(document)
    for key, value in changes.items():
        if isinstance(value, Mapping):
            inner = apply_changes(result.get(key, {}), value)
            if inner or key in result:
                result[key] = inner
        elif value is None:
            result.pop(key, None)
        else:
            result[key] = _plain(value)
    return result


def _single_changes(document: Mapping[str, Any], changes: Changes) -> Iterator[tuple[Path, Any]]:
    """Yield the path and the new value of each key that is not yet as wanted; None removes it."""
    for name, given in changes.items():
        there = document.get(name)
        values = given if isinstance(given, Mapping) else {"": given}
        table = there if isinstance(there, Mapping) and isinstance(given, Mapping) else {"": there}
        for key, item in values.items():
            value = None if item is None else _plain(item)
            old = table.get(key)
            if value != old or type(value) is not type(old):
                yield (name, key) if key else (name,), value


def _make(parts: TakenApart, path: Path, value: Any) -> None:
    """Make one change in the statement that holds ``path``, or put a new one behind the last of its table."""
    holders = parts.holders(path)
    if value is None:
        for item in holders:
            parts.replace(item, "" if len(item.path) >= len(path) else _reworded(parts.text_of(item), path, item, None))
    elif holders:
        parts.replace(holders[0], _reworded(parts.text_of(holders[0]), path, holders[0], value))
    else:
        _add(parts, path, value)


def _add(parts: TakenApart, path: Path, value: Any) -> None:
    table, assigned = path[:-1], _dump({path[-1]: value})
    under_header, dotted = parts.last_under(table), parts.last_dotted(table)
    if under_header:
        parts.add_after(under_header, assigned)
    elif dotted:
        parts.add_after(dotted, f"{table[0]}.{assigned}")
    elif table:
        parts.add_table(_dump({table[0]: {}}), assigned)
    else:
        parts.add_on_top(assigned)


def _keep_empty(parts: TakenApart, name: str) -> None:
    """Leave an empty table where its last key was removed, and nothing but its keys made it a table."""
    keys = parts.holders((name,))
    if keys and not parts.last_under((name,)) and not any(parts.text_of(one) for one in keys):
        parts.replace(keys[0], f"{name} = {{}}")


def _reworded(text: str, path: Path, item: Item, value: Any) -> str:
    """Return the statement ``text`` with another value of ``path``, which it or an inline table in it holds."""
    import tomlkit

    document: Any = tomlkit.parse(text)
    *above, key = (*item.key, *path[len(item.path) :])
    table = document
    for part in above:
        table = table[part]
    if value is None:
        table.pop(key, None)
    else:
        table[key] = value
    return tomlkit.dumps(document)


def _dump(values: Mapping[str, Any]) -> str:
    import tomlkit

    return tomlkit.dumps(values).rstrip("\n")


def _plain(value: object) -> Any:
    """Return a value as TOML knows it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, timedelta):
        return write_span(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value
