"""Logs in to a mailbox: checks the certificate before sending a secret, and turns every error into a sentence.

Folders are opened to read (EXAMINE, RFC 3501 section 6.3.2). Only ``appending`` writes: the copy of a mail that was
sent, a draft that the user asked for, and the removal of one of these two.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from email.errors import MessageError
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from followup_mail.delivery.bearer import TOKEN_METHODS, bearer_text, last_answer
from followup_mail.delivery.bounded_connection import BoundedConnection, LimitExceededError, SizeLimits
from followup_mail.delivery.network_errors import certificate_advice, describe_error
from followup_mail.delivery.redaction import Redactor, make_redactor
from followup_mail.delivery.smtp_account import Account, Security
from followup_mail.delivery.smtp_connect import CaFileError, tls_context
from followup_mail.delivery.timeouts import Deadlines
from followup_mail.errors import FollowupError, MailboxError

if TYPE_CHECKING:
    from imapclient import IMAPClient

_CHECK_HOST = "Check FOLLOWUP_IMAP_HOST and its port: 993 goes with 'tls', 143 with 'starttls'."
_CHECK_LOGIN = (
    "Check FOLLOWUP_IMAP_USER and the password; Gmail and Yahoo need an app password, Outlook an access token."
)
_SIGN_IN = "The token was refused, and so was its successor. Sign in again: followup-mail account login"
_NOT_NOW: Final = "The trouble is the server's, not your login's. Try again later."
_NO_TOKENS: Final = (
    "Check FOLLOWUP_IMAP_HOST and its port. Where this mailbox takes a password only, set FOLLOWUP_IMAP_PASSWORD."
)
_BUSY_CODES: Final = ("[UNAVAILABLE]", "[SERVERBUG]", "[INUSE]", "[LIMIT]")
"""What a server says with NO that has not looked at the password or token (RFC 5530 section 3)."""
_TRY_LATER = "Try again later. If it happens again, check FOLLOWUP_IMAP_HOST, or look in the Sent folder yourself."
NONSENSE: Final = (
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


class SearchLimits(Struct, frozen=True):
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
    secrets = [account.secret()]
    deadlines = Deadlines(account.timeout, monotonic)
    deadlines.allow(limits.log_in)
    with _errors_as_sentences(account, secrets), ExitStack() as session:
        client = _open_session(account, secrets, session, lambda: BoundedConnection(deadlines, limits.sizes))
        deadlines.allow(limits.search)
        try:
            yield client
        finally:
            deadlines.allow(limits.farewell)


def _open_session(
    account: Account, secrets: list[str], session: ExitStack, connection: Callable[[], BoundedConnection]
) -> IMAPClient:
    """Connect and log in; again where a token was refused and can be renewed, which adds to the secrets.

    A server that cannot look at a token has not refused it, and a new one would not help.
    """
    from imapclient.exceptions import LoginError

    client = session.enter_context(_connect(account, connection()))
    try:
        _log_in(client, account, secrets[-1])
    except LoginError as error:
        if account.renew is None or _is_busy(error):
            raise
        session.close()
        secrets.append(account.renew(secrets[-1]))
        client = session.enter_context(_connect(account, connection()))
        _log_in(client, account, secrets[-1])
    return client


@contextmanager
def _errors_as_sentences(account: Account, secrets: Sequence[str]) -> Iterator[None]:
    """Turn every error of the connection into a ``MailboxError`` without any of the secrets used by then."""
    try:
        yield
    except FollowupError:
        raise
    except Exception as error:
        raise _say(error, account, make_redactor(secrets)) from None


def _say(error: Exception, account: Account, redactor: Redactor) -> Exception:
    """Return an error of the connection as a ``MailboxError``; any other as it is."""
    from imapclient.exceptions import IMAPClientError, LoginError

    where = f"The mailbox at {account.host}:{account.port}"
    said, fix = redactor.text(str(error)), _CHECK_HOST
    match error:
        case LimitExceededError():
            words, fix = f"{where} {error}, so the search was stopped.", _TRY_LATER
        case CaFileError():
            words, fix = f"The certificate file cannot be used: {error}.", "Check it."
        case LoginError() if _is_busy(error):
            words, fix = f"{where} cannot check logins right now: {said}", _NOT_NOW
        case LoginError():
            words, fix = f"{where} refused the login: {said}", _SIGN_IN if account.renew else _CHECK_LOGIN
        case IMAPClientError():
            words, fix = f"{where} ended the session: {said}", "Try again later."
        case OSError():
            words = f"{where} cannot be reached: {redactor.text(describe_error(error))}."
            fix = certificate_advice(error, account.service) or fix
        case _ if isinstance(error, NONSENSE):
            words = f"{where} gave an answer that makes no sense ({type(error).__name__})."
        case _:
            return error
    return MailboxError(words, fix=fix)


def _is_busy(error: Exception) -> bool:
    """Return whether a login failed for a reason that has nothing to do with what was said."""
    return any(code in str(error).upper() for code in _BUSY_CODES)


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
    if account.auth.takes_token:
        _say_token(client, account, secret)
    elif client.has_capability("AUTH=PLAIN"):
        client.plain_login(account.user, secret)
    else:
        client.login(account.user, secret)


def _say_token(client: IMAPClient, account: Account, token: str) -> None:
    """Log in with a token by the form that the server has. A second question explains a refusal and asks nothing."""
    method = next((name for name in TOKEN_METHODS if client.has_capability(f"AUTH={name}")), "")
    if not method:
        where = f"The mailbox at {account.host}:{account.port}"
        raise MailboxError(f"{where} takes no login by token, so none was sent.", fix=_NO_TOKENS)
    answers = iter((bearer_text(method, account.user, token), last_answer(method)))
    client.sasl_login(method, lambda _question: next(answers, ""))
