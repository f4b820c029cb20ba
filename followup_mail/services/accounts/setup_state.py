"""How far the account is set up, to be shown: who, by which servers, and where the password is. No secret."""

from __future__ import annotations

from msgspec import Struct

from followup_mail.settings.mail_accounts import sending_user, usual_port
from followup_mail.settings.table import Settings


class AccountState(Struct, frozen=True):
    """What is set; empty for what is not."""

    name: str
    address: str
    server: str = ""
    """Host, port and security."""
    user: str = ""
    kept: str = ""
    """Where the password is: ``env``, ``command``, ``keyring``, ``oauth``, ``none``; empty when there is none."""
    mailbox: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.name and self.address and self.server)


def look_at_account(own: Settings) -> AccountState:
    """Return what is set about the main account."""
    if not own.smtp_host:
        return AccountState(own.name, own.email, mailbox=_mailbox(own))
    port = own.smtp_port or usual_port("smtp", own.smtp_security)
    server = f"{own.smtp_host}:{port} ({own.smtp_security})"
    return AccountState(own.name, own.email, server, sending_user(own), _kept(own), _mailbox(own))


def _mailbox(own: Settings) -> str:
    if not own.imap_host:
        return ""
    port = own.imap_port or usual_port("imap", own.imap_security)
    return f"{own.imap_host}:{port} ({own.imap_security})"


def _kept(own: Settings) -> str:
    if str(own.smtp_auth) in {"none", "oauth"}:
        return str(own.smtp_auth)
    ways = {"env": own.smtp_password, "command": own.smtp_password_command, "keyring": own.smtp_keyring}
    return next((name for name, value in ways.items() if value), "")
