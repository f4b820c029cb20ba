"""Where the name of a method stands that there is not."""

from __future__ import annotations

from pathlib import Path

from followup_mail.errors import FactsError, FollowupError, NotFoundError, SettingsError
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import variable


def explain_unknown(error: NotFoundError, facts: Path | None, loaded: Loaded) -> FollowupError:
    """Return the error with its place: the file of ``facts`` that names the method, else the setting."""
    if facts:
        fix = f"{error.fix} Name one with: followup-mail change {facts.stem} --cadence NAME"
        return FactsError(f"{facts}: cadence: {error.sentence}", fix=fix)
    place = loaded.places.get("cadence", "default")
    return SettingsError(f"{place}: {variable('cadence')}: {error.sentence}", fix=error.fix)
