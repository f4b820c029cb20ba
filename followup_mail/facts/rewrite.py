"""Changes to a facts file that keep every line outside the changed keys as it is, byte for byte.

A library that reads the whole file and writes it again moves tables when one interrupts a list, and makes all line
ends the same. So each change replaces the lines of one statement, or adds a line; tomlkit rewrites only that statement,
so that its key, indentation and comment stay. Finally the result is read again and compared with what it should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import Enum
from typing import Any

from msgspec import Struct

from followup_mail.facts.moments import write_span
from followup_mail.facts.statements import KEY_VALUE, key_path, read_statements, read_toml

Changes = Mapping[str, Any]
"""Keys with their new values; None removes a key, a mapping changes the table of that name."""
KeyPath = tuple[str, ...]
"""Keys from the top of the file: ``("outcome", "status")``."""


def rewrite(text: str, changes: Changes) -> str:
    """Return ``text``, a file without mistakes, with ``changes`` made.

    Raises ``ValueError`` when that is not possible without touching anything else.
    """
    before, _ = read_toml(text)
    if before is None:
        raise ValueError("the file is not TOML")
    wanted = apply_changes(before, changes)
    # Keys at the top come before tables, and removing comes last: the place of a new key depends on the keys around it.
    in_order = sorted(_single_changes(before, changes), key=lambda change: (change[1] is None, len(change[0])))
    for path, value in in_order:
        lines = _FileLines(text)
        if value is None:
            _remove(lines, path, keeps_table=wanted.get(path[0]) == {})
        elif holders := lines.holders(path):
            lines.replace(holders[0], _with_value(holders[0], path, value))
        else:
            _add(lines, path, value)
        text = lines.text()
    if read_toml(text)[0] != wanted:
        raise ValueError("the file is written in a way that cannot be changed safely")
    return text


def apply_changes(document: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """Return a copy of ``document`` with ``changes`` made. A new table without keys is left out."""
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


class _Item(Struct, frozen=True):
    """A statement, which is a key with its value or the header of a table, and the lines it takes."""

    first: int
    """The number of its first line, counted from 0."""
    last: int
    text: str
    """Without the end of its last line; its other lines end with LF here."""
    table: KeyPath
    """The table it belongs to; for a header, the table that it opens."""
    key: KeyPath
    """What is written before the ``=``; empty for a header."""
    listed: bool
    """True below a ``[[list]]``: several tables may have the same path there."""

    @property
    def path(self) -> KeyPath:
        return (*self.table, *self.key)


class _FileLines:
    """The lines of a file, each with its own end (CRLF, LF or none), and the statements in them."""

    def __init__(self, text: str) -> None:
        self._lines = [_split_end(line) for line in text.split("\n")]
        last, _ = self._lines.pop()
        self._lines += [(last, "")] if last else []
        self._items = tuple(_read_items(text))

    def text(self) -> str:
        """Return the file with all changes made."""
        return "".join(content + end for content, end in self._lines)

    def holders(self, path: KeyPath) -> tuple[_Item, ...]:
        """Return the statements that set ``path``, an inline table around it, or keys below it."""
        keys = (item for item in self._items if item.key and not item.listed)
        return tuple(item for item in keys if all(mine == its for mine, its in zip(path, item.path, strict=False)))

    def last_under(self, table: KeyPath) -> _Item | None:
        """Return the last statement below the header of ``table``, or the header itself."""
        return next((item for item in reversed(self._items) if item.table == table and not item.listed), None)

    def last_dotted(self, table: KeyPath) -> _Item | None:
        """Return the last statement at the top of the file that is written like ``outcome.status = ...``."""
        dotted = (item for item in reversed(self._items) if not item.table and item.key[: len(table)] == table)
        return next(dotted, None) if table else None

    def replace(self, item: _Item, text: str) -> None:
        """Write ``text`` instead of a statement; an empty text removes its lines. Statements above stay valid."""
        texts = text.split("\n") if text else []
        ends = [end for _, end in self._lines[item.first : item.last + 1]]
        if len(texts) != len(ends):
            ends = [*[ends[0]] * (len(texts) - 1), ends[-1]]
        self._lines[item.first : item.last + 1] = zip(texts, ends, strict=False)

    def add_after(self, item: _Item, text: str) -> None:
        """Add a statement after another, with the same indentation."""
        indent = item.text[: len(item.text) - len(item.text.lstrip(" \t"))]
        self._insert(item.last + 1, indent + text)

    def add_on_top(self, text: str) -> None:
        """Add a statement before everything else."""
        self._insert(0, text)

    def add_table(self, header: str, text: str) -> None:
        """Add a table with a statement at the end of the file, after an empty line."""
        is_apart = not self._lines or not self._lines[-1][0].strip()
        for line in (*([] if is_apart else [""]), header, text):
            self._insert(len(self._lines), line)

    def _insert(self, at: int, text: str) -> None:
        """Insert a line that ends like the line before. A file that ends without a line end still does."""
        usual = next((end for _, end in self._lines if end), "\n")
        if at == 0:
            self._lines.insert(0, (text, usual))
            return
        before, end = self._lines[at - 1]
        nearest = next((its for _, its in reversed(self._lines[max(at - 2, 0) : at]) if its), usual)
        self._lines[at - 1 : at] = [(before, end or nearest), (text, end)]


def _split_end(line: str) -> tuple[str, str]:
    """Return a line and how it ends. A CR alone does not end a line: TOML refuses it."""
    content = line.removesuffix("\r")
    return content, f"{line[len(content) :]}\n"


def _read_items(text: str) -> Iterator[_Item]:
    table: KeyPath = ()
    is_listed = False
    for statement in read_statements(text):
        key: KeyPath = ()
        if statement.text.lstrip(" \t").startswith("["):
            table = key_path(statement.value or {})
            is_listed = statement.text.lstrip(" \t").startswith("[[")
        elif matched := KEY_VALUE.match(statement.text):
            key = key_path(read_toml(f"{matched[1]} = 0")[0] or {})
        first = statement.line - 1
        yield _Item(first, first + statement.text.count("\n"), statement.text, table, key, is_listed)


def _single_changes(document: Mapping[str, Any], changes: Changes) -> Iterator[tuple[KeyPath, Any]]:
    """Yield the path and the new value of each key that is not yet as it should be; None removes it."""
    for name, given in changes.items():
        there = document.get(name)
        values = given if isinstance(given, Mapping) else {"": given}
        table = there if isinstance(there, Mapping) and isinstance(given, Mapping) else {"": there}
        for key, item in values.items():
            value = None if item is None else _plain(item)
            old = table.get(key)
            if value != old or type(value) is not type(old):
                yield (name, key) if key else (name,), value


def _remove(lines: _FileLines, path: KeyPath, *, keeps_table: bool) -> None:
    """Remove a key. If only its keys made its table, the last leaves an empty table (``keeps_table``)."""
    holders, siblings = lines.holders(path), lines.holders(path[:1])
    is_table_lost = keeps_table and holders == siblings and not lines.last_under(path[:1])
    for item in reversed(holders):
        if len(item.path) < len(path):
            lines.replace(item, _with_value(item, path, None))
        else:
            lines.replace(item, f"{path[0]} = {{}}" if is_table_lost and item is holders[0] else "")


def _add(lines: _FileLines, path: KeyPath, value: Any) -> None:
    table, assigned = path[:-1], _dump({path[-1]: value})
    if under_header := lines.last_under(table):
        lines.add_after(under_header, assigned)
    elif dotted := lines.last_dotted(table):
        lines.add_after(dotted, f"{table[0]}.{assigned}")
    elif table:
        lines.add_table(_dump({table[0]: {}}), assigned)
    else:
        lines.add_on_top(assigned)


def _with_value(item: _Item, path: KeyPath, value: Any) -> str:
    """Return a statement with another value of ``path``, or without it; the statement sets it or a table around it."""
    import tomlkit

    document: Any = tomlkit.parse(item.text)
    *above, key = (*item.key, *path[len(item.path) :])
    table = document
    for part in above:
        table = table[part]
    if value is None:
        table.pop(key, None)
    else:
        set_value(table, key, value)
    return tomlkit.dumps(document)


def set_value(table: Any, key: str, value: Any) -> None:
    """Set a key of a table of tomlkit. A list that only grows or shrinks keeps its lines and the remarks in it."""
    there = table.get(key)
    if not isinstance(there, list) or not isinstance(value, list) or not there:
        table[key] = _as_written(value)
        return
    known = list(there)
    kept = [item for item in known if item in value]
    if kept != value[: len(kept)] or not kept:
        table[key] = value
        return
    for at in reversed(range(len(known))):
        if known[at] not in value:
            del there[at]
    for item in value[len(kept) :]:
        there.append(item)


def _dump(values: Mapping[str, Any]) -> str:
    import tomlkit

    return tomlkit.dumps({key: _as_written(value) for key, value in values.items()}).rstrip("\n")


def _as_written(value: Any) -> Any:
    """Return a value as it should look: a text of several lines keeps them."""
    import tomlkit

    has_lines = isinstance(value, str) and "\n" in value and "\r" not in value
    return tomlkit.string(value, multiline=True) if has_lines else value


def _plain(value: object) -> Any:
    """Return a value in the types that TOML has."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, timedelta):
        return write_span(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value
