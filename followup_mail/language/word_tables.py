"""The tables of words beside these modules, each read once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def read_table(name: str) -> dict[str, Any]:
    """Return the table in ``NAME.toml``."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))


@cache
def any_of(table: str, group: str, flags: int = 0) -> re.Pattern[str]:
    """Return what finds any of the patterns of a group in ``TABLE.toml``."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in read_table(table)[group]), flags)


@cache
def read_lines(name: str) -> tuple[str, ...]:
    """Return the lines of ``NAME.txt`` without its remarks."""
    lines = Path(__file__).with_name(f"{name}.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def read_list(name: str) -> frozenset[str]:
    """Return the words in ``NAME.txt``."""
    return frozenset(Path(__file__).with_name(f"{name}.txt").read_text("utf-8").split())
