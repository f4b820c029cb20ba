"""Lists of words and phrases, kept as TOML beside the module that uses them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path


def read_words(path: Path) -> dict[str, frozenset[str]]:
    """Return each list of words of a file by its name; words are separated by white space."""
    return {name: frozenset(text.split()) for name, text in tomllib.loads(path.read_text("utf-8")).items()}


def read_phrases(path: Path) -> dict[str, frozenset[str]]:
    """Return each list of phrases of a file by its name; phrases are separated by commas and line ends."""
    lists = tomllib.loads(path.read_text("utf-8"))
    return {name: frozenset(filter(None, map(str.strip, re.split("[,\n]", text)))) for name, text in lists.items()}
