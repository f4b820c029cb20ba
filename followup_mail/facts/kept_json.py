"""Small files that the program keeps for itself: whatever they hold may be lost, and is worked out again."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

_T = TypeVar("_T")


def read_kept(path: Path, shape: type[_T]) -> _T | None:
    """Return what a file of JSON holds; None where there is none, or it holds something else."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=shape)
    except (OSError, ValueError, RecursionError):
        return None
