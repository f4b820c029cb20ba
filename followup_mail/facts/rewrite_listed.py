"""Changes to one table of a list in a facts file, such as one person; every other line stays as it is, byte for byte.

``rewrite`` changes the top of the file and its plain tables. People and promises are in lists of tables, which have no
path of their own: a table is found here by counting headers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from followup_mail.facts.rewrite import apply_changes, set_value
from followup_mail.facts.statements import KEY_VALUE, key_path, read_statements, read_toml

Place = tuple[str | int, ...]
"""Where a table of a list is: ``("interviews", 0, "people", 1)``, counted from 0 in the order of the file."""
Value = str | int | Sequence[str] | None
"""What a key of such a table is changed to; None removes it."""


def rewrite_listed(text: str, place: Place, changes: Mapping[str, Value]) -> str:
    """Return ``text``, a file without mistakes, with keys of one listed table changed; None removes a key.

    Raises ``ValueError`` when that is not possible without touching anything else.
    """
    document, _ = read_toml(text)
    if document is None:
        raise ValueError("the file is not TOML")
    wanted = _with_changes(document, place, changes)
    for key, value in changes.items():
        text = _rewrite_key(text, place, key, value)
    if read_toml(text)[0] != wanted:
        raise ValueError("the file is written in a way that cannot be changed safely")
    return text


class _Line(Struct, frozen=True):
    """A statement below the header of the table, with the lines it takes, counted from 0."""

    first: int
    last: int
    text: str
    key: tuple[str, ...]
    """Empty for the header itself."""


def _rewrite_key(text: str, place: Place, key: str, value: Value) -> str:
    lines = text.split("\n")
    found = list(_lines_of(text, place))
    if not found:
        return _rewrite_inline(text, place, key, value)
    holder = next((line for line in found if line.key == (key,)), None)
    if holder and value is None:
        del lines[holder.first : holder.last + 1]
    elif holder:
        _replace(lines, holder, _assign(holder.text, key, value))
    elif value is not None:
        _insert(lines, found[-1], _dump(key, value))
    return "\n".join(lines)


def _replace(lines: list[str], line: _Line, written: str) -> None:
    end = "\r" if lines[line.first].endswith("\r") else ""
    lines[line.first : line.last + 1] = [part + end for part in written.split("\n")]


def _insert(lines: list[str], after: _Line, written: str) -> None:
    """Add a line with the indentation and the line end of the one before; a file without a last line end gets one."""
    before = lines[after.last]
    indent = after.text[: len(after.text) - len(after.text.lstrip(" \t"))]
    end = "\r" if before.endswith("\r") or (after.last and lines[after.last - 1].endswith("\r")) else ""
    if after.last == len(lines) - 1:
        lines[after.last] = before.removesuffix("\r") + end
        lines += [indent + written + end, ""]
    else:
        lines.insert(after.last + 1, indent + written + end)


def _lines_of(text: str, place: Place) -> Iterator[_Line]:
    """Yield the header of the table and each key below it."""
    here: list[str | int] = []
    counts: dict[tuple[str | int, ...], int] = {}
    for statement in read_statements(text):
        stripped = statement.text.lstrip(" \t")
        first = statement.line - 1
        last = first + statement.text.count("\n")
        if stripped.startswith("["):
            here = resolve_header(key_path(statement.value or {}), stripped.startswith("[["), counts)
            if tuple(here) == place:
                yield _Line(first, last, statement.text, ())
        elif tuple(here) == place and (matched := KEY_VALUE.match(statement.text)):
            yield _Line(first, last, statement.text, key_path(read_toml(f"{matched[1]} = 0")[0] or {}))


def resolve_header(path: tuple[str, ...], is_listed: bool, counts: dict[tuple[str | int, ...], int]) -> list[str | int]:
    """Return where a header stands, with the number of each list on the way; a ``[[list]]`` begins another table."""
    here: list[str | int] = []
    for depth, part in enumerate(path):
        here.append(part)
        is_last = depth == len(path) - 1
        if is_last and is_listed:
            counts[tuple(here)] = counts.get(tuple(here), -1) + 1
        if tuple(here) in counts and (is_listed or not is_last):
            here.append(counts[tuple(here)])
    return here


def _rewrite_inline(text: str, place: Place, key: str, value: Value) -> str:
    """Change a table that is written inside a value: ``people = [{ name = "Ada" }]``."""

    def change(table: Any) -> None:
        if value is None:
            table.pop(key, None)
        else:
            set_value(table, key, value)

    return change_inline(text, place, change)


def change_inline(text: str, place: Place, change: Callable[[Any], None]) -> str:
    """Have ``change`` change what is written inside a value: a list, or a table of it.

    Raises ``ValueError`` when it is not written so.
    """
    import tomlkit

    for end in range(len(place), 0, -1):
        name, above = place[end - 1], place[: end - 1]
        holder = _find_holder(text, above, str(name)) if isinstance(name, str) else None
        if holder is None:
            continue
        document: Any = tomlkit.parse(holder.text)
        node = document[name]
        for part in place[end:]:
            node = node[part]
        change(node)
        lines = text.split("\n")
        _replace(lines, holder, tomlkit.dumps(document))
        return "\n".join(lines)
    raise ValueError("the file is written in a way that cannot be changed safely")


def _find_holder(text: str, above: Place, key: str) -> _Line | None:
    if above:
        return next((line for line in _lines_of(text, above) if line.key == (key,)), None)
    for statement in read_statements(text):
        if statement.text.lstrip(" \t").startswith("["):
            return None
        if KEY_VALUE.match(statement.text) and key_path(statement.value or {})[:1] == (key,):
            first = statement.line - 1
            return _Line(first, first + statement.text.count("\n"), statement.text, (key,))
    return None


def _with_changes(document: Mapping[str, Any], place: Place, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of the document with the table changed. Raises ``ValueError`` when there is none."""
    head, *rest = place
    try:
        inner = document[str(head)]
        if not rest:
            return apply_changes(document, {str(head): changes})
        number, *below = rest
        copied = list(inner)
        table = copied[int(number)]
        copied[int(number)] = _with_changes(table, tuple(below), changes) if below else apply_changes(table, changes)
    except (LookupError, TypeError):
        raise ValueError("the file has no such entry") from None
    return {**document, str(head): copied}


def _assign(old: str, key: str, value: Value) -> str:
    import tomlkit

    document: Any = tomlkit.parse(old)
    set_value(document, key, value)
    return tomlkit.dumps(document)


def _dump(key: str, value: Value) -> str:
    import tomlkit

    return tomlkit.dumps({key: value}).rstrip("\n")
