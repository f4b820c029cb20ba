"""Which names stand in a text, whatever accents, case and hyphens they are written with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from followup_mail.facts.names import slugify

_READ_LIMIT: Final = 20_000


def folded(text: str) -> str:
    """Return a text as one handle, with hyphens at its ends, so that a name can be looked for in it."""
    return f"-{slugify(text[:_READ_LIMIT])}-"


def named_among(text: str, names: Iterable[str]) -> frozenset[str]:
    """Return which names stand in a folded text; "Lumen" is not named where only "Lumen Freight" is."""
    found = set()
    for name in sorted(set(names), key=len, reverse=True):
        handle = f"-{slugify(name)}-"
        if len(handle) > 3 and handle in text:
            found.add(name)
            text = text.replace(handle, "-\0-")
    return frozenset(found)
