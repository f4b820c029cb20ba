"""Where the password comes from: the settings, a command, or the system's keyring. Asked for at each login."""

from __future__ import annotations

from collections.abc import Callable

from followup_mail.errors import SettingsError
from followup_mail.settings.password_command import ask_command
from followup_mail.settings.table import Settings, variable

_TRY_KEYRING = "Try it in a terminal: keyring get SERVICE ACCOUNT"


def find_password(settings: Settings, account: str) -> Callable[[], str]:
    """Return a function that fetches the password of ``account`` from the first source that is set.

    The function raises ``SettingsError`` when the source has no password. What a command prints is never shown.
    """
    if settings.smtp_password:
        return settings.smtp_password.reveal
    if settings.smtp_password_command:
        return lambda: ask_command(settings.smtp_password_command, variable("smtp_password_command"), cwd=settings.home)
    if settings.smtp_keyring:
        return lambda: _ask_keyring(settings.smtp_keyring, account)
    return _no_sending_password


def find_mailbox_password(settings: Settings, account: str) -> Callable[[], str]:
    """Return a function that fetches the mailbox's own password, or else that of the mail server."""
    if settings.imap_password:
        return settings.imap_password.reveal
    found = find_password(settings, account)
    return _no_mailbox_password if found is _no_sending_password else found


def _ask_keyring(service: str, account: str) -> str:
    try:
        import keyring
    except ImportError:
        raise SettingsError(
            f"{variable('smtp_keyring')} is set, but the keyring library is not installed.",
            fix="Install it: pip install 'followup-mail[keyring]'",
        ) from None
    except Exception as error:  # importing it searches for back ends, and any may be broken
        raise SettingsError(f"The keyring could not be loaded: {type(error).__name__}.", fix=_TRY_KEYRING) from None
    try:
        password = keyring.get_password(service, account)
    except Exception as error:  # every back end raises its own
        raise SettingsError(f"The keyring could not be read: {type(error).__name__}.", fix="Unlock it.") from None
    if password is None or password == "":
        raise SettingsError(
            f"The keyring holds no password of '{account}' for the service '{service}'.",
            fix=f"Add it: keyring set {service} {account}",
        )
    if not isinstance(password, str) or "\0" in password:
        raise SettingsError("The keyring returned something that is not a password.", fix=_TRY_KEYRING)
    return password


def _no_mailbox_password() -> str:
    raise SettingsError(
        f"{variable('imap_host')} is set, but no password for it.",
        fix=f"Set {variable('imap_password')}, or the password of the mail server.",
    )


def _no_sending_password() -> str:
    raise SettingsError(
        f"{variable('smtp_host')} is set, but no password for it.",
        fix=f"Set {variable('smtp_password')}, {variable('smtp_password_command')} or {variable('smtp_keyring')}; "
        f"for a server without passwords set {variable('smtp_auth')}=none.",
    )
