"""What the user should know today about the drafts in their mailbox, as far as a look there has shown it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from followup_mail.cadence.step import StepId
from followup_mail.errors import FollowupError
from followup_mail.facts.terms import Status
from followup_mail.outbox.draft_changes import DELETED_THERE
from followup_mail.outbox.entry import TO_DRAFTS, Entry, State
from followup_mail.workspace import Workspace

_TOLD_FOR: Final = timedelta(days=1)


def find_in_drafts(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the entries that lie in the Drafts folder, by the moment that the plan has for them."""
    found = workspace.store.in_drafts() if workspace.has_store else ()
    return tuple(sorted(found, key=lambda entry: entry.timing.due_at))


def say_pointless(workspace: Workspace, entry: Entry) -> str:
    """Return why a draft should not be sent any more, with what to do; empty where its application still waits."""
    try:
        status = workspace.facts.load(entry.step.application).outcome.status
    except FollowupError:
        return ""
    if status in entry.step.kind.traits.outcomes:
        return ""
    why = "They have answered" if status is Status.REPLIED else f"The outcome is {status} now"
    return f"{why}: do not send it as it is. To take it out there: followup-mail outbox cancel {entry.id}"


def find_on_the_way(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the entries that are meant for the Drafts folder and do not lie there yet."""
    return tuple(one for one in workspace.store.entries(states={State.DRAFT}) if one.held == TO_DRAFTS)


def find_deleted_there(workspace: Workspace, open_steps: Collection[StepId]) -> tuple[Entry, ...]:
    """Return the entries whose draft the user deleted within a day, and whose step is open again."""
    if not workspace.has_store:
        return ()
    since = workspace.now() - _TOLD_FOR
    deleted = workspace.store.cancelled_for(open_steps, DELETED_THERE)
    return tuple(one for one in deleted if any(move.at >= since for move in workspace.store.transitions(one.id)[-1:]))
