"""Record what the user did by hand: a call, a letter, a message. It counts like a mail of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from followup_mail.cadence.roster import Member, list_members
from followup_mail.cadence.step import Kind, Step, StepId, StepState, Touch
from followup_mail.errors import NotFoundError, RefusedError, WhenError
from followup_mail.facts.channels import Channel
from followup_mail.facts.clean import clean_passage
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.application_context import ApplicationContext, open_application
from followup_mail.services.request import find_members, read_kind
from followup_mail.services.said_options import read_moment_option
from followup_mail.workspace import Workspace

_CHANNELS: Final = {word: channel for channel in Channel for word in channel.traits.words}
_COULD_BE = (StepState.DUE, StepState.QUEUED, StepState.UPCOMING, StepState.MISSED, StepState.BLOCKED)


@dataclass(frozen=True, slots=True)
class Done:
    """What the user says they did, in their words."""

    application: str
    channel: str
    to: str = ""
    kind: str = ""
    at: str = ""
    reached: bool = True
    said: str = ""


def read_channel(text: str) -> Channel:
    """Return the channel meant by ``call``, ``letter``, ``linkedin`` or ``email``. Raises ``NotFoundError``."""
    channel = _CHANNELS.get(text.strip().lower())
    if channel is None:
        raise NotFoundError(f"'{text}' is no channel.", fix=f"There are: {', '.join(Channel.words())}.")
    return channel


@dataclass(frozen=True, slots=True)
class Logged:
    """What was recorded."""

    touch: Touch
    superseded: tuple[Entry, ...]
    """Entries for the same step. They do not leave any more."""


def log_touch(workspace: Workspace, done: Done) -> Logged:
    """Record it for the step of the plan that it is, or as a step of its own. Raises ``RefusedError`` when unclear."""
    channel = read_channel(done.channel)
    context = open_application(workspace, done.application)
    members = find_members(context.application, (done.to,) if done.to else ())
    step = _find_step(context, channel, members[0] if members else None, read_kind(done.kind) if done.kind else None)
    moment = read_moment_option(workspace, "--at", done.at) if done.at else context.now
    if moment > context.now:
        raise WhenError(f"{done.at} is still to come; only what has happened can be recorded.")
    said = clean_passage(done.said) if done.said else ""
    planned = context.plan.step(step)
    why = planned.reason if planned and planned.state is not StepState.DONE else ""
    touch = Touch(step, channel, moment, done.reached, said, why=why)
    workspace.store.log_touch(touch)
    waiting = workspace.store.entries(application=step.application, states={State.QUEUED, State.DRAFT})
    return Logged(touch, tuple(entry for entry in waiting if touch.reached and entry.step == step))


def _find_step(context: ApplicationContext, channel: Channel, member: Member | None, kind: Kind | None) -> StepId:
    """Return the step that this was: the planned one that fits best, else one of its own."""
    fitting = [step for step in context.plan.steps if step.state in _COULD_BE and _fits(step, member, kind)]
    # Something done another way than planned stands for a step only if the user names the kind.
    fitting = [step for step in fitting if kind or step.channel is channel]
    fitting.sort(key=lambda step: (step.channel is not channel, _COULD_BE.index(step.state)))
    if fitting:
        return fitting[0].id
    everybody = list_members(context.application)
    who = member or (everybody[0] if len(everybody) == 1 else None)
    if who is None:
        raise RefusedError("The plan does not tell whom that was.", fix="Say --to PERSON, and --kind if it matters.")
    wanted = kind or Kind(channel.traits.usual_kind)
    number = context.application.latest_round(context.now)
    before = [
        t.step.nth
        for t in context.history.touches
        if (t.step.kind, t.step.round, t.step.person) == (wanted, number, who.handle)
    ]
    return StepId(context.application.slug, wanted, number, who.handle, max(before, default=0) + 1)


def _fits(step: Step, member: Member | None, kind: Kind | None) -> bool:
    is_theirs = member is None or step.id.person == member.handle
    return is_theirs and (kind is None or step.kind is kind)
