"""Every setting with its value and where it was set; no secret among them."""

from __future__ import annotations

from msgspec import Struct

from followup_mail.errors import SettingsError
from followup_mail.settings.source import COMMANDS
from followup_mail.settings.table import Settings, secret_values, setting_rows, variable
from followup_mail.workspace import Workspace


class SettingRow(Struct, frozen=True):
    """One setting."""

    key: str
    """The name of its variable."""
    value: str
    set_in: str


class SettingList(Struct, frozen=True):
    """All of them."""

    rows: tuple[SettingRow, ...]
    zone_error: SettingsError | None = None
    """Why the user's time zone is not known."""
    writing_model: str = ""
    """What leaves the machine when a writing model is asked, in a sentence; empty when none is set."""
    writing_error: SettingsError | None = None
    """Why the writing model that is set cannot be used."""


def list_settings(workspace: Workspace) -> SettingList:
    """Return every setting as it holds, the home folder and the machine's time zone included."""
    settings, places = workspace.settings, workspace.loaded.places
    values = {row.name: _shown(getattr(settings, row.name)) for row in setting_rows()}
    values |= {name: "(set, not shown)" for name, value in values.items() if value and variable(name) in COMMANDS}
    values = {name: _without_secret(settings, value) for name, value in values.items()}
    zone_error = None
    try:
        zone = values["time_zone"] or workspace.own_zone.key
    except SettingsError as error:
        zone, zone_error = "not known", error
    values |= {"home": str(workspace.home), "time_zone": zone}
    rows = (SettingRow(variable(name), value, places.get(name, "default")) for name, value in values.items())
    return SettingList(tuple(rows), zone_error, *_describe_writing_model(workspace))


def _describe_writing_model(workspace: Workspace) -> tuple[str, SettingsError | None]:
    try:
        endpoint = workspace.writing_model
    except SettingsError as error:
        return "", error
    if endpoint is None:
        return "", None
    from followup_mail.writing_model.endpoint import say_what_leaves

    return _without_secret(workspace.settings, say_what_leaves(endpoint)), None


def _without_secret(settings: Settings, value: str) -> str:
    """Return a value to be shown, unless a password stands in it by mistake."""
    found = any(secret in value for secret in secret_values(settings) if len(secret) >= 4)
    return "(hidden: it holds a password or key)" if found else value


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        joined = "-" if value and hasattr(value[0], "hour") else ", "
        return joined.join(f"{part:%H:%M}" if hasattr(part, "hour") else str(part) for part in value)
    return "" if value in (None, 0) else str(value)
