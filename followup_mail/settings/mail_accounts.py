"""The accounts that the settings describe: for sending, and for finding out whether a mail was sent."""

from __future__ import annotations

from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.settings.password import find_mailbox_password, find_password
from followup_mail.settings.table import Settings

_USUAL_SMTP = {Security.STARTTLS: 587, Security.TLS: 465, Security.PLAIN: 25}
_USUAL_IMAP = {Security.STARTTLS: 143, Security.TLS: 993, Security.PLAIN: 143}


def sending_account(given: Settings) -> Account:
    """Return the account at the mail server. Raises ``SettingsError`` when its settings contradict each other."""
    user = (given.smtp_user or given.email) if given.smtp_auth is not Auth.NONE else ""
    return Account(
        host=given.smtp_host,
        port=given.smtp_port or _USUAL_SMTP[given.smtp_security],
        security=given.smtp_security,
        user=user,
        auth=given.smtp_auth,
        secret=find_password(given, user),
        ca_file=given.smtp_ca_file,
        timeout=given.smtp_timeout,
        allow_plain=given.smtp_allow_plain,
    )


def mailbox_account(given: Settings) -> Account:
    """Return the account at the mailbox; user and password default to those of the mail server.

    Raises ``SettingsError`` when its settings contradict each other.
    """
    user = given.imap_user or given.smtp_user or given.email
    return Account(
        host=given.imap_host,
        port=given.imap_port or _USUAL_IMAP[given.imap_security],
        security=given.imap_security,
        user=user,
        auth=Auth.PASSWORD if given.smtp_auth is Auth.NONE else given.smtp_auth,
        secret=find_mailbox_password(given, user),
        ca_file=given.smtp_ca_file,
        timeout=given.smtp_timeout,
        service="IMAP",
    )
