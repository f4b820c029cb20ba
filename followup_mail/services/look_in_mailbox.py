"""Look for answers in the mailboxes of all accounts, and keep what concerns an application.

What was seen and what follows from it in the outbox are one transaction (``Store.keep_seen``): a mail that is about to
be claimed at that moment is either gone already, or held. The facts follow (``record_seen``). A look is no step of the
user's: nothing of it is recorded to be undone; ``inbox correct`` is there for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from followup_mail.errors import FollowupError, MailboxError, NotFoundError, OutboxError, SettingsError
from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.incoming.watched import Watched
from followup_mail.outbox.seen_mail import FolderMark, MailPlace, NewSeen, SeenMail
from followup_mail.services.mail_accounts import every_account
from followup_mail.services.record_seen import record_seen
from followup_mail.services.watch_list import counts_from, list_watched
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.mailbox.new_mail import FetchedMail, FolderLook

LOOK_EVERY: Final = timedelta(minutes=5)
"""How often the service looks while it has nothing to send."""
BEFORE_SENDING: Final = timedelta(minutes=1)
"""How old a look may be for a mail that is about to leave."""


@dataclass(frozen=True, slots=True)
class AccountLook:
    """What the look into one mailbox brought."""

    account: str
    """Its address, in lower case."""
    new: tuple[SeenMail, ...] = ()
    left_out: tuple[str, ...] = ()
    """What was not looked at, and why, in sentences."""
    error: FollowupError | None = None


def look_everywhere(workspace: Workspace, not_within: timedelta = timedelta()) -> tuple[AccountLook, ...]:
    """Look into every mailbox that is read and was not looked at ``not_within`` the last minutes; record what came.

    A mailbox that cannot be read is an ``error`` of its look. Raises ``OutboxError``.
    """
    aside = Workspace(workspace.loaded, workspace.clock)  # nameless: what it does is not on record for `undo`
    try:
        due = [way for way in every_account(aside) if way.reads_mailbox and _is_due(way, not_within)]
        looks = tuple(_look(way) for way in due) if due else ()
        if due:
            record_seen(aside)
        return looks
    finally:
        aside.close()


def look_before(workspace: Workspace) -> None:
    """Look before a mail leaves, unless that was done just now: they may have answered. Raises ``OutboxError``."""
    look_everywhere(workspace, BEFORE_SENDING)


def _is_due(way: Workspace, not_within: timedelta) -> bool:
    last = way.store.last_look(way.settings.email.lower())
    if last is None:
        return True
    tried_at = max(filter(None, (last.looked_at, last.failed_at)), default=None)
    # A clock that was ahead must not keep us from looking for a year.
    return tried_at is None or not way.now() - not_within < tried_at <= way.now()


def _look(way: Workspace) -> AccountLook:
    account = way.settings.email.lower()
    new: list[SeenMail] = []
    left_out: list[str] = []
    try:
        for folder in look_into(way, list_watched(way)):
            new += _keep(way, account, folder)
            left_out += folder.left_out
    except (MailboxError, SettingsError) as error:
        way.store.note_look(account, way.now(), error.sentence)
        return AccountLook(account, tuple(new), tuple(left_out), error)
    way.store.note_look(account, way.now())
    return AccountLook(account, tuple(new), tuple(left_out))
