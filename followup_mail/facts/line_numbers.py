"""Which line of a facts file each key stands on, and what can still be read of a file with faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from msgspec import Struct

from followup_mail.facts.statements import (
    BROKEN_HEADER,
    KEY_VALUE,
    TOO_DEEP,
    Statement,
    key_path,
    read_statements,
    read_toml,
)
from followup_mail.facts.toml_diagnosis import diagnose

LinePlace = tuple[str | int, ...]
"""A path in the document: ``("interviews", 0, "people", 1, "email")``."""

# Facts nest four deep; deeper places are reported at their parent.
_DEPTH: Final = 8


class Fault(Struct, frozen=True):
    """One thing wrong with the file as TOML."""

    line: int
    where: LinePlace
    wrong: str
    right: str = ""


@dataclass(slots=True)
class Scan:
    """What was found in a file: a document of all that could be read, the line of each key, and the faults."""

    document: dict[str, Any] = field(default_factory=dict)
    lines: dict[LinePlace, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: set[LinePlace] = field(default_factory=set)
    """Keys that are there although their value could not be read."""

    def line_of(self, where: LinePlace) -> int:
        """Return the line of ``where``, or of the nearest table or list around it; 0 when there is none."""
        return next((self.lines[path] for end in range(len(where), 0, -1) for path in self._paths(where[:end])), 0)

    def has(self, where: LinePlace) -> bool:
        """Return whether this key stands in the file."""
        return any(self._paths(where))

    def _paths(self, where: LinePlace) -> Iterator[LinePlace]:
        # [interviews] instead of [[interviews]] is read as the first of them, and has no number in the file.
        return (path for path in (where, tuple(part for part in where if part != 0)) if path in self.lines)


def scan(text: str) -> Scan:
    """Read what can be read of ``text``. No faults means that tomllib takes it whole."""
    whole, error = read_toml(text)
    reader = _Reader()
    if error != TOO_DEEP or text.count("\n") < 2_000:
        for statement in read_statements(text):
            reader.take(statement)
    found = reader.found
    if whole is not None:
        found.document, found.faults = whole, []
    elif not found.faults:
        # What only the whole shows, e.g. a table that was closed being opened again.
        told = re.search(r"at line (\d+)", error)
        found.faults.append(Fault(int(told[1]) if told else 0, (), *diagnose("", error)))
    return found


class _Reader:
    """Puts statements together as TOML means them, going on after each fault."""

    def __init__(self) -> None:
        self.found = Scan()
        self.table: dict[str, Any] | None = self.found.document
        self.base: LinePlace = ()
        self.headers: set[LinePlace] = set()

    def take(self, statement: Statement) -> None:
        if statement.text.lstrip(" \t").startswith("["):
            self._take_header(statement)
        elif statement.value is None:
            self._take_fault(statement)
        elif self.table is not None:
            self._merge(self.table, statement.value, statement)

    def _take_fault(self, statement: Statement) -> None:
        key = KEY_VALUE.match(statement.text)
        parsed = read_toml(f"{key[1]} = 0")[0] if key else None
        where = (*self.base, *key_path(parsed)) if parsed else self.base
        if parsed:
            self.found.lines.setdefault(where, statement.line)
            self.found.unread.add(where)
        wrong, right = diagnose(statement.text, statement.error)
        # A list that is never closed fails where the next statement begins, but is mended where it opens.
        line = statement.line if wrong.startswith("opens") else statement.error_line
        self.found.faults.append(Fault(line, where, wrong, right))

    def _take_header(self, statement: Statement) -> None:
        value, text = statement.value, statement.text
        is_list = text.lstrip().startswith("[[")
        if value is None:
            self.found.faults.append(Fault(statement.line, (), *diagnose(text, statement.error)))
            guess = BROKEN_HEADER.match(text)
            value = read_toml(f"[{guess[1]}]")[0] if guess else None
            is_list = is_list or "]]" in text
        if value is None:
            self.table = None
            return
        self._open(key_path(value), is_list, statement.line)

    def _open(self, path: tuple[str, ...], is_list: bool, line: int) -> None:
        """Make the table of a header the current one, with the tables around it."""
        node: Any = self.found.document
        where: LinePlace = ()
        for part in path[:-1]:
            node, where = node.setdefault(part, {}), (*where, part)
            if isinstance(node, list) and node and isinstance(node[-1], dict):
                node, where = node[-1], (*where, len(node) - 1)
            if not isinstance(node, dict):
                self._refuse(path, line)
                return
        here = node.setdefault(path[-1], [] if is_list else {})
        where = (*where, path[-1])
        self.found.lines.setdefault(where, line)
        if isinstance(here, list) and (not here or isinstance(here[-1], dict)):
            if not is_list:
                name = ".".join(path)
                fault = f"[{name}] after [[{name}]] would be another kind of table", f"write [[{name}]] for each entry"
                self.found.faults.append(Fault(line, (), *fault))
            here.append({})
            where, here = (*where, len(here) - 1), here[-1]
        elif is_list or not isinstance(here, dict):
            self._refuse(path, line)
            return
        if where in self.headers:
            fault = f"[{'.'.join(path)}] is there twice, first in line {self.found.lines[where]}", "put all under one"
            self.found.faults.append(Fault(line, (), *fault))
        self.headers.add(where)
        self.found.lines.setdefault(where, line)
        self.table, self.base = here, where

    def _refuse(self, path: tuple[str, ...], line: int) -> None:
        self.table = None
        wrong = f"[{'.'.join(path)}] cannot begin here: part of that name already has a value of another kind"
        self.found.faults.append(Fault(line, (), wrong, "write it in one form only, [...] or [[...]]"))

    def _merge(self, table: dict[str, Any], given: dict[str, Any], statement: Statement) -> None:
        pending: list[tuple[dict[str, Any], dict[str, Any], LinePlace]] = [(table, given, self.base)]
        while pending:
            target, source, base = pending.pop()
            for key, value in source.items():
                where = (*base, key)
                if key not in target:
                    target[key] = value
                    self._note_lines(value, where, statement)
                elif isinstance(value, dict) and isinstance(target[key], dict) and len(where) < _DEPTH:
                    pending.append((target[key], value, where))
                else:
                    wrong = f"is there twice, first in line {self.found.line_of(where)}"
                    self.found.faults.append(Fault(statement.line, where, wrong, "keep one of them"))

    def _note_lines(self, value: object, where: LinePlace, statement: Statement) -> None:
        self.found.lines[where] = statement.line
        inner = _lines_of_items(value, statement) if isinstance(value, list) else {}
        pending = [(value, where, statement.line)]
        while pending:
            node, base, line = pending.pop()
            if len(base) >= _DEPTH or not isinstance(node, dict | list):
                continue
            for key, item in node.items() if isinstance(node, dict) else enumerate(node):
                its_line = inner.get(key, line) if base == where else line
                self.found.lines[(*base, key)] = its_line
                pending.append((item, (*base, key), its_line))


def _lines_of_items(items: list[Any], statement: Statement) -> dict[Any, int]:
    """Return the line of each item of a list that is spread over lines, when each line holds whole items."""
    lines = statement.text.split("\n")
    opened = KEY_VALUE.match(lines[0])
    if len(lines) == 1 or not opened or not opened[2].startswith("["):
        return {}
    lines[0] = opened[2][1:]
    lines[-1] = lines[-1].rpartition("]")[0]
    places: list[int] = []
    for offset, line in enumerate(lines):
        part = read_toml(f"items = [{line}\n]")[0]
        if part is None:
            return {}
        places += [statement.line + offset] * len(part["items"])
    return dict(enumerate(places)) if len(places) == len(items) else {}
