"""The code keeps its shape: one-way imports, small modules, small functions."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

import followup_mail

PACKAGE = Path(followup_mail.__file__).parent
MODULE_LIMIT = 300
FUNCTION_LIMIT = 40


def test_rooms_import_only_rooms_below_them(capsys: pytest.CaptureFixture[str]) -> None:
    """Every contract about imports in pyproject.toml is kept."""
    code = lint_imports(str(PACKAGE.parent / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


HOMES = {
    "anyio": {"mcp"},
    "cryptography": {"office"},
    "dns": {"settings"},  # dnspython
    "dotenv": {"settings"},
    "email_validator": {"facts"},
    "harper": {"language"},
    "holidays": {"cadence"},
    "httpx": {"writing_model"},
    "icalendar": {"calendar", "incoming"},  # writes what was planned; reads what somebody was sent
    "idna": {"message", "checks", "delivery"},  # names of hosts: in a header, in a rule, and on the wire
    "imapclient": {"mailbox"},
    "imaplib": {"mailbox"},
    "jinja2": {"drafts", "web"},
    "markupsafe": {"web"},
    "keyring": {"settings", "sign_in"},  # a password that is fetched; tokens that are kept
    "mcp": {"mcp"},
    "mcp_types": {"mcp"},
    "oauthlib": {"sign_in"},
    "platformdirs": {"settings"},
    "procrastinate": {"office", "worker"},  # its tables are made; its worker runs
    "prometheus_client": {"worker"},
    "prompt_toolkit": {"cli"},
    "psycopg": {"office", "worker"},
    "psycopg_pool": {"office"},
    "pydantic": {"mcp"},  # what the protocol's types and schemas are made of
    "rich": {"cli"},
    "smtplib": {"delivery"},
    "socket": {"delivery", "mcp", "web"},
    "sqlite3": {"outbox"},
    "ssl": {"delivery", "sign_in", "writing_model"},
    "starlette": {"mcp", "web"},
    "tomlkit": {"facts"},
    "typer": {"cli"},
    "tzlocal": {"facts", "settings"},  # the table of names Windows gives to zones; the zone of this machine
    "uvicorn": {"mcp", "web"},
    "vobject": {"incoming"},
    "yagmail": {"delivery"},
}
WATCHED = {"imaplib", "smtplib", "socket", "sqlite3", "ssl"}
"""Modules of the standard library that have a home like an outside package."""
EVERYWHERE = {"msgspec"}
"""What values are made of: each room has some."""


def test_every_outside_package_has_one_home() -> None:
    """A package from outside, a socket or a database is imported in the room that HOMES names, and nowhere else."""
    astray = {
        (package, room, place)
        for place, room, package in _outside_imports()
        if room not in HOMES.get(package, set()) and package not in EVERYWHERE
    }
    assert astray == set()


def _outside_imports() -> Iterator[tuple[str, str, str]]:
    """Yield each import from outside: the file, its room, the package."""
    for path in PACKAGE.rglob("*.py"):
        place = path.relative_to(PACKAGE)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for package in _packages(node):
                if package in WATCHED or package not in {*sys.stdlib_module_names, PACKAGE.name}:
                    yield str(place), place.parts[0], package


def _packages(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    return {(node.module or "").partition(".")[0]} if isinstance(node, ast.ImportFrom) else set()


def test_no_front_touches_the_outbox() -> None:
    """The command line, the page and the server for assistants call services; they never reach for the store."""
    found = {
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for front in ("cli", "web", "mcp")
        for path in (PACKAGE / front).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr == "store")
        or (
            isinstance(node, ast.ImportFrom)
            and node.module in {"followup_mail.outbox.store", "followup_mail.outbox.sqlite"}
        )
    }
    assert found == set()


SQL = {
    *{
        "columns",
        "database",
        "integrity",
        "entry_numbers",
        "migrate",
        "narrow_reads",
        "reading_store",
        "row_copies",
        "rows",
        "sql_store",
        "sqlite",
    },
    *{"history_marks", "seen_rows", "seen_table", "whole_outbox"},
}
"""The modules of the outbox that know SQLite; ``sqlite`` is the store that they serve."""


def test_the_rules_of_the_outbox_know_no_sql() -> None:
    """What decides about entries imports neither SQLite nor a module that does: another store brings its own."""
    for path in (PACKAGE / "outbox").glob("*.py"):
        if path.stem in SQL:
            continue
        imported = {name for node in ast.walk(ast.parse(path.read_text("utf-8"))) for name in _imported(node)}
        assert imported & {"sqlite3", *(f"followup_mail.outbox.{name}" for name in SQL)} == set(), path.name


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module:
        return {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return set()


def test_modules_stay_small() -> None:
    """No module is longer than 300 lines."""
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {path: lines for path, lines in lengths.items() if lines > MODULE_LIMIT} == {}


def test_functions_stay_small() -> None:
    """No function has more than 40 lines, its docstring and its signature aside."""
    assert {place: lines for place, lines in _function_lengths() if lines > FUNCTION_LIMIT} == {}


def _function_lengths() -> Iterator[tuple[str, int]]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                is_documented = ast.get_docstring(node) is not None and len(node.body) > 1
                first = node.body[1 if is_documented else 0]
                yield f"{path.name}:{node.lineno} {node.name}", node.end_lineno - first.lineno + 1
