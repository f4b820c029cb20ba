"""The writing model that the settings describe."""

from __future__ import annotations

from followup_mail.errors import SettingsError
from followup_mail.settings.password import find_writing_key
from followup_mail.settings.table import Settings, variable
from followup_mail.writing_model.endpoint import Endpoint, host_of

_PARTS = ("writer_url", "writer_model", "writer_key", "writer_key_command", "writer_keyring")


def writing_endpoint(given: Settings) -> Endpoint:
    """Return the writing model. No key is fetched yet.

    Raises ``SettingsError`` when a part is missing, or notes could be read on their way to it.
    """
    missing = [variable(name) for name in ("writer_url", "writer_model") if not getattr(given, name)]
    if missing:
        there = next(variable(name) for name in _PARTS if getattr(given, name))
        raise SettingsError(
            f"{there} is set, but not {' and '.join(missing)}: a writing model needs its address and its name.",
            fix=f"Set {' and '.join(missing)} too, or remove {there}.",
        )
    find_key = find_writing_key(given, host_of(given.writer_url))
    endpoint = Endpoint(given.writer_url, given.writer_model, find_key, given.writer_timeout)
    _refuse_open_connection(given, endpoint)
    return endpoint


def _refuse_open_connection(given: Settings, endpoint: Endpoint) -> None:
    """Raise ``SettingsError`` where notes or a key would travel to another machine unencrypted."""
    if endpoint.is_encrypted or endpoint.is_here:
        return
    if not given.writer_allow_plain:
        raise SettingsError(
            f"Your notes would travel to {endpoint.host} unencrypted, and anyone on the way could read them.",
            fix=f"Begin {variable('writer_url')} with https, or set {variable('writer_allow_plain')}=yes.",
        )
    if given.writer_key or given.writer_key_command or given.writer_keyring:
        raise SettingsError(
            f"The key would travel to {endpoint.host} unencrypted, and anyone on the way could read it.",
            fix=f"Begin {variable('writer_url')} with https, or remove the key if that server needs none.",
        )
