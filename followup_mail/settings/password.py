"""Where the password comes from: the settings, a command, or the system's keyring. Asked for at each login."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable

from followup_mail.errors import SettingsError
from followup_mail.settings.table import Settings, variable

_COMMAND_SECONDS = 60


def find_password(settings: Settings, account: str) -> Callable[[], str]:
    """Return what fetches the password of ``account``; the first source that is set wins.

    The callable raises ``SettingsError`` when its source gives none. What a command prints is never shown.
    """
    if settings.smtp_password:
        return settings.smtp_password.reveal
    if settings.smtp_password_command:
        return lambda: _ask_command(settings.smtp_password_command)
    if settings.smtp_keyring:
        return lambda: _ask_keyring(settings.smtp_keyring, account)
    return _no_sending_password


def find_mailbox_password(settings: Settings, account: str) -> Callable[[], str]:
    """Return what fetches the mailbox's password: its own, or else from where the mail server's comes."""
    if settings.imap_password:
        return settings.imap_password.reveal
    found = find_password(settings, account)
    return _no_mailbox_password if found is _no_sending_password else found


def _ask_command(command: str) -> str:
    name = variable("smtp_password_command")
    try:
        words = shlex.split(command)
        done = subprocess.run(  # noqa: S603  # the user's own command, from the user's own settings, without a shell
            words, capture_output=True, text=True, timeout=_COMMAND_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise SettingsError(f"{name} could not be run: {type(error).__name__}.", fix="Try it in a terminal.") from None
    password = done.stdout.split("\n", 1)[0].rstrip("\r")
    if done.returncode or not password:
        raise SettingsError(f"{name} gave no password (exit code {done.returncode}).", fix="Try it in a terminal.")
    return password


def _ask_keyring(service: str, account: str) -> str:
    try:
        import keyring
    except ImportError:
        raise SettingsError(
            f"{variable('smtp_keyring')} is set, but the keyring library is not installed.",
            fix="Install it: pip install 'followup-mail[keyring]'",
        ) from None
    try:
        password = keyring.get_password(service, account)
    except Exception as error:  # every back end raises its own
        raise SettingsError(f"The keyring could not be read: {type(error).__name__}.", fix="Unlock it.") from None
    if not password:
        raise SettingsError(
            f"The keyring holds no password of '{account}' for the service '{service}'.",
            fix=f"Put it there: keyring set {service} {account}",
        )
    return str(password)


def _no_mailbox_password() -> str:
    raise SettingsError(
        f"{variable('imap_host')} is set, but no password for it.",
        fix=f"Set {variable('imap_password')}, or the password of the mail server.",
    )


def _no_sending_password() -> str:
    raise SettingsError(
        f"{variable('smtp_host')} is set, but no password for it.",
        fix=f"Set {variable('smtp_password')}, {variable('smtp_password_command')} or {variable('smtp_keyring')}; "
        f"for a server that wants none set {variable('smtp_auth')}=none.",
    )
