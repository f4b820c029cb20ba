"""What people say beside a talk: in confidence, about health or other candidates, and "delete that" about the rest."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


def is_aside(said: str) -> bool:
    """Tell whether a sentence is nothing that its speaker would like to see noted."""
    return bool(_pattern("aside").search(_plain(said)))


def takes_back(said: str) -> bool:
    """Tell whether a sentence asks for what was said before it not to be noted."""
    return bool(_pattern("taken_back").search(_plain(said)))


def _plain(said: str) -> str:
    return said.lower().replace("\u2019", "'")


@cache
def _pattern(group: str) -> re.Pattern[str]:
    patterns = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))[group]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
