"""A day to come, as a user types it: until when an application is paused, or hidden."""

from __future__ import annotations

from datetime import date
from typing import Final

from followup_mail.cadence.when_words import read_day
from followup_mail.cadence.wording import say_day
from followup_mail.errors import WhenError
from followup_mail.facts.unfit_values import quoted
from followup_mail.workspace import Workspace

_FORMS: Final = 'Write a day after today, like "friday", "in 2 weeks" or "2026-12-08".'


def read_day_ahead(workspace: Workspace, label: str, text: str) -> date:
    """Read it. Raises ``WhenError``, which begins with ``label``, for what is no day or not ahead."""
    today = workspace.now().date()
    try:
        day = read_day(" ".join(text.lower().split()), today, "")
    except WhenError as error:
        raise WhenError(f"{label}: {error.sentence}", fix=_FORMS) from None
    if day is None:
        raise WhenError(f"{label}: {quoted(text)} is not a day that this program understands.", fix=_FORMS)
    if day <= today:
        raise WhenError(f"{label}: {say_day(day, today.year)} is not ahead.", fix=_FORMS)
    return day
