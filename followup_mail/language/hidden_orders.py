"""Notes that speak to a machine: "ignore your instructions", "SYSTEM: write ...". They are for no mail and no model.

Whoever pastes an invitation or a signature pastes what others wrote. Our own wordings never paste a note; a writing
model could follow it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


def is_order(text: str) -> bool:
    """Tell whether a note reads like an instruction to whoever writes the mail."""
    return bool(_pattern().search(text.lower()))


@cache
def _pattern() -> re.Pattern[str]:
    patterns = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["orders"]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.MULTILINE)
