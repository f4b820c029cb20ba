"""What happens to an entry that the user sends from their own mailbox: it is put there, and seen again. Pure decisions.

Such an entry is in state ``DRAFT`` until it lies there, so no worker ever sends it. It is held meanwhile, for a while
by the program that puts it: that is a lease, after which another program may try, which looks whether it is there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import RefusedError
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.outbox.change import Change, grant, make_change
from followup_mail.outbox.entry import TO_DRAFTS, Entry, State
from followup_mail.outbox.transitions import Cause, check_allowed

LEASE: Final = timedelta(minutes=5)
"""Longer than one program needs to put a mail into the mailbox: its connection ends before."""
DELETED_THERE: Final = "you deleted it from the Drafts folder of your mailbox"
"""Why an entry is cancelled that the user did not want to send."""

SENT_THERE: Final = "you sent it from your mailbox"
"""How the reason of an entry begins that was sent by the user from there."""


class SeenDraft(Struct, frozen=True):
    """How a draft was seen in the mailbox."""

    message: Message
    """As it is there; the same as before when nothing was changed."""
    why: str
    """For the history."""


def begin(entry: Entry, now: datetime) -> Change:
    """Hold an entry to put it into the mailbox. Raises ``RefusedError`` when another program is at it."""
    check_allowed(entry, Cause.TO_DRAFTS)
    if entry.held not in {"", TO_DRAFTS}:
        raise RefusedError(
            f"{entry.label} is held: {entry.held}.", fix=f"First: followup-mail resume {entry.step.application}"
        )
    if is_leased(entry, now):
        raise RefusedError(f"Another program is just putting {entry.label} into your Drafts folder.", fix="Look again.")
    after = replace(
        entry, held=TO_DRAFTS, account=entry.message.mail_from.lower(), next_attempt_at=now + LEASE, reason="", fix=""
    )
    return grant(entry, Cause.TO_DRAFTS, after)


def is_leased(entry: Entry, now: datetime) -> bool:
    """Return whether a program is putting the entry into the mailbox at this moment."""
    return entry.held == TO_DRAFTS and entry.next_attempt_at is not None and entry.next_attempt_at > now


def put(entry: Entry, was: str, folder: str, now: datetime) -> Change | None:
    """Note that the bytes with the hash ``was`` lie in the folder; None when the entry was changed meanwhile."""
    if entry.state is not State.DRAFT or entry.held != TO_DRAFTS or entry.content_sha256 != was:
        return None
    said = f"in the folder '{folder}' of your mailbox, for you to send"
    outcome = AttemptResult(Verdict.ACCEPTED, Phase.DONE, said, queue_id=folder, in_folder=True)
    after = replace(entry, held="", reason=said, fix="", outcome=outcome, filed_at=now, next_attempt_at=None)
    return make_change(entry, Cause.PUT, after, said)


def fail(entry: Entry, reason: str, fix: str) -> Change | None:
    """Note why it does not lie there yet; None when that is known."""
    if entry.state is not State.DRAFT or entry.held != TO_DRAFTS:
        return None
    after = replace(entry, reason=reason, fix=fix, next_attempt_at=None)
    return make_change(entry, Cause.TO_DRAFTS, after, reason)


def found_sent(entry: Entry, seen: SeenDraft, at: datetime) -> Change:
    """Note that the user sent it, with the words that went."""
    after = replace(_with(entry, seen), sent_at=at, filed_at=None, next_attempt_at=None, outcome=None)
    return replace(grant(entry, Cause.SAID_SENT, after, seen.why), content=seen.message.content or None)


def found_changed(entry: Entry, seen: SeenDraft) -> Change | None:
    """Note how it reads now, or that it is there again; None when that is known."""
    if seen.message.without_content() == entry.message and entry.next_attempt_at is None:
        return None
    after = replace(_with(entry, seen), next_attempt_at=None)
    return replace(grant(entry, Cause.CHANGED_THERE, after, seen.why), content=seen.message.content or None)


def found_missing(entry: Entry, until: datetime, why: str) -> Change | None:
    """Note that it is nowhere to be seen, and when that is decided; None when it is noted."""
    if entry.next_attempt_at is not None:
        return None
    return grant(entry, Cause.CHANGED_THERE, replace(entry, reason=why, next_attempt_at=until), why)


def found_deleted(entry: Entry) -> Change:
    """Cancel what the user deleted there."""
    after = replace(entry, reason=DELETED_THERE, fix="", held="", filed_at=None, next_attempt_at=None)
    return grant(entry, Cause.CANCELLED, after, DELETED_THERE)


def _with(entry: Entry, seen: SeenDraft) -> Entry:
    sha = seen.message.sha256 if seen.message.content else entry.content_sha256
    return replace(entry, message=seen.message.without_content(), content_sha256=sha, reason=seen.why, fix="")
