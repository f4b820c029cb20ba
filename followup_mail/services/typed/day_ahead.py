"""A day to come, as a user types it: until when an application is paused, or hidden."""

from __future__ import annotations

from datetime import date
from typing import Final

from followup_mail.cadence.wording import say_day
from followup_mail.errors import WhenError
from followup_mail.facts.said_readings import Side
from followup_mail.services.typed.said_options import read_day_option
from followup_mail.workspace import Workspace

_FORMS: Final = 'Write a day after today, like "friday", "in 2 weeks" or "2026-12-08".'


def read_day_ahead(workspace: Workspace, label: str, text: str) -> date:
    """Read it. Raises ``WhenError``, which begins with ``label``, for what is no day or not ahead."""
    today = workspace.now().date()
    if not text.strip():
        raise WhenError(f"{label}: no day was given.", fix=_FORMS)
    day = read_day_option(workspace, label, text, Side.COMING)
    if day <= today:
        raise WhenError(f"{label}: {say_day(day, today.year)} is not ahead.", fix=_FORMS)
    return day
