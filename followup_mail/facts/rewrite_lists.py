"""Tables added to the lists of a facts file, and taken out of them; every other line stays as it is.

A table goes with the remarks that stand right below its keys, up to the next empty line: the form has examples there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from followup_mail.facts.alignment import is_table_list
from followup_mail.facts.rewrite_listed import Place, change_inline, resolve_header
from followup_mail.facts.statements import key_path, read_statements


class _Section(Struct, frozen=True):
    """A header with the keys below it, as lines counted from 0; remarks right below belong to it."""

    place: Place
    first: int
    last: int


def add_listed(text: str, place: Place, table: Mapping[str, Any]) -> str:
    """Return ``text`` with a table more, which is then at ``place``: ``("interviews", 0, "people", 2)``.

    Raises ``ValueError`` when the list is written in a way that cannot be changed safely.
    """
    *above, at = place
    sections = list(_sections(text))
    siblings = [section for section in sections if _is_in(section, (*above, 0))]
    if not siblings and _is_written(text, tuple(above)):
        return change_inline(text, tuple(above), lambda tables: tables.insert(at, _as_inline(table)))
    lines = text.split("\n")
    if isinstance(at, int) and at > 0:
        after = max(section.last for section in sections if _is_in(section, (*above, at - 1)))
    elif siblings:
        after = min(section.first for section in siblings) - 1
    elif len(above) > 1:
        *holder, key = above
        written = [section.last for section in sections if section.place == tuple(holder)]
        if not written:
            return change_inline(text, tuple(holder), lambda inline: inline.update({key: [_as_inline(table)]}))
        after = max(written)
    else:
        after = _last_line(lines)
    _insert(lines, after, list(_written(tuple(above), table)))
    return "\n".join(lines)


def remove_listed(text: str, place: Place) -> str:
    """Return ``text`` without a table of a list, and without the tables in it. Raises ``ValueError`` as above."""
    sections = [section for section in _sections(text) if _is_in(section, place)]
    if not sections:
        *above, at = place
        return change_inline(text, tuple(above), lambda tables: tables.__delitem__(at))
    lines = text.split("\n")
    for section in reversed(sections):
        first, last = section.first, section.last
        is_apart = first == 0 or not lines[first - 1].strip()
        while is_apart and last + 1 < len(lines) - 1 and not lines[last + 1].strip():
            last += 1
        del lines[first : last + 1]
    return "\n".join(lines)


def _is_in(section: _Section, place: Place) -> bool:
    return section.place[: len(place)] == place


def _sections(text: str) -> Iterator[_Section]:
    counts: dict[tuple[str | int, ...], int] = {}
    lines = text.split("\n")
    found: tuple[Place, int] | None = None
    last = 0
    for statement in read_statements(text):
        stripped = statement.text.lstrip(" \t")
        if stripped.startswith("["):
            if found:
                yield _Section(*found, _with_remarks(lines, last))
            place = tuple(resolve_header(key_path(statement.value or {}), stripped.startswith("[["), counts))
            found = place, statement.line - 1
        last = statement.line - 1 + statement.text.count("\n")
    if found:
        yield _Section(*found, _with_remarks(lines, last))


def _with_remarks(lines: list[str], last: int) -> int:
    """Return the last of the remarks right below a line; those that stand right above a header belong to that."""
    at = last
    while at + 1 < len(lines) and lines[at + 1].lstrip(" \t").startswith("#"):
        at += 1
    is_above_header = at + 1 < len(lines) and lines[at + 1].lstrip(" \t").startswith("[")
    return last if is_above_header else at


def _is_written(text: str, place: Place) -> bool:
    """Return whether there is a list at a place: then it is written as a value."""
    from followup_mail.facts.statements import read_toml

    node: Any = read_toml(text)[0]
    try:
        for part in place:
            node = node[part]
    except (LookupError, TypeError):
        return False
    return isinstance(node, list)


def _last_line(lines: list[str]) -> int:
    return next((at for at in reversed(range(len(lines))) if lines[at].strip()), -1)


def _insert(lines: list[str], after: int, written: list[str]) -> None:
    """Insert lines after another, with an empty line before and after them, and the line ends of the file."""
    end = "\r" if any(line.endswith("\r") for line in lines) else ""
    added = [line + end for line in written]
    if after >= 0 and lines[after].strip():
        if not lines[after].endswith(end):
            lines[after] += end
        added.insert(0, end)
    if after + 1 < len(lines) - 1 and lines[after + 1].strip():
        added.append(end)
    elif after + 1 >= len(lines):
        added.append("")
    lines[after + 1 : after + 1] = added


def _written(path: Place, table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a table, and those of the lists in it."""
    import tomlkit

    header = tuple(part for part in path if isinstance(part, str))
    yield f"[[{'.'.join(header)}]]"
    inner = {key: value for key, value in table.items() if is_table_list(value)}
    for key, value in table.items():
        if key not in inner and value not in ([], {}):
            yield tomlkit.dumps({key: value}).rstrip("\n")
    for key, tables in inner.items():
        for item in tables:
            yield ""
            yield from _written((*header, key), item)


def _as_inline(table: Mapping[str, Any]) -> Any:
    import tomlkit

    inline = tomlkit.inline_table()
    inline.update(dict(table))
    return inline
