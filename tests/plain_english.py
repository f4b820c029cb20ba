"""Every text that a user or a reader of the code sees, room by room: messages, help texts, docstrings, comments, pages.

``python tests/plain_english.py`` prints the messages, for reading them aloud; with names of rooms, only theirs;
with ``--all``, docstrings and comments too.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "followup_mail"
PAGES: Final = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", ".env.example", "docs/*.md")
LIST: Final = Path(__file__).with_name("plain_english.toml")
MESSAGE, DOCSTRING, COMMENT, PAGE = "message", "docstring", "comment", "page"
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_CODE: Final = re.compile(r"^```.*?^```$|``[^`\n]+``|`[^`\n]*[_./=()<>\[\]][^`\n]*`", re.DOTALL | re.MULTILINE)
_NOT_PROSE: Final = re.compile(r"\(\?[:!=<Pi]|\\[bdswAZ]|\[\^|\)\*|^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA)\b")
_FOREIGN_CALLS: Final = frozenset({"Sample", "word_set", "frozenset"})
"""Calls whose texts are data: example mails that are bad on purpose, and lists of words."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text with its place."""

    path: Path
    line: int
    kind: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}"


@dataclass(frozen=True, slots=True)
class Slip:
    """A phrase in a text that the list names."""

    place: str
    words: str
    instead: str

    def __str__(self) -> str:
        return f"{self.place}: '{self.words}' -> {self.instead}"


def rooms() -> list[str]:
    """Return the name of each room: the folders and single modules of the package, then templates and pages."""
    inside = {path.name.removesuffix(".py") for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}
    return [*sorted(name for name in inside if name != "__pycache__"), "start", "templates", "pages"]


@cache
def texts_of(room: str) -> tuple[Text, ...]:
    """Return every text of a room, in the order of files and lines."""
    if room == "pages":
        paths = sorted(path for pattern in PAGES for path in ROOT.glob(pattern))
        return tuple(Text(path, 1, PAGE, path.read_text("utf-8")) for path in paths)
    if room == "templates":
        return tuple(Text(path, 1, PAGE, path.read_text("utf-8")) for path in sorted(ROOT.glob("templates/*/*.txt")))
    if room == "start":
        return tuple(_texts_of_python(ROOT / "start.py"))
    single = PACKAGE / f"{room}.py"
    modules = [single] if single.exists() else sorted((PACKAGE / room).rglob("*.py"))
    found = [text for path in modules for text in _texts_of_python(path)]
    return (*found, *(text for path in sorted((PACKAGE / room).rglob("*.toml")) for text in _texts_of_toml(path)))


def find_slips(section: str, texts: Iterable[Text]) -> list[Slip]:
    """Return each phrase of a section of the list that is in ``texts``, in the order of the texts."""
    return [slip for text in texts for slip in _slips_in(text, _patterns(section))]


def find_loops_over_one(room: str) -> list[str]:
    """Return each place where code calls an item ``one``: in a loop, a comprehension, or a lambda."""
    single = PACKAGE / f"{room}.py"
    modules = [single] if single.exists() else sorted((PACKAGE / room).rglob("*.py"))
    return [f"{path.relative_to(ROOT)}:{line}" for path in modules for line in _lines_with_one(path)]


def _lines_with_one(path: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[ast.AST] = []
        if isinstance(node, ast.For | ast.comprehension):
            names = list(ast.walk(node.target))
        elif isinstance(node, ast.Lambda):
            names = list(node.args.args)
        for name in names:
            called = name.id if isinstance(name, ast.Name) else getattr(name, "arg", "")
            if called in {"one", "ones"}:
                yield getattr(name, "lineno", 0)


@cache
def _patterns(section: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    phrases = tomllib.loads(LIST.read_text("utf-8"))[section]
    return tuple(
        (re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE | re.MULTILINE), instead)
        for pattern, instead in phrases.items()
    )


def _slips_in(text: Text, patterns: Iterable[tuple[re.Pattern[str], str]]) -> Iterator[Slip]:
    prose = _CODE.sub(lambda found: re.sub(r"[^\n`]", "x", found[0]), text.text)
    for pattern, instead in patterns:
        for found in pattern.finditer(prose):
            line = text.line + text.text.count("\n", 0, found.start())
            yield Slip(f"{text.path.relative_to(ROOT)}:{line}", " ".join(found[0].split()), instead)


def _texts_of_python(path: Path) -> Iterator[Text]:
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    found = [*_strings(tree, path), *_comments(source, path)]
    yield from sorted(found, key=lambda text: text.line)


def _strings(tree: ast.Module, path: Path) -> Iterator[Text]:
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Call) and _is_data(node):
            skipped |= {id(inner) for inner in ast.walk(node)}
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            skipped.add(id(node.value))
            yield Text(path, node.lineno, DOCSTRING, node.value.value)
        elif isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in node.values if isinstance(part, ast.Constant)}
            yield from _message(path, node.lineno, "".join(map(_written, node.values)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _message(path, node.lineno, node.value)


def _is_data(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    is_pattern = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "re"
    return is_pattern or name in _FOREIGN_CALLS


def _message(path: Path, line: int, text: str) -> Iterator[Text]:
    if len(_WORD.findall(re.sub(r"\{[^}]*\}", "", text))) > 2 and " " in text.strip() and not _NOT_PROSE.search(text):
        yield Text(path, line, MESSAGE, text)


def _written(part: ast.expr) -> str:
    """Return a part of an f-string as it is written, what is filled in between braces."""
    if isinstance(part, ast.FormattedValue):
        return f"{{{ast.unparse(part.value)}}}"
    return str(part.value) if isinstance(part, ast.Constant) else ""


def _comments(source: str, path: Path) -> Iterator[Text]:
    """Yield the comments; those on lines that follow each other are one text."""
    tokens = [
        (token.start[0], token.string.lstrip("#: ").strip(), token.line.lstrip().startswith("#"))
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and not token.string.startswith(("# noqa", "# type:", "# ruff:"))
    ]
    for _, block in groupby(enumerate(tokens), key=lambda item: (item[1][0] - item[0], item[1][2])):
        lines = [token for _, token in block]
        yield Text(path, lines[0][0], COMMENT, "\n".join(text for _, text, _ in lines))


def _texts_of_toml(path: Path) -> Iterator[Text]:
    source = path.read_text("utf-8")
    for number, line in enumerate(source.split("\n"), start=1):
        if line.lstrip().startswith("#"):
            yield Text(path, number, COMMENT, line.lstrip("# "))
    for value in _toml_texts(tomllib.loads(source)):
        first = value.split("\n")[0][:30]
        line = source.count("\n", 0, max(source.find(first), 0)) + 1
        yield from _message(path, line, value)


def _toml_texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for item in node.values() if isinstance(node, dict) else node:
            yield from _toml_texts(item)


def main() -> None:
    parser = argparse.ArgumentParser(description="Print every message that a user can see, room by room.")
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"one or more of: {', '.join(rooms())}")
    parser.add_argument("--all", action="store_true", help="print docstrings and comments too")
    given = parser.parse_args()
    for room in given.rooms or rooms():
        print(f"\n# {room}\n")
        for text in texts_of(room):
            if given.all or text.kind in {MESSAGE, PAGE}:
                print(f"{text.place}: {' '.join(text.text.split())}")


if __name__ == "__main__":
    main()
