"""Where a secret comes from: the settings, a command, or the system's keyring. Asked for each time it is needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.delivery.smtp_account import Auth
from followup_mail.errors import SettingsError
from followup_mail.settings.password_command import ask_command
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import Settings, variable

NOTHING_SENT: Final = "The mail server's password is still to be set, so nothing is sent yet: followup-mail setup"
_TRY_KEYRING = "Try it in a terminal: keyring get SERVICE ACCOUNT"


class SecretPlaces(Struct, frozen=True):
    """The names of the three settings that a secret can come from, in order of precedence."""

    value: str
    command: str
    keyring: str
    """Has the name of a keyring service."""
    what: str
    """As sentences call the secret."""


_SENDING: Final = SecretPlaces("smtp_password", "smtp_password_command", "smtp_keyring", "password")
"""The password of the mail server."""
_WRITING: Final = SecretPlaces("writer_key", "writer_key_command", "writer_keyring", "key")
"""The key of the writing model."""


def lacks_password(settings: Settings) -> bool:
    """Return whether the mail server needs a password and no place is set that it could come from."""
    by_secret = settings.smtp_auth not in {Auth.NONE, Auth.OAUTH}
    places = (settings.smtp_password, settings.smtp_password_command, settings.smtp_keyring)
    return bool(settings.smtp_host) and by_secret and not any(places)


def refuse_without_password(settings: Settings) -> None:
    """Raise ``SettingsError`` where every login would fail, since no password is set: no mail is tried then."""
    if lacks_password(settings):
        _no_sending_password()


def find_password(settings: Settings, account: str) -> Callable[[], str]:
    """Return a function that fetches the password of ``account`` from the first place that is set.

    The function raises ``SettingsError`` when there is no password. What a command prints is never shown.
    """
    return _find_secret(settings, _SENDING, account) or _no_sending_password


def find_mailbox_password(settings: Settings, account: str) -> Callable[[], str]:
    """Return a function that fetches the mailbox's own password, or else that of the mail server."""
    if settings.imap_password:
        return settings.imap_password.reveal
    return _find_secret(settings, _SENDING, account) or _no_mailbox_password


def find_writing_key(settings: Settings, host: str) -> Callable[[], str]:
    """Return a function that fetches the key of the writing model at ``host``; an empty text where none is set.

    The function raises ``SettingsError`` when the place that is set has no key.
    """
    return _find_secret(settings, _WRITING, host) or str


def _find_secret(settings: Settings, places: SecretPlaces, account: str) -> Callable[[], str] | None:
    value, command, service = (getattr(settings, name) for name in (places.value, places.command, places.keyring))
    if isinstance(value, Secret) and value:
        return value.reveal
    if (command or service) and not settings.may_ask_machine:
        return lambda: _refuse_to_ask(places.command if command else places.keyring, places)
    if command:
        return lambda: _ask_command(command, places, settings.home)
    if service:
        return lambda: _ask_keyring(service, account, places)
    return None


def _refuse_to_ask(name: str, places: SecretPlaces) -> str:
    """A candidate's command would run on the office's machines, with all that their environment holds."""
    raise SettingsError(
        f"{variable(name)} is not used in an office: its machines run no command of a candidate, and ask no keyring.",
        fix=f"Set the {places.what} itself by `followup-mail --candidate NAME setup`; it is kept sealed.",
    )


def _ask_command(command: str, places: SecretPlaces, home: Path | None) -> str:
    return ask_command(command, variable(places.command), cwd=home, what=places.what)


def _ask_keyring(service: str, account: str, places: SecretPlaces) -> str:
    try:
        import keyring
    except ImportError:
        raise SettingsError(
            f"{variable(places.keyring)} is set, but the keyring library is not installed.",
            fix="Install it: pip install 'followup-mail[keyring]'",
        ) from None
    except Exception as error:  # importing it searches for back ends, and any may be broken
        raise SettingsError(f"The keyring could not be loaded: {type(error).__name__}.", fix=_TRY_KEYRING) from None
    try:
        secret = keyring.get_password(service, account)
    except Exception as error:  # every back end raises its own
        raise SettingsError(f"The keyring could not be read: {type(error).__name__}.", fix="Unlock it.") from None
    if secret is None or secret == "":
        raise SettingsError(
            f"The keyring holds no {places.what} of '{account}' for the service '{service}'.",
            fix=f"Add it: keyring set {service} {account}",
        )
    if not isinstance(secret, str) or "\0" in secret:
        raise SettingsError(f"The keyring returned something that is not a {places.what}.", fix=_TRY_KEYRING)
    return secret


def _no_mailbox_password() -> str:
    raise SettingsError(
        f"{variable('imap_host')} is set, but no password for it.",
        fix=f"Set {variable('imap_password')}, or the password of the mail server.",
    )


def _no_sending_password() -> str:
    raise SettingsError(
        f"{variable('smtp_host')} is set, but no password for it.",
        fix=f"Type `followup-mail setup`, or set {variable('smtp_password')}, {variable('smtp_password_command')} or "
        f"{variable('smtp_keyring')}; for a server without passwords set {variable('smtp_auth')}=none.",
    )
