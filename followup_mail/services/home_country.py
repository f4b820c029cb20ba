"""In which country the user is, which makes plain what a short name of a place means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_mail.facts.said_places import country_of

if TYPE_CHECKING:
    from followup_mail.workspace import Workspace


def home_country(workspace: Workspace) -> str:
    """Return the code of the user's country: the one that is set, else that of their clocks; empty for none."""
    return workspace.settings.country or country_of(workspace.own_zone.key)
