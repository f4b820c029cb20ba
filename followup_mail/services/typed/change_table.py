"""Options of `change` and the keys of the facts file that they are kept under."""

from __future__ import annotations

from typing import Final

SAID: Final = ("decision_by", "not_before", "channel", "interval", "calls", "quote")
"""Options for what they said, each kept under its own name."""
OF_PROMISE: Final = {"ready": "file", "promised_to": "to", "promise_says": "says"}
OF_EACH_PERSON: Final = {"address": "email", "title": "title", "phone": "phone", "part": "role", "name": "name"}
"""Options that say one thing about somebody."""


def say_option(name: str) -> str:
    """Return the name of an option as it is typed: ``decision-by`` for ``decision_by``, ``format`` for ``format_``."""
    return name.strip("_").replace("_", "-")
