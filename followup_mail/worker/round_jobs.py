"""What is done for a candidate every so often: look into mailboxes, keep sign-ins alive, see what is due each night.

Each says when it is to be done next; ``take_rounds`` in the database finds those whose time has come.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import random
from typing import Final, TypeAlias

from msgspec import Struct

from followup_mail.delivery.dispatch import Result
from followup_mail.delivery.smtp_account import Auth
from followup_mail.errors import FollowupError
from followup_mail.services.context.mail_accounts import every_account
from followup_mail.services.mailbox.look_in_mailbox import LOOK_EVERY, look_everywhere
from followup_mail.services.mailbox.tend_drafts import tend_drafts
from followup_mail.services.overview.today import look_at_today
from followup_mail.settings.sign_in_account import sign_in_access
from followup_mail.worker.engine import LOOK, PLAN, REFRESH
from followup_mail.workspace import Workspace

_LOOKS_APART: Final = timedelta(minutes=15)
_TOKENS_APART: Final = timedelta(hours=12)
"""A provider ends a sign-in that is not used for months; a mail that is due renews its token by itself."""
_NIGHT: Final = timedelta(hours=5)


class Numbers(Struct, frozen=True):
    """What the daily plan found."""

    steps_due: int = 0
    steps_soon: int = 0
    to_decide: int = 0


Next: TypeAlias = dict[str, datetime | None]
"""When each kind of round is to be done next; None: never."""


class Done(Struct, frozen=True):
    """What a round found, and what follows."""

    next_at: Next
    numbers: Numbers | None = None
    failed: int = 0
    """How many accounts it did not work for."""
    results: tuple[Result, ...] = ()
    """What turned out to have become of entries."""


def look(workspace: Workspace) -> Done:
    """Look for answers in the mailboxes, and after the drafts there."""
    if not _reads_mailbox(workspace):
        return Done({LOOK: None})
    looks = look_everywhere(workspace, LOOK_EVERY)
    results = tuple(tend_drafts(workspace, lambda _: None))
    failed = sum(bool(mailbox.error) for mailbox in looks)
    return Done({LOOK: workspace.now() + _spread(_LOOKS_APART)}, failed=failed, results=results)


def refresh_tokens(workspace: Workspace) -> Done:
    """Renew the tokens of every account that signs in."""
    ways = [way for way in every_account(workspace) if way.settings.smtp_auth is Auth.OAUTH]
    failed = 0
    for way in ways:
        try:
            sign_in_access(way.settings).token()
        except FollowupError:
            failed += 1
    return Done({REFRESH: workspace.now() + _spread(_TOKENS_APART) if ways else None}, failed=failed)


def plan(workspace: Workspace) -> Done:
    """Work out what is due, and what rounds this candidate needs. No mail is written by it."""
    now, today = workspace.now(), look_at_today(workspace)
    signs_in = any(way.settings.smtp_auth is Auth.OAUTH for way in every_account(workspace))
    return Done(
        {
            PLAN: next_night(now),
            LOOK: now + _LOOKS_APART * random() if _reads_mailbox(workspace) else None,  # noqa: S311
            REFRESH: now + _TOKENS_APART * random() if signs_in else None,  # noqa: S311
        },
        Numbers(len(today.due), len(today.soon), len(today.to_decide)),
    )


def next_night(now: datetime) -> datetime:
    """Return some moment of the next night, in the zone of ``now``: between midnight and five."""
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return tomorrow + _NIGHT * random()  # noqa: S311


def _reads_mailbox(workspace: Workspace) -> bool:
    return any(way.reads_mailbox for way in every_account(workspace))


def _spread(apart: timedelta) -> timedelta:
    """Return a time about as long, so that rounds which began together do not stay together."""
    return apart * (0.95 + random() / 10)  # noqa: S311
