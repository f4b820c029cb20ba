"""What the user decided about an application as a whole: paused or archived, nothing is sent or proposed for it."""

from __future__ import annotations

from datetime import date
from typing import Final

from followup_mail.cadence.wording import say_day
from followup_mail.facts.application import Application

PAUSED: Final = "paused"
ARCHIVED: Final = "archived"
"""Why entries of such an application are held."""


def say_set_aside(application: Application, day: date) -> str:
    """Return why nothing is sent or proposed for an application on a day of the user's; nothing when it goes on."""
    if application.archived:
        return ARCHIVED
    if application.paused:
        return PAUSED
    if application.paused_until and day < application.paused_until:
        return f"{PAUSED} until {say_day(application.paused_until, day.year)}"
    return ""


def is_snoozed(application: Application, day: date) -> bool:
    """Return whether ``today`` hides an application on a day of the user's."""
    return application.snoozed_until is not None and day < application.snoozed_until


def say_way_back(application: Application) -> str:
    """Return what to type, without the program's name, so that an application goes on that was set aside."""
    return f"archive {application.slug} --undo" if application.archived else f"resume {application.slug}"


def mark_of_hold(application: Application) -> str:
    """Return why its entries are held while it is set aside; the day on which that ends is for the facts to say."""
    return ARCHIVED if application.archived else PAUSED


def is_held_aside(held: str) -> bool:
    """Return whether an entry is held only because its application is, or was, set aside."""
    return held in {PAUSED, ARCHIVED}
