"""A facts file as its lines, with the statements found in them: single ones are replaced, all other lines stay.

Every line keeps its own end, CRLF, LF or none; a line that is added ends like the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from followup_mail.facts.statements import KEY_VALUE, key_path, read_statements, read_toml

Path = tuple[str, ...]
"""Keys from the top of the file: ``("outcome", "status")``."""

_TOP: Final = -1


@dataclass(frozen=True, slots=True)
class Item:
    """One statement, a key or the header of a table, and the lines it takes."""

    first: int
    """The number of its first line, counted from 0."""
    last: int
    text: str
    """As it stands, without the end of its last line; the others end with LF here."""
    table: Path
    """What it stands below; for a header, what it opens."""
    key: Path
    """What stands before the ``=``; empty for a header."""
    listed: bool
    """True below a ``[[list]]``, of which there may be several with one path."""

    @property
    def path(self) -> Path:
        return (*self.table, *self.key)


class TakenApart:
    """A file without faults, taken apart. Changes are noted, and made by ``put_together``."""

    def __init__(self, text: str) -> None:
        self._lines = _split(text)
        self._items = tuple(_read_items(text))
        self._texts: dict[int, str] = {}
        self._added: dict[int, list[str]] = {}
        self._tables: dict[str, list[str]] = {}

    def holders(self, path: Path) -> tuple[Item, ...]:
        """Return the statements that hold ``path``: its own, one whose inline table it is in, or those below it."""
        keys = (one for one in self._items if one.key and not one.listed)
        return tuple(one for one in keys if all(mine == its for mine, its in zip(path, one.path, strict=False)))

    def last_under(self, table: Path) -> Item | None:
        """Return the last statement below the header of ``table``, which may be the header itself."""
        return next((one for one in reversed(self._items) if one.table == table and not one.listed), None)

    def last_dotted(self, table: Path) -> Item | None:
        """Return the last statement at the top that is written like ``outcome.status = ...``; None for the top."""
        size = len(table)
        dotted = (one for one in reversed(self._items) if not one.table and one.key[:size] == table)
        return next(dotted, None) if table else None

    def text_of(self, item: Item) -> str:
        """Return a statement as it stands after the changes so far."""
        return self._texts.get(item.first, item.text)

    def replace(self, item: Item, text: str) -> None:
        """Put ``text`` in place of a statement; an empty text removes its lines."""
        self._texts[item.first] = text

    def add_after(self, item: Item, text: str) -> None:
        """Add a statement behind ``item``, as far from the margin."""
        indent = item.text[: len(item.text) - len(item.text.lstrip(" \t"))]
        self._added.setdefault(item.last, []).append(indent + text)

    def add_on_top(self, text: str) -> None:
        """Add a statement before everything else."""
        self._added.setdefault(_TOP, []).append(text)

    def add_table(self, header: str, text: str) -> None:
        """Add a statement to the new table ``header`` at the end of the file."""
        self._tables.setdefault(header, []).append(text)

    def put_together(self) -> str:
        """Return the file with all changes made."""
        written = _Written(self._lines)
        items = {one.first: one for one in self._items if one.first in self._texts}
        written.add(self._added.get(_TOP, []))
        at = 0
        while at < len(self._lines):
            item = items.get(at)
            end = item.last + 1 if item else at + 1
            if item:
                written.replace(self._lines[at:end], self._texts[at])
            else:
                written.lines.append(self._lines[at])
            for line in range(at, end):
                written.add(self._added.get(line, []))
            at = end
        for header, texts in self._tables.items():
            is_apart = not written.lines or not written.lines[-1][0].strip()
            written.add([*([] if is_apart else [""]), header, *texts])
        return "".join(text + end for text, end in written.lines)


class _Written:
    """The lines of the new file, each with its end."""

    def __init__(self, before: list[tuple[str, str]]) -> None:
        self.lines: list[tuple[str, str]] = []
        self._usual = next((end for _, end in before if end), "\n")

    def add(self, texts: list[str]) -> None:
        """Add lines that end like the one before. A file that ends without a line end still does."""
        for text in texts:
            end = self._usual
            if self.lines:
                last, its_end = self.lines[-1]
                ends = [one for _, one in self.lines[-2:] if one]
                self.lines[-1] = (last, its_end or (ends[-1] if ends else self._usual))
                end = its_end
            self.lines.append((text, end))

    def replace(self, before: list[tuple[str, str]], text: str) -> None:
        """Write a statement in place of its lines; each line that it still has keeps its end."""
        texts = text.split("\n") if text else []
        ends = [end for _, end in before]
        if len(texts) != len(before):
            ends = [*[ends[0]] * (len(texts) - 1), ends[-1]]
        self.lines += zip(texts, ends, strict=False)


def _split(text: str) -> list[tuple[str, str]]:
    """Return each line and how it ends. A CR alone ends no line: TOML refuses it."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    cut = ((line.removesuffix("\n").removesuffix("\r"), line) for line in lines if line)
    return [(content, line[len(content) :]) for content, line in cut]


def _read_items(text: str) -> Iterator[Item]:
    table: Path = ()
    is_listed = False
    for statement in read_statements(text):
        key: Path = ()
        if statement.text.lstrip(" \t").startswith("["):
            table = key_path(statement.value or {})
            is_listed = statement.text.lstrip(" \t").startswith("[[")
        elif matched := KEY_VALUE.match(statement.text):
            key = key_path(read_toml(f"{matched[1]} = 0")[0] or {})
        first = statement.line - 1
        yield Item(first, first + statement.text.count("\n"), statement.text, table, key, is_listed)
