"""What a mail that was seen in the mailbox does to entries, and how that is taken back. Pure decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.outbox import user_changes
from followup_mail.outbox.change import Change, make_change
from followup_mail.outbox.entry import OPEN_IN_EDITOR, Entry, State
from followup_mail.outbox.seen_mail import SeenMail, SeenState
from followup_mail.outbox.transitions import CAN_COME_BACK, Cause, Transition, say_how_to_resolve, state_after

REPLIED: Final = "they replied"
"""Why an entry is held after an answer."""
AWAY: Final = "they are away until "
"""How the reason begins of an entry that waits for the end of an absence."""
_BY_MAILBOX: Final = f"{REPLIED}: "
_STILL_HOLDS: Final = frozenset({SeenState.NEW, SeenState.RECORDED})


def say_which_answer(seen: SeenMail) -> str:
    """Return the words for the history of an entry that an answer holds."""
    return f"{_BY_MAILBOX}{seen.label}"


def hold_answered(entry: Entry, seen: SeenMail) -> Change | None:
    """Hold an entry since they replied; None when it is held otherwise."""
    if entry.held not in {"", OPEN_IN_EDITOR}:
        return None
    return make_change(entry, Cause.HELD, replace(entry, held=REPLIED), say_which_answer(seen))


def is_held_by_mailbox(entry: Entry, transitions: Sequence[Transition]) -> bool:
    """Return whether what holds an entry is an answer that was seen in the mailbox, and not the user."""
    held = [transition for transition in transitions if transition.cause is Cause.HELD]
    return entry.held == REPLIED and bool(held) and held[-1].detail.startswith(_BY_MAILBOX)


def still_holds(seen: SeenMail) -> bool:
    """Return whether a mail is an answer for which entries wait."""
    return seen.mail.understanding is Understanding.ANSWER and seen.state in _STILL_HOLDS


def is_about(report: Understood, entry: Entry) -> bool:
    """Return whether a report says that this mail came back from the one it went to."""
    to = entry.message.to.email.lower()
    return entry.message.message_id in report.returned and (not report.returned_to or to in report.returned_to)


def come_back(entry: Entry, seen: SeenMail) -> Change:
    """Note that a mail came back: it failed, is no contact, and its step is free again.

    What the limits of the account count (``handed_at``) stays: the server took it.
    """
    reason = f"it came back: {seen.mail.first_line}" if seen.mail.first_line else "it came back"
    after = replace(
        entry,
        sent_at=None,
        was_sent_at=entry.sent_at or entry.intent_at or entry.created_at,
        cancel_asked="",
        reason=reason,
        fix=user_changes.say_how_to_write_again(entry),
    )
    return make_change(entry, Cause.RETURNED, after, seen.label)


def can_come_back(entry: Entry) -> bool:
    """Return whether a report can be about an entry. In any other state it is a late one, of an earlier try."""
    return entry.state in CAN_COME_BACK


def stay_gone(entry: Entry, seen: SeenMail, transitions: Sequence[Transition]) -> Change | None:
    """Note that a mail had not come back: it is again as it was; None when no report ever said that it had."""
    was = _state_before_report(transitions)
    if entry.state is not State.FAILED or entry.was_sent_at is None or was is None:
        return None
    is_sent = was is State.SENT
    after = replace(
        entry,
        state=state_after(entry.state, Cause.NOT_RETURNED, was),
        sent_at=entry.was_sent_at if is_sent else None,
        was_sent_at=None,
        reason="you said that it did not come back",
        fix="" if is_sent else say_how_to_resolve(entry.id),
    )
    return Change(Cause.NOT_RETURNED, entry, after, seen.label)


def _state_before_report(transitions: Sequence[Transition]) -> State | None:
    reports = [transition for transition in transitions if transition.cause is Cause.RETURNED]
    return reports[-1].before if reports else None


def wait_no_longer(entry: Entry, seen: SeenMail) -> Change | None:
    """Let an entry go at its own time that waits for the end of an absence of which a mail tells; None for any other.

    The check before sending looks at it again then: a later mail may name another day.
    """
    is_theirs = entry.message.to.email.lower() == seen.mail.sender and seen.mail.back_on is not None
    if not is_theirs or entry.state is not State.QUEUED or not entry.reason.startswith(AWAY):
        return None
    after = replace(entry, next_attempt_at=None, reason="", fix="")
    return make_change(entry, Cause.RESCHEDULED, after, f"news of their absence: {seen.label}")


def prove_sent(entry: Entry, seen: SeenMail, now: datetime) -> Change | None:
    """Note that a mail was sent of which nobody knew it: it was answered, or a copy of it lies in the mailbox."""
    mail, own = seen.mail, entry.message.message_id
    if entry.state not in {State.UNCLEAR, State.IN_FOLDER}:
        return None
    by_hand = mail.understanding is Understanding.BY_HAND
    if own in mail.references and not by_hand:
        return user_changes.resolve(entry, True, f"it was sent, for there is an answer to it: {seen.label}", now)
    if own == mail.message_id and by_hand:
        return user_changes.resolve(entry, True, f"it was sent, for a copy lies in the mailbox: {seen.label}", now)
    return None


def correct(seen: SeenMail, mail: Understood) -> SeenMail:
    """Return a mail as the user says that it is to be understood; its Message-ID stays."""
    mail = replace(mail, message_id=seen.mail.message_id)
    first = seen.was or seen.mail
    state = SeenState.DISMISSED if mail.understanding is Understanding.NOTHING else SeenState.NEW
    return replace(seen, mail=mail, state=state, was=None if mail == first else first)


def rename_in(seen: SeenMail, names: Iterable[str], into: str) -> SeenMail:
    """Return a mail whose applications have another short name."""
    given = frozenset(names)

    def renamed(mail: Understood) -> Understood:
        found = (into if name in given else name for name in mail.applications)
        return replace(mail, applications=tuple(dict.fromkeys(found)))

    return replace(seen, mail=renamed(seen.mail), was=seen.was and renamed(seen.was))


def without(seen: SeenMail, application: str) -> SeenMail | None:
    """Return a mail as one of its other applications alone; None when there is no other."""

    def others(mail: Understood) -> Understood:
        return replace(mail, applications=tuple(name for name in mail.applications if name != application))

    left = replace(seen, mail=others(seen.mail), was=seen.was and others(seen.was))
    return left if left.mail.applications else None


def belong_again(now: SeenMail, then: SeenMail, application: str) -> SeenMail:
    """Return a mail that belongs to an application again, in the place that this had among the others ``then``."""

    def joined(mail: Understood, before: Understood | None) -> Understood:
        old = before.applications if before else (application,)
        back = (name for name in old if name == application or name in mail.applications)
        return replace(mail, applications=tuple(dict.fromkeys((*back, *mail.applications))))

    was = joined(now.was, then.was) if now.was and then.was and application in then.was.applications else now.was
    mail = joined(now.mail, then.mail) if application in then.mail.applications else now.mail
    return replace(now, mail=mail, was=was)
