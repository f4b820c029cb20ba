"""In which country the user is, which makes plain what a short name of a place means; and how a place is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_mail.cadence.clocks import city_of
from followup_mail.facts.place_tables import country_of, say_country
from followup_mail.facts.said_order import Said, read_in_order
from followup_mail.facts.said_places import Place

if TYPE_CHECKING:
    from followup_mail.workspace import Workspace


def home_country(workspace: Workspace) -> str:
    """Return the code of the user's country: the one that is set, else that of their clocks; empty for none."""
    return workspace.settings.country or country_of(workspace.own_zone.key)


def read_as_written(workspace: Workspace, read: Callable[[str], Said], text: str, where: Place | None = None) -> Said:
    """Return the day or moment in a text, with "12/3" as the user writes it, unless the place writes it otherwise."""
    there = (where.country or country_of(where.zone)) if where else ""
    return read_in_order(read, text, (home_country(workspace), there), workspace.now().date())


def say_place(place: Place) -> str:
    """Return what is known of a place: "Denver time, holidays of the United States"."""
    clocks = f"{city_of(ZoneInfo(place.zone))} time"
    return f"{clocks}, holidays of {say_country(place.country)}" if place.country else clocks
