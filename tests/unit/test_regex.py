"""Regular expressions are compiled late, so a mistake in one would wait for its first use: here each is compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest

import followup_mail
from followup_mail.regex import Uncompiled, regex


def _all_patterns() -> Iterator[tuple[str, Uncompiled]]:
    for module in walk_packages(followup_mail.__path__, "followup_mail."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(import_module(module.name)).items():
            for found in _within(value):
                yield f"{module.name}.{name}", found


def _within(value: object) -> Iterator[Uncompiled]:
    """Yield the patterns in a value of a module: bare, or in a container of any depth."""
    match value:
        case Uncompiled():
            yield value
        case dict():
            for part in (*value.keys(), *value.values()):
                yield from _within(part)
        case tuple() | list() | frozenset() | set():
            for part in value:
                yield from _within(part)
        case _:
            return


def test_every_pattern_of_the_program_compiles() -> None:
    """No command fails because of a mistake in a pattern that nothing had used before."""
    broken, count = [], 0
    for where, found in _all_patterns():
        count += 1
        try:
            found.search  # noqa: B018 - this compiles it
        except re.error as error:
            broken.append(f"{where}: {error}")
    assert not broken
    assert count > 500


@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
def test_a_late_pattern_is_the_pattern_itself(flags: int) -> None:
    """Each method and attribute answers as the compiled pattern would."""
    source, text = r"(?P<word>[a-z]+)-(\d)", "Ab-1 cd-2"
    late, early = regex(source, flags), re.compile(source, flags)
    assert [found.span() for found in late.finditer(text)] == [found.span() for found in early.finditer(text)]
    assert late.sub(r"\g<word>", text) == early.sub(r"\g<word>", text)
    assert late.subn("x", text, count=1) == early.subn("x", text, count=1)
    assert late.findall(text, 3) == early.findall(text, 3)
    assert late.split(text) == early.split(text)
    assert (late.match(text) is None, late.fullmatch(text)) == (early.match(text) is None, early.fullmatch(text))
    assert (late.pattern, late.flags, late.groups, late.groupindex) == (source, early.flags, 2, early.groupindex)
    assert regex(rb"\d").search(b"a1")
