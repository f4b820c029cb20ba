"""Opens a connection with yagmail and checks the certificate, before anything secret is sent.

By default yagmail checks no certificate, has no timeout and sets up logging of its own; all of that is overridden here,
and it never learns the user's name or password.
"""

from __future__ import annotations

import functools
import ssl
from typing import Any, Final

from followup_mail.delivery.smtp_account import Account, Security
from followup_mail.delivery.smtp_connection import SmtpConnection, SmtpTlsConnection
from followup_mail.delivery.timeouts import Deadlines
from followup_mail.regex import regex

DEFAULT_EHLO_NAME: Final = "[127.0.0.1]"
"""What to say in EHLO without revealing the machine's name or address (RFC 5321 section 4.1.3)."""
_DOMAIN: Final = regex(r"(?!-)[A-Za-z0-9-]{1,63}(\.(?!-)[A-Za-z0-9-]{1,63})*|\[[0-9A-Fa-f.:IPv]{2,45}\]")


class CaFileError(Exception):
    """The file with extra certificates cannot be used."""


def open_connection(account: Account, local_hostname: str, deadlines: Deadlines) -> SmtpConnection:
    """Connect, encrypt as the account says, and say EHLO.

    Raises ``CaFileError``, and ``OSError`` for no network, no such host, no TLS, a wrong certificate, and any error of
    ``smtplib`` (all of them are ``OSError``).
    """
    options: dict[str, Any] = {"timeout": account.timeout, "local_hostname": local_hostname, "deadlines": deadlines}
    starttls: dict[str, Any] | bool = False
    if account.security is Security.TLS:
        options["context"] = tls_context(account)
    elif account.security is Security.STARTTLS:
        starttls = {"context": tls_context(account)}
    client = _yagmail_class(account.security is Security.TLS)(
        user="",
        host=account.host,
        port=account.port,
        smtp_ssl=account.security is Security.TLS,
        smtp_starttls=starttls,
        smtp_skip_login=True,
        soft_email_validation=False,
        **options,
    )
    return _connect(client)


def ehlo_name(name: str) -> str:
    """Return what to say in EHLO: a domain in ASCII form or an address literal, else ``DEFAULT_EHLO_NAME``."""
    import idna

    try:
        plain = name if name.isascii() else idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError:
        return DEFAULT_EHLO_NAME
    return plain if _DOMAIN.fullmatch(plain) and len(plain) <= 253 else DEFAULT_EHLO_NAME


def tls_context(account: Account) -> ssl.SSLContext:
    """Return the TLS settings: the system's certificates and the account's own, host name checked, TLS 1.2 or newer.

    Only a subjectAltName counts as the host name of a certificate, not its common name (RFC 9525 section 6.3).
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.hostname_checks_common_name = False
    if account.ca_file is not None:
        try:
            context.load_verify_locations(cafile=account.ca_file)
        except OSError as error:
            raise CaFileError(f"{account.ca_file}: {error.strerror or error}") from error
    return context


def _connect(client: Any) -> SmtpConnection:
    client.set_logging(None)
    try:
        client.login()  # connects, and does STARTTLS; with smtp_skip_login it does not log in
        connection: SmtpConnection = client.smtp
        connection.ehlo_or_helo_if_needed()
    except BaseException:
        if client.smtp is not None:
            client.smtp.close()
        raise
    finally:
        client.is_closed = True  # else yagmail's finalizer sends QUIT on a connection that is still in use
    return connection


@functools.cache
def _yagmail_class(implicit_tls: bool) -> Any:
    """Return yagmail's client class, changed to open our kind of connection."""
    import yagmail

    connection_class: type[SmtpConnection] = SmtpTlsConnection if implicit_tls else SmtpConnection

    class Client(yagmail.SMTP):  # type: ignore[misc]
        @property
        def connection(self) -> type[SmtpConnection]:
            return connection_class

    return Client
