"""Standard streams that are missing, full, or no longer read."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def make_tolerant() -> None:
    """Let a character that the terminal cannot show become a question mark, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def give_up_unwritable() -> None:
    """Write what is waiting. A stream that cannot be written is silenced, or Python would complain again at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _silence(stream)


def _silence(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
