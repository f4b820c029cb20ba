"""Which sentences of a wording are left out: what the facts say, and for who writes short mails what can be spared."""

from __future__ import annotations

from typing import Final

from followup_mail.drafts.assignment import Assignment, Writer
from followup_mail.drafts.own_moves import leave_out
from followup_mail.drafts.own_words import strip_marks
from followup_mail.drafts.template_folders import Wording
from followup_mail.facts.terms import OwnMove

_LEFT_AT_LEAST: Final = 45
"""Words between greeting and closing; below forty, FM802 says, a mail looks like a formality."""


def leave_out_optional(writer: Writer, assignment: Assignment, wording: Wording, rendered: str) -> str:
    """Return what a wording rendered, marks and all, without those sentences."""
    full = leave_out(rendered, assignment.application.leave_out)
    can_be_spared = not (wording.own or wording.shared or assignment.step.kind.traits.asks)
    if not (writer.voice and writer.voice.is_brief and can_be_spared):
        return full
    brief = leave_out(full, [OwnMove.ANSWERS])
    return brief if _words_between(brief) >= _LEFT_AT_LEAST else full


def _words_between(rendered: str) -> int:
    """Return the words between greeting and closing: all paragraphs but the first, with the subject, and the last."""
    return len(strip_marks(" ".join(rendered.strip().split("\n\n")[2:-1])).split())
