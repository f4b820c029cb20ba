"""Decides whether followup-mail files copies of sent mails: as the user says, or as the provider needs it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followup_mail.settings.providers import Filing
    from followup_mail.settings.table import Settings


class FileSent(StrEnum):
    """Whether a copy goes into the Sent folder, as the user says."""

    AUTO = "auto"
    """Where the server does not file one itself."""
    YES = "yes"
    NO = "no"


class Copying(StrEnum):
    """What becomes of the copy of a sent mail."""

    NEVER = "never"
    """The server files it, or the user wants none."""
    AT_ONCE = "at once"
    """It is filed unless it is there."""
    AFTER_A_LOOK = "after a look"
    """It is not known whether the server files it: it gets a moment to do so."""


def decide_copying(given: Settings) -> Copying:
    """Return what becomes of the copies of mails that are sent with these settings."""
    from followup_mail.settings.providers import Filing

    if not given.imap_host or not given.smtp_host or given.file_sent is FileSent.NO:
        return Copying.NEVER
    if given.file_sent is FileSent.YES:
        return Copying.AT_ONCE
    known = filing_of(given)
    by_data = {Filing.YES: Copying.NEVER, Filing.NO: Copying.AT_ONCE, Filing.UNKNOWN: Copying.AFTER_A_LOOK}
    return by_data[known]


def filing_of(given: Settings) -> Filing:
    """Return whether the mail server files what it sends, as far as is known (``providers.toml``).

    A server on this machine is known by its port too: any program may run there.
    """
    from followup_mail.delivery.smtp_account import is_loopback
    from followup_mail.settings.mail_accounts import usual_port
    from followup_mail.settings.providers import Filing, list_providers

    host, port = given.smtp_host.lower(), given.smtp_port or usual_port("smtp", given.smtp_security)
    there = [provider for provider in list_providers().values() if provider.smtp.host == host]
    if is_loopback(host):
        there = [provider for provider in there if provider.smtp.port == port]
    found = {provider.files_sent for provider in there}
    return found.pop() if len(found) == 1 else Filing.UNKNOWN
