"""Bring what was seen in the mailbox into the facts: they replied, you wrote by hand. Nothing is closed here.

The outbox knows first (``Store.keep_seen``), so that a program that dies in between holds too much rather than too
little; what is still new is recorded by whoever comes next. Doing it twice does no more than doing it once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from followup_mail.errors import FactsError, NotFoundError, RefusedError
from followup_mail.facts.application import Application
from followup_mail.facts.terms import Status
from followup_mail.incoming.tenors import Tenor
from followup_mail.incoming.understood import Understanding, Understood
from followup_mail.outbox.seen_mail import SeenMail, SeenState
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.incoming.reply import Received


def record_seen(workspace: Workspace) -> tuple[SeenMail, ...]:
    """Record whatever was seen and is still new, the oldest first; returns it.

    An answer that may belong to several applications stays new, and each of them waits, until the user says which.
    Facts that cannot be read or written now are recorded by the next look. Raises ``OutboxError``.
    """
    done: list[SeenMail] = []
    for seen in sorted(workspace.store.seen(states={SeenState.NEW}), key=attrgetter("came_at")):
        if len(seen.mail.applications) > 1 and seen.mail.understanding is Understanding.ANSWER:
            continue
        try:
            _record(workspace, seen)
        except (FactsError, RefusedError):
            continue
        state = SeenState.ACCEPTED if _is_known_no(workspace, seen.mail) else SeenState.RECORDED
        done.append(workspace.store.settle_seen(seen.id, state, workspace.now()))
    return tuple(done)


def _record(workspace: Workspace, seen: SeenMail) -> None:
    match seen.mail.understanding:
        case Understanding.ANSWER:
            record_answer(workspace, seen.mail.applications[0], seen.mail)
        case Understanding.BY_HAND:
            # The planner is only needed here, and most looks bring nothing of the kind.
            from followup_mail.services.mailbox.count_by_hand import count_by_hand

            for slug in seen.mail.applications[:1]:
                count_by_hand(workspace, slug, seen.mail, seen.came_at)


def _is_known_no(workspace: Workspace, mail: Understood) -> bool:
    """Return whether a mail says a no that the facts have already: it asks for nothing more."""
    if mail.understanding is not Understanding.ANSWER or mail.tenor is not Tenor.NO:
        return False
    try:
        return workspace.facts.load(mail.applications[0]).outcome.status is Status.REJECTED
    except (FactsError, NotFoundError):
        return False


def record_answer(workspace: Workspace, slug: str, mail: Understood, *, by_user: bool = False) -> None:
    """Record that they replied, unless the application has ended, or the facts know of this mail or a later one.

    With ``by_user`` also when the user went on after this mail: they say now that it waits for an answer.
    """
    day = mail.sent_at.astimezone(workspace.own_zone).date() if mail.sent_at else workspace.now().date()
    # Their clock may be ahead of ours: nothing has come tomorrow.
    day = min(day, workspace.now().date())

    def changes(application: Application) -> Mapping[str, object]:
        known = application.outcome
        if known.status not in {Status.WAITING, Status.REPLIED}:
            return {}
        if mail.message_id and mail.message_id == known.message_id and not by_user:
            return {}
        if known.status is Status.REPLIED and known.on and known.on > day:
            return {}
        return {"outcome": outcome_of(Status.REPLIED, day, mail)}

    try:
        workspace.facts.change(slug, changes)
    except NotFoundError:
        return  # forgotten meanwhile


def outcome_of(status: Status, day: date, mail: Understood | Received | None) -> dict[str, object]:
    """Return what the facts keep of an outcome, and of its mail, so that an answer goes to its writer and thread."""
    outcome: dict[str, object] = {"status": str(status), "on": day}
    if mail is None:
        return outcome
    return outcome | {
        "by": mail.sender or None,
        "subject": mail.subject or None,
        "message_id": mail.message_id or None,
        "references": list(mail.references) or None,
    }
