"""The checks of mails that wait in the outbox: against the facts as they are now, and against each other."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from followup_mail.cadence.step import StepState
from followup_mail.checks import CheckContext
from followup_mail.message.draft import Mailbox
from followup_mail.outbox.entry import WAITS, Entry, State, in_zone
from followup_mail.services.context.application_context import ApplicationContext, reached_person
from followup_mail.services.context.close_contacts import shares_day
from followup_mail.services.writing.check_inputs import Background, surround
from followup_mail.workspace import Workspace

_NOT_SENT: Final = WAITS | {State.IN_FOLDER}
"""Not sent yet, and can still be changed or held back."""


def waiting_entries(workspace: Workspace, application: str) -> tuple[Entry, ...]:
    """Return the mails of an application that wait, in the order in which they leave."""
    return workspace.store.entries(application=application, states=_NOT_SENT)


def entry_context(context: ApplicationContext, background: Background, sender: Mailbox, entry: Entry) -> CheckContext:
    """Return what the checks look at for a mail in the outbox.

    Its step is in the plan as taken by the mail itself, so it is looked at as still to come.
    """
    step = next((planned for planned in context.plan.steps if planned.id == entry.step), None)
    # A moment that the user chose, perhaps just now, is the one that counts.
    moves = step is not None and step.state is StepState.QUEUED and not entry.timing.insisted
    leaves = step.at if step and moves else None
    step = replace(step, state=StepState.UPCOMING) if step else None
    bare = CheckContext(
        subject=entry.message.subject,
        text=entry.message.text,
        kind=entry.step.kind,
        sender=sender,
        recipient=entry.message.to,
        person=reached_person(step) if step else None,
        step=step,
        sends_at=in_zone(leaves or entry.timing.due_at, entry.timing.place.zone),
        enclosures=tuple(file.path.name for file in entry.message.attached),
        thread_subject=entry.message.subject if entry.message.references else "",
        shared_day=step is not None and entry.timing.insisted and shares_day(context, step, entry.timing.due_at),
    )
    return surround(bare, context, background, entry.step)
