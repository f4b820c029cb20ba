"""Opens the mailbox: the certificate is checked before anything secret is said, and every trouble becomes a sentence.

Nothing here or in its neighbours writes to a mailbox: folders are opened to read (EXAMINE, RFC 3501 section 6.3.2).
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

_CHECK_LINK = "Check FOLLOWUP_IMAP_HOST and its port: 993 goes with 'tls', 143 with 'starttls'."
_CHECK_LOGIN = (
    "Check FOLLOWUP_IMAP_USER and the password; Gmail and Yahoo want an app password, Outlook an access token."
)
_CHECK_BOUNDS = "Try again later; if it stays so, check FOLLOWUP_IMAP_HOST, or look into the Sent folder yourself."
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
"""A server may answer anything, and the parser of the answers then raises any of these."""


@dataclass(frozen=True, slots=True)
class SearchLimits:
    """How long one look may take, in seconds, and how much may come."""

    log_in: float = 60.0
    """For connecting and logging in."""
    look: float = 60.0
    """For everything after that."""
    farewell: float = 3.0
    """For the last LOGOUT."""
    sizes: SizeLimits = field(default_factory=SizeLimits)


@contextmanager
def open_mailbox(
    account: Account, limits: SearchLimits = SearchLimits(), monotonic: Callable[[], float] = time.monotonic
) -> Iterator[IMAPClient]:
    """Connect and log in; whatever goes wrong from here to the end of the block is a ``MailboxError``.

    Raises ``SettingsError`` when the password cannot be had.
    """
    secret = account.secret()
    connection = BoundedConnection(Deadlines(account.timeout, monotonic), limits.sizes)
    connection.deadlines.allow(limits.log_in)
    with _told(account, make_redactor([secret])), _connect(account, connection) as client:
        _log_in(client, account, secret)
        connection.deadlines.allow(limits.look)
        try:
            yield client
        finally:
            connection.deadlines.allow(limits.farewell)


@contextmanager
def _told(account: Account, quiet: Redactor) -> Iterator[None]:
    """Make a sentence of whatever the server does."""
    from imapclient.exceptions import IMAPClientError, LoginError

    where = f"The mailbox at {account.host}:{account.port}"
    try:
        yield
    except FollowupError:
        raise
    except LimitExceededError as error:
        raise MailboxError(f"{where} {error}, so the look was ended.", fix=_CHECK_BOUNDS) from None
    except CaFileError as error:
        raise MailboxError(f"A file of certificates cannot be used: {error}.", fix="Check it.") from None
    except LoginError as error:
        raise MailboxError(f"{where} refused the login: {quiet.text(str(error))}", fix=_CHECK_LOGIN) from None
    except IMAPClientError as error:
        raise MailboxError(f"{where} broke off: {quiet.text(str(error))}", fix="Try again later.") from None
    except OSError as error:
        fix = certificate_advice(error, account.service) or _CHECK_LINK
        raise MailboxError(f"{where} cannot be reached: {quiet.text(describe_error(error))}.", fix=fix) from None
    except _NONSENSE as error:
        sentence = f"{where} gave an answer that makes no sense ({type(error).__name__})."
        raise MailboxError(sentence, fix=_CHECK_LINK) from None


def _connect(account: Account, connection: BoundedConnection) -> IMAPClient:
    from followup_mail.mailbox.imap_client import BoundedClient

    context = None if account.security is Security.PLAIN else tls_context(account)
    implicit = account.security is Security.TLS
    client = BoundedClient(account.host, account.port, connection, context if implicit else None)
    # Otherwise moments come without their zone, reckoned by this machine's.
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
    """Log in once, by the one method that fits. LOGIN takes no password that is not ASCII."""
    if account.auth is Auth.XOAUTH2:
        client.oauth2_login(account.user, secret)
    elif client.has_capability("AUTH=PLAIN"):
        client.plain_login(account.user, secret)
    else:
        client.login(account.user, secret)
