"""The accounts that the settings describe: for sending, and for finding out whether a mail was sent."""

from __future__ import annotations

from collections.abc import Callable

from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.settings.password import find_mailbox_password, find_password
from followup_mail.settings.table import Settings

_USUAL_SMTP = {Security.STARTTLS: 587, Security.TLS: 465, Security.PLAIN: 25}
_USUAL_IMAP = {Security.STARTTLS: 143, Security.TLS: 993, Security.PLAIN: 143}


def sending_account(given: Settings) -> Account:
    """Return the account at the mail server. Raises ``SettingsError`` when its settings contradict each other."""
    user = (given.smtp_user or given.email) if given.smtp_auth is not Auth.NONE else ""
    secret, renew = _tokens(given) if given.smtp_auth is Auth.OAUTH else (find_password(given, user), None)
    return Account(
        host=given.smtp_host,
        port=given.smtp_port or _USUAL_SMTP[given.smtp_security],
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
        port=given.imap_port or _USUAL_IMAP[given.imap_security],
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
