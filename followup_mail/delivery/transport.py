"""Sends messages through an SMTP server, many over one connection, and says exactly what became of each.

``deliver`` has three parts, and the promise never to send twice rests on their order: everything up to the recipients,
then ``before_data`` (the intent is recorded on disk), then DATA, the bytes and the dot.
"""

from __future__ import annotations

import contextlib
import ssl
import time
from collections.abc import Callable
from typing import Final, TypeVar

from msgspec.structs import replace

from followup_mail.delivery.bearer import TOKEN_METHODS
from followup_mail.delivery.envelope import check_message, check_server_takes
from followup_mail.delivery.network_errors import (
    SecretError,
    interpret_error,
    interpret_interrupt,
    interpret_password_error,
)
from followup_mail.delivery.redaction import Redactor, make_redactor
from followup_mail.delivery.reply_codes import interpret_reply
from followup_mail.delivery.smtp_account import Account, Auth
from followup_mail.delivery.smtp_connect import DEFAULT_EHLO_NAME, ehlo_name, open_connection
from followup_mail.delivery.smtp_connection import SmtpConnection, as_lines
from followup_mail.delivery.smtp_login import LOGGED_IN, initial_response, log_in
from followup_mail.delivery.smtp_transaction import (
    Exchange,
    Progress,
    Refusals,
    can_pipeline,
    envelope_commands,
    read_envelope_replies,
    read_final_reply,
    reset,
    send_envelope,
    send_message,
)
from followup_mail.delivery.timeouts import ConnectionLostError, Deadlines, Timeouts
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import Ahead, AttemptResult, InterruptedDelivery, Phase, Verdict

_RENEW: Final = "The token was refused: get a new one with the right to send mail (scope) for this user."
_SIGN_IN: Final = "The token was refused, and so was its successor. Sign in again: followup-mail account login"
_T = TypeVar("_T")


class SmtpTransport:
    """A ``Transport`` over SMTP. Connects at the first message. Use it in one thread of one process."""

    leaves_machine: bool = True

    def __init__(
        self,
        account: Account,
        local_hostname: str = DEFAULT_EHLO_NAME,
        limits: Timeouts = Timeouts(),  # noqa: B008 - frozen
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.account = account
        self.limits = limits
        self._local_hostname = ehlo_name(local_hostname)
        self._patience = Deadlines(account.timeout, monotonic)
        self._connection: SmtpConnection | None = None
        self._redactor = Redactor()
        self._progress = Progress()
        self._is_clean = True
        """True when no transaction is open on the connection."""
        self._offered: Message | None = None
        """Whose envelope followed the last final dot; the replies to it are not read yet."""

    @property
    def is_open(self) -> bool:
        """True while it is connected and logged in."""
        return self._connection is not None and self._connection.sock is not None

    def deliver(self, message: Message, before_data: Callable[[], None]) -> AttemptResult:
        """Try once to send a message. See ``Transport``."""
        return self.deliver_on(message, before_data, lambda: None)

    def deliver_on(self, message: Message, before_data: Callable[[], None], ahead: Ahead) -> AttemptResult:
        """Try once to send a message, and name the envelope of the next. See ``KeepsConnection``."""
        self._progress = Progress()
        if unfit := check_message(message):
            return self._redactor.result(unfit)
        ready = self._guarded(lambda: self._prepare(message))
        if isinstance(ready, AttemptResult):
            return ready
        before_data()
        return self._guarded(lambda: self._finish(message, ready, ahead))

    def check_login(self) -> AttemptResult:
        """Connect and log in without sending anything; return accepted, or what went wrong."""
        self._progress = Progress()
        return self._guarded(self._check_login)

    def close(self) -> None:
        """End the connection with QUIT; ignore its errors."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.deadlines.allow(self.limits.farewell, reply_seconds=self.limits.farewell)
            self._read_offered(connection)
            connection.command("QUIT")
        except Exception:  # noqa: S110 - everything worth knowing is known
            pass
        finally:
            connection.close()

    def _guarded(self, part: Callable[[], _T]) -> _T | AttemptResult:
        """Run one part of an attempt; turn any error in it into a result."""
        try:
            result: _T | AttemptResult = part()
        except KeyboardInterrupt:
            raise InterruptedDelivery(self._redactor.result(self._after_interrupt())) from None
        except Exception as error:
            result = interpret_error(error, self._progress.phase)
            self._drop()
        if not isinstance(result, AttemptResult):
            return result
        if (connection := self._connection) and not self._is_reusable(connection, result):
            self._drop()
        return self._redactor.result(result)

    def _prepare(self, message: Message) -> Refusals | AttemptResult:
        """Connect if needed, and name sender and recipients. Reconnect once when the connection ended while idle."""
        was_idle = self._connection is not None
        self._patience.allow(self.limits.attempt, reply_seconds=self.account.timeout)
        try:
            ready = self._offer(message)
        except ConnectionLostError:
            if not was_idle or self._progress.phase is not Phase.MAIL:
                raise
        else:
            # 421 to MAIL: this server takes only so many mails over one connection.
            if not (was_idle and isinstance(ready, AttemptResult) and (ready.phase, ready.code) == (Phase.MAIL, 421)):
                return ready
        self._drop()
        return self._offer(message)

    def _offer(self, message: Message) -> Refusals | AttemptResult:
        if self._connection is None:
            connection = self._open()
            if isinstance(connection, AttemptResult):
                return connection
        else:
            connection = self._connection
            self._progress.phase = Phase.MAIL
            if (taken := self._read_offered(connection, message)) is not None:
                return taken
            # After an accepted mail the server is ready for the next one (RFC 5321 section 4.1.1.4).
            if not self._is_clean and not reset(connection):
                raise ConnectionLostError("The server ended an idle connection")
        self._is_clean = False
        return send_envelope(connection, message, self._progress)

    def _read_offered(self, connection: SmtpConnection, message: Message | None = None) -> Refusals | None:
        """Read the replies to what followed the last dot; return them if it was this message and it may go on.

        Whatever else they say is not judged: the envelope is offered again, by itself. Raises ``ConnectionLostError``.
        """
        offered, self._offered = self._offered, None
        if offered is None:
            return None
        self._is_clean = False
        ready = read_envelope_replies(connection, offered, Progress())
        if isinstance(ready, AttemptResult):
            if ready.code == 421:
                raise ConnectionLostError("The server ended an idle connection")
            return None
        return ready if offered == message else None

    def _finish(self, message: Message, refused: Refusals, ahead: Ahead) -> AttemptResult:
        connection = self._connection
        if connection is None:
            raise ConnectionLostError("The connection is closed")
        exchange = Exchange(self.limits, lambda: self._offer_behind(connection, ahead()))
        result = send_message(connection, message, self._progress, exchange)
        if self._progress.phase is not Phase.ANSWER:
            self._offered = None  # the dot has not left, and neither has what follows it
        if result.verdict is not Verdict.ACCEPTED:
            return result
        self._is_clean = True
        return replace(result, refused=refused) if refused else result

    def _offer_behind(self, connection: SmtpConnection, following: Message | None) -> bytes:
        """Return the envelope of the next message, if this server takes it behind the dot (RFC 2920 section 3.1)."""
        if following is None or not can_pipeline(connection):
            return b""
        if check_message(following) or check_server_takes(connection, following):
            return b""  # that is said when it is its turn
        self._offered = following
        return as_lines(envelope_commands(connection, following))

    def _check_login(self) -> AttemptResult:
        self._patience.allow(self.limits.attempt, reply_seconds=self.account.timeout)
        self._drop()
        connection = self._open()
        if isinstance(connection, AttemptResult):
            return connection
        version = connection.sock.version() if isinstance(connection.sock, ssl.SSLSocket) else None
        who = f"logged in as {self.account.user}" if self.account.auth is not Auth.NONE else "no login"
        said = f"{self.account.host}:{self.account.port}, {version or 'not encrypted'}, {who}"
        return AttemptResult(Verdict.ACCEPTED, Phase.LOGIN, said=said)

    def _open(self) -> SmtpConnection | AttemptResult:
        """Connect and log in; keep the connection for the next messages."""
        tried: list[str] = []

        def first() -> str:
            tried.append(self.account.secret())
            return tried[0]

        opened, renew = self._try_login(first), self.account.renew
        if renew is None or isinstance(opened, SmtpConnection) or not _is_refused_token(opened):
            return opened
        # Its time was up, or this machine's clock is wrong. Once: a second refusal says something else.
        return self._try_login(lambda: renew(tried[0]))

    def _try_login(self, find_secret: Callable[[], str]) -> SmtpConnection | AttemptResult:
        self._progress.phase = Phase.CONNECT
        self._connection = connection = open_connection(self.account, self._local_hostname, self._patience)
        if self.account.auth is Auth.NONE:
            return connection
        self._progress.phase = Phase.LOGIN
        secret = self._ask_secret(find_secret)
        if isinstance(secret, AttemptResult):
            self._drop()
            return secret
        reply = log_in(connection, self.account, secret)
        if reply.code in LOGGED_IN:
            return connection
        self._drop()
        result = interpret_reply(reply, Phase.LOGIN)
        if not self.account.auth.takes_token or not _is_refused_token(result):
            return result
        if self.account.renew is None:
            return replace(result, fix=_RENEW)
        # Whoever signs in again needs no mail written again.
        return replace(result, fix=_SIGN_IN, verdict=Verdict.DEFERRED)

    def _ask_secret(self, find_secret: Callable[[], str]) -> str | AttemptResult:
        try:
            secret = find_secret()
        except Exception as error:  # from a keyring or a command of the user: anything may go wrong
            return interpret_password_error(error)
        if not secret or any(letter in secret for letter in "\0\r\n"):
            return interpret_password_error(SecretError("The SMTP password is empty, or contains a line break"))
        user = self.account.user
        coded = (initial_response(method, user, secret) for method in ("PLAIN", *TOKEN_METHODS))
        self._redactor = make_redactor([secret, *coded])
        return secret

    def _after_interrupt(self) -> AttemptResult:
        """Find out what became of an attempt that Ctrl-C stopped; once the dot has left, wait for its answer."""
        result = self._progress.result or interpret_interrupt(self._progress.phase)
        if self._progress.result is None and result.verdict is Verdict.UNCLEAR and self._connection is not None:
            self._patience.allow(self.limits.grace, reply_seconds=self.limits.grace)
            with contextlib.suppress(Exception, KeyboardInterrupt):
                result = read_final_reply(self._connection)
        self._drop()
        return result

    def _is_reusable(self, connection: SmtpConnection, result: AttemptResult) -> bool:
        is_in_step = self._offered is not None or connection.has_read_everything
        return connection.sock is not None and is_in_step and result.code != 421

    def _drop(self) -> None:
        connection, self._connection, self._offered = self._connection, None, None
        if connection is not None:
            connection.close()


def _is_refused_token(result: AttemptResult) -> bool:
    """Return whether a login was refused for what it said, not since Microsoft forbids this way (5.7.139)."""
    return (result.phase, result.code) == (Phase.LOGIN, 535) and result.enhanced != "5.7.139"
