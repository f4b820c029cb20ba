"""The values between a request and the outbox."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from followup_mail.cadence.step import Step
from followup_mail.checks import Briefing, CheckContext, Finding
from followup_mail.errors import FollowupError
from followup_mail.message.draft import Draft
from followup_mail.message.message import Message
from followup_mail.outbox.entry import Timing


class ModelUse(Struct, frozen=True):
    """What a writing model has to do with a mail."""

    key: str
    """What the model's answer is remembered by."""
    stamp: str = ""
    """What tells the model's mail from another answer to the same."""
    is_read: bool = False
    """Whether the user was shown this mail of the model's before."""
    why_not: str = ""
    """Why the draft is our own all the same, in a sentence; empty when the model wrote it."""
    briefing: Briefing | None = None
    """What it was told, to check the mail by."""


class Written(Struct, frozen=True):
    """A draft with the step it is for and the time it is to leave."""

    step: Step
    draft: Draft
    timing: Timing
    why: str
    """Why it leaves at that time; empty where nothing is known."""
    unwritable: FollowupError | None = None
    """Why our own wordings cannot write it, so that ``draft`` has no words; None where they can, or a model did."""
    model_use: ModelUse | None = None
    """What came of asking a writing model; None where none was to be asked."""
    stays: str = ""
    """Why it does not leave as things stand, and what helps, of one that waits in the outbox."""


Surround: TypeAlias = Callable[[Written, Sequence[Written]], CheckContext]
"""Lays a draft before the checks, with the others of its batch."""


class Prepared(Struct, frozen=True):
    """A mail ready to be shown or queued."""

    written: Written
    message: Message
    context: CheckContext
    """What was checked; the places in ``findings`` refer to it."""
    findings: tuple[Finding, ...]
    ignored: tuple[str, ...] = ()
    """Codes of the check rules that the user left out for this mail alone."""


class Batch(Struct, frozen=True):
    """All mails of one request."""

    prepared: tuple[Prepared, ...]
    left: tuple[str, ...] = ()
    """Who was left out and why, in sentences."""
    missing: tuple[str, ...] = ()
    """What is missing for thank-yous to many people, in sentences."""
