"""Lists of words and phrases, kept as TOML beside the module that uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path


class WordLists(Mapping[str, frozenset[str]]):
    """Each list of words of a file by its name; words are separated by white space. Read when first asked for one."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _lists(self) -> dict[str, frozenset[str]]:
        import tomllib

        return {name: frozenset(text.split()) for name, text in tomllib.loads(self._path.read_text("utf-8")).items()}

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._lists[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)


def read_phrases(path: Path) -> dict[str, frozenset[str]]:
    """Return each list of phrases of a file by its name; phrases are separated by commas and line ends.

    They are folded (``str.casefold``: "ß" is "ss"), as every text that is compared with them.
    """
    import tomllib

    lists = tomllib.loads(path.read_text("utf-8").casefold())
    return {name: frozenset(filter(None, map(str.strip, re.split("[,\n]", text)))) for name, text in lists.items()}
