"""What the documentation says is so: names, files, commands, settings, links, exit codes and the words for a moment."""

from __future__ import annotations

import ast
import importlib
import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import followup_mail
from followup_mail.cadence.when import parse_when
from followup_mail.cli.reference import list_commands
from followup_mail.drafts import render_process, template_files
from followup_mail.errors import ExitCode, WhenError
from followup_mail.facts.channels import LINKEDIN_LIMIT
from followup_mail.settings.table import setting_rows, variable

ROOT = Path(followup_mail.__file__).parents[1]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").glob("*.md")
)
IDS = [path.name for path in PAGES]
PACKAGE = ROOT / "followup_mail"
FOLDERS = sorted(path.parent for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE)
ROOMS = {path.name for path in FOLDERS if path.parent == PACKAGE} | {"errors", "workspace"}
NAME = re.compile(rf"`((?:{'|'.join(sorted(ROOMS))})(?:\.\w+)+)(?<!\.py)(?<!\.json)(?<!\.sqlite3)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
QUOTED = re.compile(r"`([^`\n]+)`")
# A file or folder of the repository: by its whole path, by its path in the package, or by its bare name.
PATH = re.compile(rf"(?:\.ci|bench|docs|followup_mail|tests|{'|'.join(sorted(ROOMS))})/[\w./*-]+|[\w-]+\.py")
OF_PYTHON = {"runpy.py", "contextlib.py"}
# What stands for any name in a path, as in `followup_mail/cadence/presets/NAME.toml`.
GAP = re.compile(r"\b(?:KIND|NAME)\b|NNN_name")
# Pages on which a class or a constant in backticks is one of ours.
OF_THE_CODE = [ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md", ROOT / "docs" / "durability.md"]
DEFINED = re.compile(r"[A-Z]\w*[a-z]\w*(?:\.\w+)?|_?[A-Z][A-Z_]{3,}")


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_names_of_the_code_exist(page: Path) -> None:
    """Every dotted name of a module, class, method or field that a page mentions is there."""
    assert [name for name in NAME.findall(page.read_text("utf-8")) if not _exists(name)] == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_files_exist(page: Path) -> None:
    """Every file and folder of the repository that a page names between backticks, also in a table, is there."""
    named = [name for name in QUOTED.findall(CODE.sub("", page.read_text("utf-8"))) if PATH.fullmatch(name)]
    assert [name for name in named if not _is_file(name) and name not in OF_PYTHON] == []


@pytest.mark.parametrize("page", OF_THE_CODE, ids=lambda page: page.name)
def test_classes_and_constants_exist(page: Path) -> None:
    """Every class, attribute of a class and constant that these pages name is defined in the package or its tests."""
    quoted = QUOTED.findall(CODE.sub("", page.read_text("utf-8")))
    named = [name for name in quoted if DEFINED.fullmatch(name) and not name.startswith("FOLLOWUP_")]
    assert named
    assert [name for name in named if name not in _definitions()] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_says_how_to_read_it(folder: Path) -> None:
    """The docstring of a folder names only modules and folders that are there, or other rooms."""
    doc = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    assert doc
    known = {path.stem for path in folder.iterdir()} | ROOMS | _definitions()
    assert [name for name in re.findall(r"``([a-z_]+)``", doc) if name not in known] == []


def test_the_layers_list_every_room() -> None:
    """The table of the layers has each room, and nothing else."""
    layers = _page("architecture.md").partition("## The layers")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+) \|", layers, re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", " ".join(rows))) == sorted(ROOMS)


def test_the_glossary_says_where_each_word_is() -> None:
    """Every word of the glossary names code, a command, a table of the facts file or a page."""
    rows = [
        line.split(" | ")
        for line in _page("glossary.md").split("\n")
        if line.startswith("| ") and line.count(" | ") == 2
    ]
    said = {cells[0].strip("| "): cells[2] for cells in rows if cells[0] not in {"| word", "| ---"}}
    assert len(said) > 60
    assert [word for word, where in said.items() if not re.search(r"`[^`]+`|\]\(", where)] == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_commands_exist(page: Path) -> None:
    """Every command line that a page shows names a command and options that exist."""
    assert list(_wrong_commands(page.read_text("utf-8"))) == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_settings_exist(page: Path) -> None:
    """Every setting that a page mentions is in the table of settings."""
    known = {variable(row.name) for row in setting_rows()} | {"FOLLOWUP_TRACEBACK"}
    assert set(re.findall(r"\bFOLLOWUP_[A-Z_]*[A-Z]\b", page.read_text("utf-8"))) - known == set()


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to another page, and to a heading in it, finds what it names."""
    broken = []
    for link in LINK.findall(CODE.sub("", page.read_text("utf-8"))):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        is_outside = re.match(r"[a-z]+:", link) is not None
        if not is_outside and not (target.exists() and (not anchor or anchor in _anchors(target))):
            broken.append(link)
    assert broken == []


def test_exit_codes_agree() -> None:
    """The page about exit codes has each code once, with the name it has in the code."""
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \|", _page("exit-codes.md"), re.MULTILINE)
    assert [(int(number), name) for number, name in rows] == [(code.value, code.name) for code in ExitCode]


NOW = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)
CHICAGO, BERLIN = ZoneInfo("America/Chicago"), ZoneInfo("Europe/Berlin")


def _words_of(heading: str) -> list[str]:
    section = _page("scheduling.md").partition(heading)[2].partition("\n##")[0]
    rows = [line for line in section.split("\n") if line.startswith("| `")]
    return [words for row in rows for words in re.findall(r"`([^`]+)`", row.split(" | ")[0])]


def test_the_words_for_a_moment_are_understood() -> None:
    """Every form that the page about scheduling offers is read as a moment to come."""
    words = _words_of("## WHEN: the words for a moment")
    assert len(words) > 12
    assert [one for one in words if not NOW <= parse_when(one, NOW, CHICAGO, BERLIN) < NOW + timedelta(days=60)] == []


def test_the_words_said_to_be_refused_are_refused() -> None:
    """Every form that the page says is refused is refused."""
    words = _words_of("### What is refused")
    assert len(words) > 5
    for one in words:
        with pytest.raises(WhenError):
            parse_when(one, NOW, CHICAGO, BERLIN)


def _exists(name: str) -> bool:
    """Import as much of a dotted name as is a module, and look the rest up; a field of a class counts."""
    parts = ["followup_mail", *name.split(".")]
    for end in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            is_field = part in getattr(found, "__annotations__", {})
            if not hasattr(found, part) and not is_field:
                return False
            found = getattr(found, part, None)
        return True
    return False


def _is_file(name: str) -> bool:
    pattern = GAP.sub("*", name).rstrip("/")
    if "/" not in pattern:
        return any(PACKAGE.rglob(pattern)) or (ROOT / pattern).exists()
    return any(ROOT.glob(pattern)) or any(PACKAGE.glob(pattern))


@cache
def _definitions() -> frozenset[str]:
    """Return every class, class attribute and constant of the package and its tests."""
    found: set[str] = set()
    for path in (*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            found |= set(_names(node))
            if isinstance(node, ast.ClassDef):
                found |= {f"{node.name}.{name}" for part in node.body for name in _names(part)}
    return frozenset(found)


def _names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        yield node.name
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    yield from (target.id for target in targets if isinstance(target, ast.Name))


def _wrong_commands(text: str) -> Iterator[str]:
    known = list_commands()
    for line in _command_lines(text):
        words = line.split()
        path = next((" ".join(words[:end]) for end in (3, 2) if " ".join(words[:end]) in known), "")
        if not path and len(words) > 1 and not words[1].startswith("-") and words[1].islower():
            yield line
        options = (
            {option for param in known[path].params for option in (*param.opts, *param.secondary_opts)}
            if path
            else set()
        )
        used = {word.partition("=")[0] for word in words if re.fullmatch(r"--[a-z-]+(=.*)?", word)}
        if path and used - options - {"--help"}:
            yield line


def _command_lines(text: str) -> Iterator[str]:
    """Yield every command line, in code blocks and between backticks, up to what is no part of it."""
    joined = text.replace("\\\n", " ")
    found = [
        line for block in CODE.findall(joined) for line in re.findall(r"(?:^|\$ |&& )(followup-mail .*)", block, re.M)
    ]
    found += re.findall(r"`(followup-mail [^`]*)`", CODE.sub("", joined))
    for line in found:
        command = re.split(r"\s(?:#|>|\||&&|;)", line.replace("'", ""))[0].split(" · ")[0]
        if re.match(r"followup-mail [a-z-]", command) and "COMMAND" not in command:
            yield " ".join(shlex.split(command))


@cache
def _anchors(page: Path) -> frozenset[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = HEADING.findall(CODE.sub("", page.read_text("utf-8")))
    return frozenset(re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings)


def _page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def test_the_limits_of_templates_are_as_written() -> None:
    """The page about templates gives the limits that the code sets."""
    page = _page("templates.md")
    assert f"{render_process.SECONDS:g} seconds and {render_process.MEGABYTES} MB" in page
    assert f"{template_files.BYTES_LIMIT:,} bytes" in page
    assert f"{LINKEDIN_LIMIT} characters" in page
