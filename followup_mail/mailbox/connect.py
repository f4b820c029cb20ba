"""Opens the mailbox: the certificate is checked before anything secret is said, and every trouble becomes a sentence.

Nothing here or in its neighbours writes to a mailbox: folders are opened to read (EXAMINE, RFC 3501 section 6.3.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from followup_mail.delivery.account import Account, Auth, Security
from followup_mail.delivery.connect import CaFileError, trusted
from followup_mail.delivery.troubles import say_error
from followup_mail.delivery.words import hush
from followup_mail.errors import FollowupError, MailboxError

if TYPE_CHECKING:
    from imapclient import IMAPClient

_CHECK_LINK = "Check FOLLOWUP_IMAP_HOST and its port: 993 goes with 'tls', 143 with 'starttls'."
_CHECK_LOGIN = (
    "Check FOLLOWUP_IMAP_USER and the password; Gmail and Yahoo want an app password, Outlook an access token."
)


@contextmanager
def open_mailbox(account: Account) -> Iterator[IMAPClient]:
    """Connect and log in; whatever goes wrong from here to the end of the block is a ``MailboxError``.

    Raises ``SettingsError`` when the password cannot be had.
    """
    from imapclient.exceptions import IMAPClientError, LoginError

    secret = account.secret()
    where, quiet = f"The mailbox at {account.host}:{account.port}", hush([secret])
    try:
        with _connect(account) as client:
            _log_in(client, account, secret)
            yield client
    except FollowupError:
        raise
    except CaFileError as error:
        raise MailboxError(f"A file of certificates cannot be used: {error}.", fix="Check it.") from None
    except LoginError as error:
        raise MailboxError(f"{where} refused the login: {quiet.text(str(error))}", fix=_CHECK_LOGIN) from None
    except IMAPClientError as error:
        raise MailboxError(f"{where} broke off: {quiet.text(str(error))}", fix="Try again later.") from None
    except OSError as error:
        raise MailboxError(f"{where} cannot be reached: {quiet.text(say_error(error))}.", fix=_CHECK_LINK) from None
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        # A server may answer anything, and the parser of the answers then raises any of these.
        sentence = f"{where} gave an answer that makes no sense ({type(error).__name__})."
        raise MailboxError(sentence, fix=_CHECK_LINK) from None


def _connect(account: Account) -> IMAPClient:
    from imapclient import IMAPClient

    implicit = account.security is Security.TLS
    context = None if account.security is Security.PLAIN else trusted(account)
    client = IMAPClient(
        account.host, account.port, ssl=implicit, ssl_context=context if implicit else None, timeout=account.timeout
    )
    # Otherwise moments come without their zone, reckoned by this machine's.
    client.normalise_times = False
    if account.security is Security.STARTTLS:
        try:
            client.starttls(context)
        except BaseException:
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
