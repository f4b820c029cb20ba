"""Look for answers in the mailboxes of all accounts, and keep what concerns an application.

What was seen and what follows from it in the outbox are one transaction (``Store.keep_seen``): a mail that is about to
be claimed at that moment is either gone already, or held. The facts follow (``record_seen``). A look is no step of the
user's: nothing of it is recorded to be undone; ``inbox correct`` is there for that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.background.logfile import append_line
from followup_mail.errors import FollowupError, MailboxError, SettingsError
from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.outbox.seen_mail import FolderMark, MailPlace, NewSeen, SeenMail
from followup_mail.services.context.mail_accounts import every_account
from followup_mail.services.mailbox.forgotten_mail import is_forgotten, read_forgotten
from followup_mail.services.mailbox.mailbox_rest import rest_after
from followup_mail.services.mailbox.notice_drafts import notice_drafts
from followup_mail.services.mailbox.record_seen import record_seen
from followup_mail.services.mailbox.watch_list import Lookout, watch_out
from followup_mail.services.mailbox.watched_before import WatchedBefore
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.mailbox.mail_look import FetchedMail, FolderLook

LOOK_EVERY: Final = timedelta(minutes=4)
"""How often the service looks while it has nothing to send: a little less than the five minutes between its runs."""
BEFORE_SENDING: Final = timedelta(minutes=1)
"""How old a look may be for a mail that is about to leave."""
_LOOK_ON: Final = (
    "The next look goes on from there: followup-mail inbox look. Of a folder that is gone: check FOLLOWUP_IMAP_FOLDERS."
)
_SAME_CLOCK: Final = timedelta(days=1)
"""Further apart, a mail was put into this mailbox long after it had come."""


class AccountLook(Struct, frozen=True):
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
    aside = (workspace.base or workspace).nameless()  # none of it is on record
    try:
        due = [way for way in every_account(aside) if way.reads_mailbox and _is_due(way, not_within)]
        if not due:
            return ()
        # A draft that the user has sent is an entry of ours: seen first, it is not taken for a mail by hand.
        notice_drafts(aside)
        lookout = watch_out(aside)
        looks = tuple(_look(way, lookout) for way in due)
        record_seen(aside)
        return looks
    finally:
        aside.close()


def look_before(workspace: Workspace) -> None:
    """Look before a mail leaves, unless that was done just now: they may have answered. Raises ``OutboxError``."""
    look_everywhere(workspace, BEFORE_SENDING)


def _is_due(way: Workspace, not_within: timedelta) -> bool:
    last = way.store.last_look(way.settings.email.lower())
    tried_at = max(filter(None, (last.looked_at, last.failed_at)), default=None)
    rest = max(not_within, rest_after(last)) if not_within else not_within
    # A clock that was ahead must not keep us from looking for a year.
    return tried_at is None or not way.now() - rest < tried_at <= way.now()


def _look(way: Workspace, lookout: Lookout) -> AccountLook:
    account, before = way.settings.email.lower(), way.store.last_look(way.settings.email.lower())
    known = WatchedBefore(way.home, account)
    new: list[SeenMail] = []
    left_out: list[str] = []
    ends: dict[str, str] = {}  # by folder, what of it was not looked at
    if known.lacks(lookout.watched):
        # Once: a look that does not get to the end is gone on with by the next one.
        way.store.look_from_the_start(account)
        known.remember(lookout.watched)
    try:
        for step in look_steps(way, lookout):
            new += _keep(way, account, lookout, step)
            left_out += step.left_out
            missing = () if step.is_complete or step.may_be_missing else step.left_out
            ends[step.folder] = missing[-1] if missing else ""
        if first := next(filter(None, ends.values()), ""):
            raise MailboxError(first, fix=_LOOK_ON)
    except (MailboxError, SettingsError) as error:
        way.store.note_look(account, way.now(), error.sentence)
        if before.error != error.sentence:
            append_line(way.log_folder, f"mailbox of {account}: {error.sentence}", way.now())
        return AccountLook(account, tuple(new), tuple(left_out), error)
    way.store.note_look(account, way.now())
    known.remember(lookout.watched)
    _log(way, account, new, left_out)
    return AccountLook(account, tuple(new), tuple(left_out))


def look_steps(
    way: Workspace, lookout: Lookout, *, from_the_start: bool = False, wanted: Callable[[bytes], str] | None = None
) -> Iterator[FolderLook]:
    """Log in and yield what is new, step by step; ``wanted`` says of which mails the text is read."""
    from followup_mail.incoming.understand import may_be_theirs
    from followup_mail.mailbox.mail_look import LOOKING, LookTerms
    from followup_mail.mailbox.new_mail import look_through

    account = way.settings.email.lower()
    terms = LookTerms(
        lookout.watched,
        lambda folder: None if from_the_start else way.store.folder_mark(account, folder),
        wanted or (lambda headers: may_be_theirs(headers, lookout.watched)),
        way.settings.imap_folders,
    )
    with way.open_mailbox(LOOKING) as client:
        yield from look_through(client, terms)


def _keep(way: Workspace, account: str, lookout: Lookout, step: FolderLook) -> tuple[SeenMail, ...]:
    """Keep what a step brought, and how far it came, in one transaction."""
    mails, forgotten = [], frozenset(read_forgotten(way.home)) if step.mails else frozenset()
    for mail in step.mails:
        place = MailPlace(account, mail.folder, mail.uid_validity, mail.uid)
        understood = _understand(way, lookout, mail)
        if understood and not is_forgotten(forgotten, place, understood.message_id):
            mails.append(NewSeen(place, understood))
    mark = FolderMark(account, step.folder, step.uid_validity, step.last_uid) if step.uid_validity else None
    return way.store.keep_seen(mails, mark, way.now()) if mails or mark else ()


def _understand(way: Workspace, lookout: Lookout, mail: FetchedMail) -> Understood | None:
    """Return what a mail is, for the applications that it can be about by its moment; None for none."""
    from followup_mail.incoming.understand import understand

    found = understand(mail.content, lookout.watched, way.now().date())
    if found is None or found.understanding not in {Understanding.ANSWER, Understanding.BY_HAND}:
        return found
    at = _came_at(found.sent_at, mail.filed_at)
    concerned = tuple(slug for slug in found.applications if lookout.counts(slug, at))
    return replace(found, applications=concerned) if concerned else None


def _came_at(sent_at: datetime | None, filed_at: datetime | None) -> datetime | None:
    """Return when a mail came: by the mailbox's clock, unless it was put there on another day, then by the sender's."""
    if sent_at and filed_at and abs(filed_at - sent_at) > _SAME_CLOCK:
        return sent_at
    return filed_at or sent_at


def _log(way: Workspace, account: str, new: list[SeenMail], left_out: list[str]) -> None:
    """Write down how many mails were understood as what: none of their words, and nobody's name."""
    if new:
        counts = Counter(str(seen.mail.understanding) for seen in new)
        said = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
        append_line(way.log_folder, f"mailbox of {account}: {said}", way.now())
    for sentence in left_out:
        append_line(way.log_folder, f"mailbox of {account}: {sentence}", way.now())
