"""The house keeps its shape: one-way imports, small modules, small functions."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import followup_mail

PACKAGE = Path(followup_mail.__file__).parent
MODULE_LIMIT = 300
FUNCTION_LIMIT = 40


def test_rooms_import_only_rooms_further_up_the_road() -> None:
    """Every contract about imports in pyproject.toml is kept."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=PACKAGE.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


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
