"""Settings without anything that opens a door: for a process that is to know how things stand and to hold no key."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import setting_rows

WAYS_TO_SECRETS: Final = ("_command", "_keyring")
"""How the names of settings end that say where a secret is fetched from."""
_WRITER: Final = "writer_"


def without_secrets(loaded: Loaded) -> Loaded:
    """Return the settings without a password, key or token, without ways to fetch one, and without a writing model.

    Hosts and addresses stay: by them it is known which account a mail waits for.
    """
    emptied = {row.name: row.default for row in setting_rows() if _is_door(row.name, row.default)}
    return replace(loaded, settings=replace(loaded.settings, **emptied, may_ask_machine=False), cache=None)


def _is_door(name: str, default: object) -> bool:
    return isinstance(default, Secret) or name.endswith(WAYS_TO_SECRETS) or name.startswith(_WRITER)
