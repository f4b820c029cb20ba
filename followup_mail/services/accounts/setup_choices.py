"""What ``setup`` decides the same way in a dialogue, by options and on a page: servers, account names, passwords."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from followup_mail.delivery.smtp_account import Auth, Security
from followup_mail.errors import FollowupError
from followup_mail.services.accounts.recognise_provider import KnownBy, Recognised
from followup_mail.services.accounts.service_status import check_service
from followup_mail.services.accounts.setup_account import Wish, as_set
from followup_mail.settings.mail_accounts import USUAL_SECURITY, usual_port
from followup_mail.settings.providers import Server
from followup_mail.settings.table import Settings
from followup_mail.settings.value_readers import read_host
from followup_mail.workspace import Workspace

HOST_HINT: Final = "like smtp.example.com, or smtp.example.com:465 tls"
_BY_PORT: Final = {465: Security.TLS, 993: Security.TLS, 143: Security.STARTTLS, 587: Security.STARTTLS}


def choose_server(kind: str, host: str, port: int = 0, security: str = "") -> Server:
    """Return the server of a kind (``smtp`` or ``imap``); the port tells the security where that is not said.

    Raises ``ValueError`` for a security that there is not.
    """
    if security and security not in [str(one) for one in Security]:
        raise ValueError(f"'{security}' is not one of: {', '.join(Security)}")
    chosen = Security(security) if security else _BY_PORT.get(port, USUAL_SECURITY[kind])
    return Server(host, port or usual_port(kind, chosen), chosen)


def read_server(kind: str) -> Callable[[str], Server]:
    """Return a reader for ``host``, ``host:port`` or ``host:port tls``. It raises ``ValueError``."""

    def read(text: str) -> Server:
        parts = re.fullmatch(r"(\S+?)(?::(\d{1,5}))?(?:\s+(\w+))?", text)
        if not parts:
            raise ValueError(f"'{text}' is not a server; write it {HOST_HINT}")
        return choose_server(kind, read_host(parts[1]), int(parts[2] or 0), (parts[3] or "").lower())

    return read


def asks_for_user(found: Recognised) -> bool:
    """Return whether the account name has to be asked for, as it may be another than the address."""
    provider = found.provider
    is_sure = provider and not (provider.user_differs and found.known_by is KnownBy.MX)
    return not (is_sure or found.user)


def kept_certificate(workspace: Workspace, found: Recognised) -> str:
    """Return the file with a certificate that stays set: a known provider needs none of before."""
    return str(workspace.settings.smtp_ca_file or "") if found.provider is None else ""


def read_certificate_path(text: str) -> Path:
    """Read the path of a file that is there. Raises ``ValueError``."""
    path = Path(text).expanduser().absolute()
    if not path.is_file():
        raise ValueError(f"There is no file {path}")
    return path


def has_password(own: Settings) -> bool:
    """Return whether there is a place that a password comes from, whatever account it is of."""
    return bool(own.smtp_password or own.smtp_password_command or own.smtp_keyring)


def has_password_for(workspace: Workspace, texts: Mapping[str, str]) -> bool:
    """Return whether the password that is set is one of the same account: it never goes to another."""
    own = workspace.settings
    return has_password(own) and texts.get("smtp_host") == own.smtp_host and texts.get("email", own.email) == own.email


def can_log_in(workspace: Workspace, wish: Wish) -> bool:
    """Whether there is a login to try: not without a server, and before `account login` there are no tokens."""
    own = as_set(workspace, wish).settings
    return bool(own.smtp_host) and own.smtp_auth is not Auth.OAUTH


def has_service(workspace: Workspace) -> bool:
    """Return whether there is no need to offer the service: it is installed, or the system cannot be asked now."""
    try:
        return bool(check_service(workspace).installed)
    except FollowupError:
        return True
