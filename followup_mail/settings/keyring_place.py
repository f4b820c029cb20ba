"""The system's keyring as a place to keep a password, where a working keyring is found."""

from __future__ import annotations

from typing import Final

from followup_mail.errors import SettingsError

SERVICE: Final = "followup-mail"
"""Under which name passwords are kept there."""


def find_keyring() -> str:
    """Return what the keyring of this system is called; empty when there is none that works."""
    try:
        import keyring

        backend = keyring.get_keyring()
        # 0 is the back end that only fails; a back end below it keeps nothing.
        return str(backend.name) if float(backend.priority) > 0 else ""
    except Exception:  # the library is not installed, or a back end is broken in its own way
        return ""


def keep_in_keyring(user: str, secret: str) -> None:
    """Keep a password under ``SERVICE`` and a user name, and read it back. Raises ``SettingsError``."""
    try:
        import keyring

        keyring.set_password(SERVICE, user, secret)
        is_kept = keyring.get_password(SERVICE, user) == secret
    except Exception as error:  # every back end raises its own, and its text may hold anything
        raise SettingsError(
            f"The keyring did not take the password: {type(error).__name__}.",
            fix="Unlock it and try again, or keep the password in the .env: followup-mail setup --keep env",
        ) from None
    if not is_kept:
        raise SettingsError(
            "The keyring did not keep the password.", fix="Keep it in the .env: followup-mail setup --keep env"
        )
