"""A letter of theirs, with what has to be asked before it is recorded: what does not fit, and whom to answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.facts.application import Application
from followup_mail.facts.terms import Status
from followup_mail.services.answers.answered_person import Answered, whom_to_answer
from followup_mail.services.answers.fitting_applications import Fit, rank_applications
from followup_mail.services.answers.letter_doubt import Doubt
from followup_mail.services.answers.letter_doubts import find_doubts
from followup_mail.services.answers.record_letter import Came, came_by_letter
from followup_mail.services.answers.safe_answer import whom_to_draft_to
from followup_mail.services.answers.take_letter import TakenLetter
from followup_mail.workspace import Workspace


class RankedFits(Struct, frozen=True):
    """How well a letter fits each application, the best first."""

    fits: Sequence[Fit]
    is_named: bool = True
    """Whether the user named the application; False where the letter alone tells which it is."""


class SettledLetter(Struct, frozen=True):
    """A letter that was read for an application."""

    slug: str
    taken: TakenLetter
    doubts: tuple[Doubt, ...]
    choices: tuple[Answered, ...]
    """Whom the answer can go to, the likeliest first; more than one only where that has to be chosen."""

    @property
    def has_to_ask(self) -> bool:
        """Return whether the user has to confirm or choose something first."""
        return bool(self.doubts) or len(self.choices) > 1

    def came(self, chosen: int = 0, on: date | None = None, reason: str = "") -> Came:
        """Return it ready to be recorded; ``chosen`` is whom to answer, as an index of ``choices``."""
        whom = self.choices[chosen] if 0 <= chosen < len(self.choices) else self.choices[0]
        told = (self.taken.told,) if self.taken.told else ()
        return replace(came_by_letter(self.slug, self.taken, whom, told), on=on, reason=reason)


def settle_letter(
    workspace: Workspace,
    application: Application,
    status: Status,
    taken: TakenLetter,
    ranked: RankedFits | None = None,
) -> SettledLetter:
    """Find what has to be asked about a letter that the user means to record as ``status``."""
    ranked = ranked or RankedFits(rank_applications(workspace, taken.letter))
    doubts = find_doubts(taken.letter, status, application.slug, ranked.fits, is_named=ranked.is_named)
    if status is Status.REJECTED:
        choices = whom_to_draft_to(workspace, taken.letter, application)
    else:
        choices = whom_to_answer(taken.letter, application)[:1]
    return SettledLetter(application.slug, taken, doubts, choices)
