"""A mail that the user wrote in a mail program counts as a contact: as a step of the plan, or beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from followup_mail.cadence.roster import list_members
from followup_mail.cadence.step import StepId, StepState, Touch
from followup_mail.errors import NotFoundError
from followup_mail.facts.application import Application
from followup_mail.facts.channels import Channel
from followup_mail.incoming.understood import Understood
from followup_mail.message.thread import reply_subject
from followup_mail.services.by_hand.logged_step import ByHand, guess_step, step_of_its_own
from followup_mail.services.context.application_context import ApplicationContext, open_application
from followup_mail.services.mailbox.watch_list import counts_from
from followup_mail.workspace import Workspace

_TIMELY: Final = frozenset({StepState.DUE, StepState.QUEUED, StepState.MISSED})


def count_by_hand(workspace: Workspace, slug: str, mail: Understood, at: datetime) -> None:
    """Count a mail as a contact, once. Raises ``FactsError``."""
    if any(_is_of(touch, mail, at) for touch in workspace.store.touches(slug)):
        return
    if any(entry.message.to.email.lower() == mail.sender for entry in workspace.store.in_drafts()):
        return  # perhaps the draft that lies in the mailbox, sent a moment ago: whoever looks at drafts will tell
    try:
        context = open_application(workspace, slug)
    except NotFoundError:
        return
    members = list_members(context.application)
    member = next((one for one in members if (one.person.email or "").lower() == mail.sender), None)
    if member is None and len(members) != 1:
        return  # a colleague whom the facts do not know: nobody's limit of contacts
    step = _step_of(context, mail, ByHand(Channel.EMAIL, at, member))
    local = at.astimezone(workspace.own_zone)
    workspace.store.log_touch(
        Touch(step, Channel.EMAIL, local, text=mail.first_line, subject=mail.subject, message_id=mail.message_id)
    )


def strike_by_hand(workspace: Workspace, slug: str, mail: Understood, at: datetime) -> None:
    """Let a mail count as a contact no more."""
    for touch in workspace.store.touches(slug):
        if _is_of(touch, mail, at):
            workspace.store.strike_touch(touch)


def _is_of(touch: Touch, mail: Understood, at: datetime) -> bool:
    """Return whether a contact is this mail, by its Message-ID, else by moment and words in another folder."""
    if mail.message_id:
        return touch.message_id == mail.message_id
    return (touch.at, touch.subject, touch.text) == (at, mail.subject, mail.first_line)


def _step_of(context: ApplicationContext, mail: Understood, done: ByHand) -> StepId:
    """Return the step of the plan that a mail by hand stands for, if its time has come; else a step of its own.

    What answers one of theirs, or was written before the interview, is none of the notes that the plan has.
    """
    if not _answers_them(context.application, mail) and counts_from(context.application, done.at):
        guessed = guess_step(context, done).step
        planned = context.plan.step(guessed)
        if planned and planned.state in _TIMELY:
            return guessed
    return step_of_its_own(context, done)


def _answers_them(application: Application, mail: Understood) -> bool:
    """Return whether a mail of the user's answers the one of theirs that the facts know."""
    theirs = application.outcome
    if theirs.message_id and theirs.message_id in mail.references:
        return True
    return bool(theirs.subject) and mail.subject.casefold() == reply_subject(theirs.subject).casefold()
