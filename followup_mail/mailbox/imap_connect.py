"""Logs in to a mailbox: checks the certificate before sending a secret, and turns every error into a sentence.

Nothing in this room writes to a mailbox: folders are opened to read (EXAMINE, RFC 3501 section 6.3.2).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.errors import MessageError
from typing import TYPE_CHECKING, Final

from followup_mail.delivery.bounded_connection import BoundedConnection, LimitExceededError, SizeLimits
from followup_mail.delivery.network_errors import certificate_advice, describe_error
from followup_mail.delivery.redaction import Redactor, make_redactor
from followup_mail.delivery.smtp_account import Account, Auth, Security
from followup_mail.delivery.smtp_connect import CaFileError, tls_context
from followup_mail.delivery.timeouts import Deadlines
from followup_mail.errors import FollowupError, MailboxError

if TYPE_CHECKING:
    from imapclient import IMAPClient

_CHECK_HOST = "Check FOLLOWUP_IMAP_HOST and its port: 993 goes with 'tls', 143 with 'starttls'."
_CHECK_LOGIN = (
    "Check FOLLOWUP_IMAP_USER and the password; Gmail and Yahoo need an app password, Outlook an access token."
)
_TRY_LATER = "Try again later. If it happens again, check FOLLOWUP_IMAP_HOST, or look in the Sent folder yourself."
_NONSENSE: Final = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
    MessageError,
)
"""A server may answer anything, and imapclient's parser then raises any of these."""


@dataclass(frozen=True, slots=True)
class SearchLimits:
    """How long one search may take, in seconds, and how much the server may send."""

    log_in: float = 60.0
    """For connecting and logging in."""
    search: float = 60.0
    """For everything after that."""
    farewell: float = 3.0
    """For the last LOGOUT."""
    sizes: SizeLimits = field(default_factory=SizeLimits)


@contextmanager
def open_mailbox(
    account: Account, limits: SearchLimits = SearchLimits(), monotonic: Callable[[], float] = time.monotonic
) -> Iterator[IMAPClient]:
    """Connect and log in. Every error until the end of the ``with`` block becomes a ``MailboxError``.

    Raises ``SettingsError`` when the password cannot be read.
    """
    secret = account.secret()
    connection = BoundedConnection(Deadlines(account.timeout, monotonic), limits.sizes)
    connection.deadlines.allow(limits.log_in)
    with _errors_as_sentences(account, make_redactor([secret])), _connect(account, connection) as client:
        _log_in(client, account, secret)
        connection.deadlines.allow(limits.search)
        try:
            yield client
        finally:
            connection.deadlines.allow(limits.farewell)


@contextmanager
def _errors_as_sentences(account: Account, redactor: Redactor) -> Iterator[None]:
    """Turn every error of the connection into a ``MailboxError``."""
    from imapclient.exceptions import IMAPClientError, LoginError

    where = f"The mailbox at {account.host}:{account.port}"
    try:
        yield
    except FollowupError:
        raise
    except LimitExceededError as error:
        raise MailboxError(f"{where} {error}, so the search was stopped.", fix=_TRY_LATER) from None
    except CaFileError as error:
        raise MailboxError(f"The certificate file cannot be used: {error}.", fix="Check it.") from None
    except LoginError as error:
        raise MailboxError(f"{where} refused the login: {redactor.text(str(error))}", fix=_CHECK_LOGIN) from None
    except IMAPClientError as error:
        raise MailboxError(f"{where} ended the session: {redactor.text(str(error))}", fix="Try again later.") from None
    except OSError as error:
        fix = certificate_advice(error, account.service) or _CHECK_HOST
        raise MailboxError(f"{where} cannot be reached: {redactor.text(describe_error(error))}.", fix=fix) from None
    except _NONSENSE as error:
        sentence = f"{where} gave an answer that makes no sense ({type(error).__name__})."
        raise MailboxError(sentence, fix=_CHECK_HOST) from None


def _connect(account: Account, connection: BoundedConnection) -> IMAPClient:
    from followup_mail.mailbox.imap_client import BoundedClient

    context = None if account.security is Security.PLAIN else tls_context(account)
    implicit = account.security is Security.TLS
    client = BoundedClient(account.host, account.port, connection, context if implicit else None)
    # Otherwise imapclient returns times without a zone, converted to this machine's.
    client.normalise_times = False
    if account.security is Security.STARTTLS:
        try:
            client.starttls(context)
        except BaseException:
            with suppress(OSError):  # a failed handshake has closed it already
                client.shutdown()
            raise
    return client


def _log_in(client: IMAPClient, account: Account, secret: str) -> None:
    """Log in once, by the one method that fits. LOGIN allows only ASCII passwords."""
    if account.auth is Auth.XOAUTH2:
        client.oauth2_login(account.user, secret)
    elif client.has_capability("AUTH=PLAIN"):
        client.plain_login(account.user, secret)
    else:
        client.login(account.user, secret)
