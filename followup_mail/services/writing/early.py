"""Mails that are to leave before the plan has them, or before a day that they named: one clear choice with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from followup_mail.cadence.step import Step, say_earlier
from followup_mail.checks import CheckContext, Finding, check_mail, choose_rules, refuse_errors
from followup_mail.errors import RefusedError
from followup_mail.services.writing.prepared import Prepared

_RULES: Final = ("FM501", "FM506")
"""The rules that find them: before a day that they named, and before the plan's day."""
CHOSEN: Final = "you chose to when you were asked"
"""The reason of somebody who was asked on a terminal."""
_HOW: Final = 'To let it leave then, say why: --early "they asked for it".'


class EarlyError(RefusedError):
    """The plan has it on a later day, or they named one; it may leave earlier with a reason."""


def say_early(prepared: Sequence[Prepared]) -> str:
    """Return what the plan and the days they named have against each that would leave earlier; else nothing."""
    return "\n".join(
        _say(finding, f"The {one.written.step.kind.traits.in_sentence} to {one.written.draft.to.name}")
        for one in prepared
        for finding in one.findings
        if finding.by_choice
    )


def allow_early(prepared: Sequence[Prepared]) -> tuple[Prepared, ...]:
    """Return the mails without what was found about leaving early: the user has decided about it."""
    return tuple(replace(one, findings=without_early(one.findings)) for one in prepared)


def without_early(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings without those about leaving early."""
    return tuple(finding for finding in findings if not finding.by_choice)


def early_rules(context: CheckContext) -> tuple[str, ...]:
    """Return the codes of the rules that a mail leaves out when it leaves early by choice."""
    return tuple(finding.code for finding in check_mail(context, choose_rules(_RULES)) if finding.by_choice)


def say_chosen(early: str, step: Step | None, at: datetime) -> str:
    """Return why a mail leaves before its day, in the user's words; nothing where the plan has no later day for it."""
    planned = step.due_at if step else None
    is_earlier = planned is None or at.astimezone(planned.tzinfo).date() < planned.date()
    return say_earlier(early) if early and is_earlier else ""


def refuse_early(prepared: Sequence[Prepared]) -> None:
    """Raise ``EarlyError`` when the plan has any of them on a later day, or they named one."""
    if said := say_early(prepared):
        raise EarlyError(said, fix=_HOW)


def refuse_findings(findings: Sequence[Finding], what: str) -> None:
    """Raise ``RefusedError`` for an error in an entry; ``EarlyError`` when it only leaves early."""
    refuse_errors(without_early(findings), what)
    if early := next((finding for finding in findings if finding.by_choice), None):
        raise EarlyError(_say(early, what), fix=_HOW)


def _say(finding: Finding, what: str) -> str:
    within = f"{what[0].lower()}{what[1:]}"
    return finding.message.replace("This mail", what, 1).replace("this mail", within, 1)
