"""The stages of the road, as headings of the help; and which command does what others are known for."""

from collections.abc import Mapping
from typing import Final

START: Final = "Start here"
FACTS: Final = "Facts: what happened"
PLAN: Final = "Plan: what is due, and why"
DRAFTS: Final = "Drafts: what to say"
OUTBOX: Final = "Outbox: what is queued, and what became of it"
DELIVERY: Final = "Delivery: out into the world"
ANSWERS: Final = "Answers: what they said"

STAGES: Final = (START, FACTS, PLAN, DRAFTS, OUTBOX, DELIVERY, ANSWERS)

DONE_BY: Final[Mapping[str, str]] = {
    "redo": "undo --redo",
    "search": "list WORD",
    "find": "list WORD",
    "rename": "change APP --rename NAME",
    "remove": "forget APP",
    "delete": "forget APP",
    "snooze-until": "snooze APP DAY",
    "unarchive": "archive APP --undo",
}
"""Words that people type for a command, with the one that does it."""
