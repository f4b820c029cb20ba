"""Have the user settle what does not seem to fit about a letter of theirs, before it is recorded."""

from __future__ import annotations

from msgspec import Struct

from followup_mail.cli.terminal import screen
from followup_mail.errors import RefusedError
from followup_mail.services.answers.letter_doubt import Doubt


class Ways(Struct, frozen=True):
    """What the user can do about a doubt."""

    command: str
    """What records the letter all the same, with ``--yes`` behind it."""
    instead: str = ""
    """What to type instead, as a sentence; empty where there is nothing."""
    once_more: str = ""
    """What must be given again with either."""
    moves: bool = False
    """Whether it can be recorded at once for the application that it fits better."""


def is_settled(doubt: Doubt, slug: str, ways: Ways, *, yes: bool, may_ask: bool) -> bool:
    """Have the user settle a doubt; False where it is for the application that it fits better.

    Raises ``RefusedError`` on a no, and where nobody can be asked.
    """
    if yes:
        screen.note(screen.doubtful(doubt.sentence))
        return True
    right = f"If it is right all the same, add --yes: followup-mail {ways.command} --yes"
    fix = f"{ways.instead} {right}" if ways.instead else right
    if not may_ask:
        raise RefusedError(f"{doubt.sentence} Nothing was recorded.", fix=f"{fix}{ways.once_more}")
    screen.note(screen.doubtful(doubt.sentence))
    if ways.moves and screen.agree(f"Record it for {doubt.meant} instead?"):
        return False
    if not screen.confirm(f"Record it for {slug} all the same?"):
        raise RefusedError("Nothing was recorded.", fix=right if ways.moves else fix)
    return True
