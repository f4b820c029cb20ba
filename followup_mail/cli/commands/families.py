"""Which module brings which commands, so that only the one that is asked for is imported. In the order of the help."""

from collections.abc import Mapping
from typing import Final

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "page_command": ("open",),
    "assistant_commands": ("mcp",),
    "account_setup": ("setup",),
    "setup_commands": ("demo", "settings", "doctor"),
    "candidate_commands": ("candidates", "candidate"),
    "help_command": ("help",),
    "facts_commands": ("add", "ask", "change", "merge", "edit", "list", "show", "forget", "schema"),
    "planning_commands": ("today", "plan", "script", "log", "calendar", "cadence"),
    "decision_commands": ("skip", "snooze", "pause", "archive", "note"),
    "mail_commands": ("preview", "check", "allow-file", "templates"),
    "voice_commands": ("voice",),
    "proposal_commands": ("proposals",),
    "sending_commands": ("queue", "send", "run"),
    "outbox_commands": ("outbox",),
    "service_commands": ("service",),
    "worker_commands": ("worker",),
    "account_commands": ("account",),
    "office_commands": ("office",),
    "answer_commands": ("rejected", "outcome", "resume"),
    "inbox_commands": ("inbox",),
    "undoing": ("undo",),
}
"""Modules beside this one, each with the words that its ``register`` adds to the program."""


def find_family(word: str) -> str | None:
    """Return the module that brings a command."""
    return next((module for module, words in FAMILIES.items() if word in words), None)
