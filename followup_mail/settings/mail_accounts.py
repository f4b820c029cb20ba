"""The accounts that the settings describe: for sending, and for finding out whether a mail was sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.settings.password import find_mailbox_password, find_password
from followup_mail.settings.table import Settings

USUAL_SECURITY: Final = {"smtp": Security.STARTTLS, "imap": Security.TLS}
_USUAL_PORTS: Final = {
    "smtp": {Security.STARTTLS: 587, Security.TLS: 465, Security.PLAIN: 25},
    "imap": {Security.STARTTLS: 143, Security.TLS: 993, Security.PLAIN: 143},
}


def usual_port(kind: str, security: Security) -> int:
    """Return the port that goes with a security, for ``smtp`` or ``imap``."""
    return _USUAL_PORTS[kind][security]


def sending_user(given: Settings) -> str:
    """Return the account name at the mail server; empty where there is no login."""
    return (given.smtp_user or given.email) if given.smtp_auth is not Auth.NONE else ""


def sending_account(given: Settings) -> Account:
    """Return the account at the mail server. Raises ``SettingsError`` when its settings contradict each other."""
    user = sending_user(given)
    secret, renew = _tokens(given) if given.smtp_auth is Auth.OAUTH else (find_password(given, user), None)
    return Account(
        host=given.smtp_host,
        port=given.smtp_port or usual_port("smtp", given.smtp_security),
        security=given.smtp_security,
        user=user,
        auth=given.smtp_auth,
        secret=secret,
        renew=renew,
        ca_file=given.smtp_ca_file,
        timeout=given.smtp_timeout,
        allow_plain=given.smtp_allow_plain,
    )


def mailbox_account(given: Settings) -> Account:
    """Return the account at the mailbox; user and password default to those of the mail server.

    Raises ``SettingsError`` when its settings contradict each other.
    """
    user = given.imap_user or given.smtp_user or given.email
    by_token = given.smtp_auth is Auth.OAUTH and not given.imap_password
    secret, renew = _tokens(given) if by_token else (find_mailbox_password(given, user), None)
    by_password = given.smtp_auth is Auth.NONE or (given.smtp_auth is Auth.OAUTH and not by_token)
    return Account(
        host=given.imap_host,
        port=given.imap_port or usual_port("imap", given.imap_security),
        security=given.imap_security,
        user=user,
        auth=Auth.PASSWORD if by_password else given.smtp_auth,
        secret=secret,
        renew=renew,
        ca_file=given.smtp_ca_file,
        timeout=given.smtp_timeout,
        service="IMAP",
    )


def _tokens(given: Settings) -> tuple[Callable[[], str], Callable[[str], str]]:
    from followup_mail.settings.sign_in_account import sign_in_access

    access = sign_in_access(given)
    return access.token, access.renewed
