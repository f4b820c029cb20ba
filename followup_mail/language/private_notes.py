"""Which notes stay out of a mail: private, tactless and trivial notes."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


@cache
def patterns(name: str) -> str:
    """Return the patterns of a group as one."""
    groups: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("tact.toml").read_text("utf-8"))
    return "|".join(f"(?:{pattern})" for pattern in groups[name])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(patterns(name))


def is_private(text: str) -> bool:
    """Tell whether a note says itself that it is not for the mail."""
    return bool(_pattern("private").search(text.lower()))


def is_tactless(text: str) -> bool:
    """Tell whether a note holds what would hurt or embarrass: health, moods, family, gossip, failures, rough words."""
    return bool(_pattern("tactless").search(text.lower()))


def is_sore(text: str) -> bool:
    """Tell whether a note touches a sore point of the reader's; a candidate may still tell an own figure about it."""
    return bool(_pattern("sore").search(text.lower()))


def is_trivial(text: str) -> bool:
    """Tell whether a note is about logistics, pay or small talk."""
    return bool(_pattern("trivial").search(text.lower()))
