"""Where the user is, for planning; and where answers about days off are kept.

They are kept in the user's cache folder of this system, never in the home folder: that may have come from somebody
else, in an archive or on a stick, and what is kept decides on which days mails leave.
"""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from followup_mail.cadence.days_off import keep_answers_in
from followup_mail.cadence.worktime import Place
from followup_mail.settings.table import Settings


def make_planning_place(settings: Settings, zone: ZoneInfo) -> Place:
    """Return the user's zone, country and office hours. Whoever asks goes on to days off: see that these are kept."""
    keep_answers_in(cache_folder() / "days-off.txt")
    opens, closes = settings.office_hours
    return Place(zone.key, settings.country, opens=opens, closes=closes)


def cache_folder() -> Path:
    """Return the user's folder for what this program can work out again, whether or not it exists."""
    from platformdirs import user_cache_path

    return user_cache_path("followup-mail", appauthor=False)
