"""Ask whom an answer goes to, where that is not plain."""

from __future__ import annotations

from collections.abc import Sequence

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.choices import pick
from followup_mail.services.answers.answered_person import Answered


def ask_whom(choices: Sequence[Answered], *, may_ask: bool) -> int:
    """Return which of them the user chooses, from 0; the first where there is one alone, or nobody can be asked."""
    if len(choices) < 2 or not may_ask:
        return 0
    if choices[0].asks:
        screen.note(screen.doubtful(choices[0].asks))
    screen.note("Whom do you answer?")
    return pick((f"{choice.name} <{choice.email}>".strip() for choice in choices), "Number (Enter takes 1): ") or 0
