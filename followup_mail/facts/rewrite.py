"""Changes to a facts file that keep the user's remarks, order and line ends.

tomlkit changes and removes what is there. New keys are put in by line, behind the last key of their table: tomlkit
would put them behind the remark that introduces the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from typing import Any

from followup_mail.facts.moments import write_span
from followup_mail.facts.statements import read_statements, read_toml

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
    has_crlf = "\r\n" in text
    changed = _change_present(text.replace("\r\n", "\n"), before, changes)
    for table, key, value in _new_keys(before, changes):
        changed = _insert(changed, table, key, value)
    for name, values in changes.items():
        if isinstance(values, Mapping) and name not in before and name in wanted:
            changed = f"{changed.rstrip()}\n\n{_dump({name: wanted[name]})}"
    if read_toml(changed)[0] != wanted:
        raise ValueError("the file is written in a way that cannot be changed safely")
    return changed.replace("\n", "\r\n") if has_crlf else changed


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


def _change_present(text: str, before: Mapping[str, Any], changes: Changes) -> str:
    """Change and remove keys that are there; add those of tables that have no header of their own."""
    import tomlkit

    document = tomlkit.parse(text)
    headers = {table for table, _ in _ends_of_tables(text)}
    for name, value in changes.items():
        if not isinstance(value, Mapping):
            _set(document, name, value, may_add=False)
        elif name in before:
            for key, item in value.items():
                _set(document[name], key, item, may_add=name not in headers)
    return tomlkit.dumps(document)


def _set(table: Any, key: str, value: object, *, may_add: bool) -> None:
    if value is None:
        table.pop(key, None)
    elif may_add or key in table:
        table[key] = _plain(value)


def _new_keys(before: Mapping[str, Any], changes: Changes) -> list[tuple[str, str, object]]:
    """Return table, key and value of each key that is put into a table that is there; "" is the top of the file."""
    new: list[tuple[str, str, object]] = []
    for name, value in changes.items():
        if isinstance(value, Mapping) and name in before:
            new += [(name, key, item) for key, item in value.items() if item is not None and key not in before[name]]
        elif value is not None and not isinstance(value, Mapping) and name not in before:
            new.append(("", name, value))
    return new


def _insert(text: str, table: str, key: str, value: object) -> str:
    lines = text.split("\n")
    at = next((end for name, end in _ends_of_tables(text) if name == table), None)
    if at is None:  # a table without a header, e.g. { inline }, has its new keys already
        return text
    return "\n".join([*lines[:at], *_dump({key: _plain(value)}).rstrip("\n").split("\n"), *lines[at:]])


def _ends_of_tables(text: str) -> list[tuple[str, int]]:
    """Return the name of each plain top-level table, and the number of lines up to its last key."""
    ends = [("", 0)]
    for statement in read_statements(text):
        end = statement.line + statement.text.count("\n")
        if statement.text.lstrip().startswith("["):
            path = statement.value or {}
            name = next(iter(path), "")
            ends.append((name if path == {name: {}} else "...", end))
        else:
            ends[-1] = (ends[-1][0], end)
    return ends


def _dump(values: Mapping[str, Any]) -> str:
    import tomlkit

    return tomlkit.dumps(values)


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
