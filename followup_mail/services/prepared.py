"""The values between a request and the outbox."""

from __future__ import annotations

from dataclasses import dataclass

from followup_mail.cadence.step import Step
from followup_mail.checks import CheckContext, Finding
from followup_mail.message.draft import Draft
from followup_mail.message.message import Message
from followup_mail.outbox.entry import Timing


@dataclass(frozen=True, slots=True)
class Written:
    """A draft with the step it is for and the time it is to leave."""

    step: Step
    draft: Draft
    timing: Timing


@dataclass(frozen=True, slots=True)
class Prepared:
    """A mail ready to be shown or queued."""

    written: Written
    message: Message
    context: CheckContext
    """What was checked; the places in ``findings`` refer to it."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """All mails of one request."""

    prepared: tuple[Prepared, ...]
    left: tuple[str, ...] = ()
    """Who was left out and why, in sentences."""
    missing: tuple[str, ...] = ()
    """What is missing for thank-yous to many people, in sentences."""
