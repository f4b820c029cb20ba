"""Record what the user did by hand: a call, a letter, a message. It counts like a mail of ours."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec import Struct

from followup_mail.cadence.step import Step, StepState, Touch
from followup_mail.errors import NotFoundError, WhenError
from followup_mail.facts.channels import Channel
from followup_mail.facts.clean import clean_passage
from followup_mail.outbox.entry import WAITS, Entry
from followup_mail.services.by_hand.logged_step import ByHand, Choose, guess_step, take_first
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.request import find_members, read_kind
from followup_mail.services.typed.early_day import refuse_early_contact
from followup_mail.services.typed.said_options import read_moment_option
from followup_mail.workspace import Workspace

_CHANNELS: Final = {word: channel for channel in Channel for word in channel.traits.words}


class Done(Struct, frozen=True):
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


class Logged(Struct, frozen=True):
    """What was recorded."""

    touch: Touch
    superseded: tuple[Entry, ...]
    """Entries for the same step. They do not leave any more."""
    others: tuple[Step, ...] = ()
    """Steps of another kind that it could have been as well."""


def log_touch(workspace: Workspace, done: Done, choose: Choose = take_first) -> Logged:
    """Record it for the step of the plan that it is, or as a step of its own. Raises ``RefusedError`` when unclear.

    ``choose`` is asked where it could be several.
    """
    channel = read_channel(done.channel)
    context = open_application(workspace, done.application)
    members = find_members(context.application, (done.to,) if done.to else ())
    moment = read_moment_option(workspace, "--at", done.at) if done.at else context.now
    if moment > context.now:
        raise WhenError(f"{done.at} is still to come; only what has happened can be recorded.")
    refuse_early_contact(workspace, context.application, "--at", moment.date())
    kind = read_kind(done.kind) if done.kind else None
    guess = guess_step(context, ByHand(channel, moment, members[0] if members else None, kind), choose)
    said = clean_passage(done.said) if done.said else ""
    touch = Touch(guess.step, channel, moment, done.reached, said, why=_why(context.plan.step(guess.step), moment))
    workspace.store.log_touch(touch)
    waiting = workspace.store.entries(application=guess.step.application, states=WAITS)
    superseded = tuple(entry for entry in waiting if touch.reached and entry.step == guess.step)
    return Logged(touch, superseded, guess.others)


def _why(planned: Step | None, moment: datetime) -> str:
    """Return the plan's reason for what was done by hand; none for what was done before its day."""
    due_at = None if planned is None or planned.state is StepState.DONE else planned.due_at
    if planned is None or due_at is None or moment.astimezone(due_at.tzinfo).date() < due_at.date():
        return ""
    return planned.reason
