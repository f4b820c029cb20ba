"""The audit trail of an office: who approved, queued, changed and sent what, and when."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from followup_mail.office.audit_trail import Deed, read_deeds
from followup_mail.office.candidates import find_candidate
from followup_mail.services.office.office_setup import office_database
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.own_zone import find_own_zone


def audit_candidate(loaded: Loaded, name: str, entry: int | None = None) -> tuple[Deed, ...]:
    """Return what was done for a candidate, or with one entry, the newest last.

    Raises ``NotFoundError`` when there is no such candidate or entry, and ``OutboxError``.
    """
    with office_database(loaded) as (database, actor):
        return read_deeds(database, find_candidate(database, name, actor), entry)


def zone_of_office(loaded: Loaded) -> ZoneInfo:
    """Return the zone that is set, else the machine's. Raises ``SettingsError`` where neither is known."""
    given = loaded.settings.time_zone
    return ZoneInfo(given) if given else find_own_zone(os.environ)


def say_deed(deed: Deed, zone: ZoneInfo) -> str:
    """Return a line of the trail, its moment in ``zone``."""
    entry = f"#{deed.entry} " if deed.entry else ""
    about = f"{entry}{deed.about}{f' ({deed.application})' if deed.application else ''}"
    states = f": {deed.before or 'new'} → {deed.after}" if deed.after and deed.after != deed.before else ""
    detail = f"; {deed.detail}" if deed.detail and deed.detail != deed.actor else ""
    return f"{deed.at.astimezone(zone):%Y-%m-%d %H:%M:%S %Z}  {deed.actor}  {deed.what} {about}{states}{detail}"


def deeds_json(deeds: Sequence[Deed], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Return the trail for programs; moments with their offset."""
    return [
        {
            "at": deed.at.astimezone(zone).isoformat(),
            "actor": deed.actor,
            "what": deed.what,
            "entry": deed.entry,
            "application": deed.application,
            "about": deed.about,
            "before": deed.before,
            "after": deed.after,
            "detail": deed.detail,
        }
        for deed in deeds
    ]
