"""The steps of a plan as the page shows them: each with its mails, and where something is done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, urlencode

from msgspec import Struct

from followup_mail.cadence.step import Step, StepState
from followup_mail.facts.application import Application
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.context.application_context import ApplicationContext
from followup_mail.services.context.mending_command import lacks_now, mending_command
from followup_mail.services.context.open_promises import command_for_promise
from followup_mail.web.frame.command_links import address_of

_STILL_TO_DO: Final = frozenset({StepState.DUE, StepState.UPCOMING, StepState.BLOCKED, StepState.MISSED})
_CAN_BE_SKIPPED: Final = _STILL_TO_DO | {StepState.QUEUED}


class ShownStep(Struct, frozen=True):
    """One step, and where each button about it leads; empty where there is none."""

    number: int
    step: Step
    entries: tuple[Entry, ...]
    """Its mails, the latest first."""
    mend: str
    """Where the fact is filled in that it lacks."""
    write: str
    log: str
    script: str
    can_be_skipped: bool


def list_steps(context: ApplicationContext, entries: Sequence[Entry]) -> tuple[ShownStep, ...]:
    """Return all steps of the plan, in its order."""
    return tuple(_make(number, step, context.application, entries) for number, step in enumerate(context.plan.steps, 1))


def _make(number: int, step: Step, application: Application, entries: Sequence[Entry]) -> ShownStep:
    own = (entry for entry in entries if entry.step == step.id)
    latest_first = tuple(sorted(own, key=lambda entry: entry.id, reverse=True))
    to_do = step.state in _STILL_TO_DO
    # What lies there as a draft or failed is gone on with there; a second mail would be refused.
    is_open = any(entry.state in {State.DRAFT, State.FAILED, State.UNCLEAR} for entry in latest_first)
    by_hand = to_do and not step.channel.traits.is_sent
    root = f"/applications/{quote(step.id.application)}"
    to = [("to", step.id.person)] if step.id.person else []
    with_channel = urlencode([("channel", step.channel.word), *to])
    return ShownStep(
        number=number,
        step=step,
        entries=latest_first,
        mend=address_of(mending_command(step) if lacks_now(step) else command_for_promise(application, step))
        if to_do
        else "",
        write=f"{root}/write/{step.kind}{f'?{urlencode(to)}' if to else ''}"
        if to_do and step.channel.traits.is_sent and step.person and not is_open
        else "",
        log=f"{root}/log?{with_channel}" if by_hand else "",
        script=f"{root}/script?{with_channel}" if by_hand and step.channel.traits.script and step.person else "",
        can_be_skipped=step.state in _CAN_BE_SKIPPED,
    )
