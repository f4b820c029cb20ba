"""Settings of the home's ``.env`` that are changed one by one: as they stand there, and what is wrong with new ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from followup_mail.errors import FollowupError, NotFoundError
from followup_mail.services.accounts.setup_account import Saved, Wish, save
from followup_mail.settings.env_file import read_env_file
from followup_mail.settings.env_mistakes import explain_value
from followup_mail.settings.file_sent import FileSent
from followup_mail.settings.mailbox_choices import WhenUnread
from followup_mail.settings.table import setting_rows, variable
from followup_mail.workspace import Workspace

_FLAGS: Final = ("yes", "no")
EDITABLE: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (),
    "phone": (),
    "links": (),
    "reply_to": (),
    "time_zone": (),
    "country": (),
    "office_hours": (),
    "cadence": ("",),  # the methods there are
    "own_addresses": (),
    "employer_domains": (),
    "bcc_self": _FLAGS,
    "read_mailbox": _FLAGS,
    "unread_mailbox": tuple(map(str, WhenUnread)),
    "to_drafts": _FLAGS,
    "file_sent": tuple(map(str, FileSent)),
    "notify": _FLAGS,
    "per_day": (),
}
"""The settings that need no account and no program beside this one, with what there is to choose from."""


class EditableSetting(Struct, frozen=True):
    """One of them."""

    name: str
    key: str
    help: str
    """What it does, in a sentence."""
    text: str
    """As it stands in the ``.env``; where nothing stands there, the default of a choice, else empty."""
    usual: str
    """The default, as it would be written."""
    choices: tuple[str, ...] = ()
    set_elsewhere: str = ""
    """Another place that sets it, which is not changed here."""


def list_editable(workspace: Workspace) -> tuple[EditableSetting, ...]:
    """Return them in order. Works with the defaults too, where the settings cannot be read.

    Raises ``SettingsError`` when the file itself cannot be read.
    """
    file = workspace.home / ".env"
    stands = read_env_file(file)
    found = []
    for row in setting_rows():
        if row.name not in EDITABLE:
            continue
        choices = workspace.cadence_names() if row.name == "cadence" else EDITABLE[row.name]
        place = workspace.loaded.places.get(row.name, "")
        elsewhere = place if place and not place.startswith(f"{file}:") else ""
        usual = _write(row.default)
        text = stands.text(row.name) or (usual if choices else "")
        found.append(EditableSetting(row.name, variable(row.name), row.help, text, usual, choices, elsewhere))
    return tuple(found)


def explain_wrong(workspace: Workspace, texts: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with new texts, in a sentence each, by the name of the setting."""
    wrong: dict[str, str] = {}
    for row in setting_rows():
        if not (text := texts.get(row.name, "")):
            continue
        try:
            row.read(text)
            if said := explain_value(variable(row.name), text, is_secret=False):
                raise ValueError(said)
            if row.name == "cadence":
                workspace.cadence(text)
        except NotFoundError as error:
            wrong[row.name] = error.in_full
        except (ValueError, FollowupError) as error:
            said = getattr(error, "sentence", "") or str(error)
            wrong[row.name] = f"{said[:1].upper()}{said[1:].rstrip('.')}."
    return wrong


def save_edited(workspace: Workspace, given: Mapping[str, str]) -> Saved:
    """Write what differs; a default that stands nowhere is not written. Raises ``SettingsError``."""
    texts = {}
    for setting in list_editable(workspace):
        if setting.name in given and not setting.set_elsewhere:
            text = given[setting.name].strip()
            texts[setting.name] = "" if text == setting.usual and setting.choices else text
    return save(workspace, Wish(texts))


def _write(value: object) -> str:
    """Return a default as it would be written in a ``.env``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "-".join(f"{part:%H:%M}" for part in value if hasattr(part, "hour"))
    return "" if value is None else str(value)
