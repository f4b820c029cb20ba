"""Opens a link: yagmail connects, the certificate is checked, nothing secret is said yet.

yagmail checks no certificate, has no time-out and logs with a handler of its own unless it is told otherwise; all of
that is told here, and it never learns the user's name or password.
"""

from __future__ import annotations

import functools
import re
import ssl
from typing import Any, Final

from followup_mail.delivery.smtp_account import Account, Security
from followup_mail.delivery.smtp_link import SmtpLink, SmtpTlsLink
from followup_mail.delivery.timeouts import Patience

NAMELESS: Final = "[127.0.0.1]"
"""How to greet without telling the machine's name or address (RFC 5321 section 4.1.3)."""
_DOMAIN: Final = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(\.(?!-)[A-Za-z0-9-]{1,63})*|\[[0-9A-Fa-f.:IPv]{2,45}\]")


class CaFileError(Exception):
    """The file with extra certificates cannot be used."""


def open_link(account: Account, local_hostname: str, patience: Patience) -> SmtpLink:
    """Connect, protect the link as the account says, and greet.

    Raises:
        CaFileError: see there.
        OSError: no network, no such host, no TLS, a wrong certificate, or anything of ``smtplib`` (all are OSError).
    """
    options: dict[str, Any] = {"timeout": account.timeout, "local_hostname": local_hostname, "patience": patience}
    starttls: dict[str, Any] | bool = False
    if account.security is Security.TLS:
        options["context"] = trusted(account)
    elif account.security is Security.STARTTLS:
        starttls = {"context": trusted(account)}
    dialler = _dialler(account.security is Security.TLS)(
        user="",
        host=account.host,
        port=account.port,
        smtp_ssl=account.security is Security.TLS,
        smtp_starttls=starttls,
        smtp_skip_login=True,
        soft_email_validation=False,
        **options,
    )
    return _dial(dialler)


def greeting_name(name: str) -> str:
    """Return what to say in EHLO: a domain in ASCII form or an address literal; a nameless one for anything else."""
    import idna

    try:
        plain = name if name.isascii() else idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError:
        return NAMELESS
    return plain if _DOMAIN.fullmatch(plain) and len(plain) <= 253 else NAMELESS


def trusted(account: Account) -> ssl.SSLContext:
    """Return the TLS settings: the system's certificates and the account's own, host name checked, TLS 1.2 or newer.

    The name is one that the certificate was issued for (subjectAltName). Its common name says nothing, whatever
    OpenSSL makes of it: RFC 9525 section 6.3.
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


def _dial(dialler: Any) -> SmtpLink:
    dialler.set_logging(None)
    try:
        dialler.login()  # connects, and does STARTTLS; it logs in nowhere, see smtp_skip_login
        link: SmtpLink = dialler.smtp
        link.ehlo_or_helo_if_needed()
    except BaseException:
        if dialler.smtp is not None:
            dialler.smtp.close()
        raise
    finally:
        dialler.is_closed = True  # else its finalizer says QUIT on a link that we still use
    return link


@functools.cache
def _dialler(implicit_tls: bool) -> Any:
    """Return yagmail's client, taught to make our kind of connection."""
    import yagmail

    kind: type[SmtpLink] = SmtpTlsLink if implicit_tls else SmtpLink

    class Dialler(yagmail.SMTP):  # type: ignore[misc]
        @property
        def connection(self) -> type[SmtpLink]:
            return kind

    return Dialler
