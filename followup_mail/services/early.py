"""Mails that are to leave days before the plan has them: one clear choice, and its reason is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from followup_mail.checks import Finding, refuse_errors
from followup_mail.errors import RefusedError
from followup_mail.services.prepared import Prepared

BEFORE_PLAN: Final = "FM506"
"""The rule that finds them."""
CHOSEN: Final = "you chose to when you were asked"
"""The reason of somebody who was asked on a terminal."""
_HOW: Final = 'To let it leave earlier, say why: --early "they asked for it".'


class EarlyError(RefusedError):
    """The plan has it on a later day; it may leave earlier with a reason."""


def say_early(prepared: Sequence[Prepared]) -> str:
    """Return for which day the plan has those that would leave days before it, and why; nothing when none would."""
    return "\n".join(
        _say(finding, f"The {one.written.step.kind.traits.in_sentence} to {one.written.draft.to.name}")
        for one in prepared
        for finding in one.findings
        if finding.code == BEFORE_PLAN
    )


def allow_early(prepared: Sequence[Prepared]) -> tuple[Prepared, ...]:
    """Return the mails without what was found about the plan's day: the user has decided about it."""
    return tuple(
        replace(one, findings=tuple(finding for finding in one.findings if finding.code != BEFORE_PLAN))
        for one in prepared
    )


def refuse_early(prepared: Sequence[Prepared]) -> None:
    """Raise ``EarlyError`` when the plan has any of them on a later day."""
    if said := say_early(prepared):
        raise EarlyError(said, fix=_HOW)


def refuse_findings(findings: Sequence[Finding], what: str) -> None:
    """Raise ``RefusedError`` for an error in an entry; ``EarlyError`` when nothing but the plan is against it."""
    errors = [finding for finding in findings if finding.is_error]
    if len(errors) == 1 and errors[0].code == BEFORE_PLAN:
        raise EarlyError(_say(errors[0], what), fix=_HOW)
    refuse_errors(findings)


def _say(finding: Finding, what: str) -> str:
    return finding.message.replace("This mail", what, 1)
