"""Ask for a password on the terminal: what is typed is not shown, not even how long it is."""

from __future__ import annotations

import sys

from followup_mail.cli.terminal.prompting import Move


def ask_secret(question: str) -> str | Move:
    """Return what was typed; empty for Enter alone. Raises ``EOFError`` when the input ends.

    More lines that were pasted with it are thrown away, so that they answer no other question.
    """
    from getpass import getpass

    sys.stderr.flush()
    typed = getpass(f"{question} ", stream=sys.stderr).strip()
    return Move.BACK if typed == "<" else typed
