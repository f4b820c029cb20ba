"""Hands messages to an SMTP server: one connection for many, and an exact account of each.

``deliver`` has three parts, and the border between them is what the promise rests on: everything up to the
recipients, then ``before_data`` (the intent is put on disk), then DATA, the bytes and the dot.
"""

from __future__ import annotations

import contextlib
import ssl
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from followup_mail.delivery.envelope import check_message
from followup_mail.delivery.interrupted import InterruptedDelivery
from followup_mail.delivery.network_errors import SecretError, explain_secret, explain_trouble, interrupted
from followup_mail.delivery.replies import Redactor, hush
from followup_mail.delivery.reply_outcome import judge
from followup_mail.delivery.smtp_account import Account, Auth
from followup_mail.delivery.smtp_connect import NAMELESS, greeting_name, open_link
from followup_mail.delivery.smtp_link import SmtpLink
from followup_mail.delivery.smtp_login import LOGGED_IN, initial_response, log_in
from followup_mail.delivery.smtp_transaction import (
    Progress,
    Refusals,
    hand_over,
    hear_answer,
    offer_envelope,
    start_over,
)
from followup_mail.delivery.timeouts import LinkLostError, Patience, Timeouts
from followup_mail.message.message import Message
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict

_GET_ANEW: Final = "The token is refused: get a new one, with the right to send mail (scope) for this very user."
_T = TypeVar("_T")


class SmtpTransport:
    """A ``Transport`` over SMTP. Connects at the first message. For one thread; not to be shared between processes."""

    leaves_machine: bool = True

    def __init__(
        self,
        account: Account,
        local_hostname: str = NAMELESS,
        limits: Timeouts = Timeouts(),  # noqa: B008 - frozen
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.account = account
        self.limits = limits
        self._local_hostname = greeting_name(local_hostname)
        self._patience = Patience(account.timeout, monotonic)
        self._link: SmtpLink | None = None
        self._hush = Redactor()
        self._progress = Progress()
        self._is_clean = True
        """True when no transaction is open on the link."""

    def deliver(self, message: Message, before_data: Callable[[], None]) -> AttemptResult:
        """Try once to hand a message over. See ``Transport``.

        Raises:
            InterruptedDelivery: on Ctrl-C, with the outcome inside.
            Exception: whatever ``before_data`` raised; nothing was sent.
        """
        self._progress = Progress()
        if unfit := check_message(message):
            return self._hush.outcome(unfit)
        ready = self._guarded(lambda: self._prepare(message))
        if isinstance(ready, AttemptResult):
            return ready
        before_data()
        return self._guarded(lambda: self._finish(message, ready))

    def check_login(self) -> AttemptResult:
        """Connect and log in without sending anything: accepted, or what is in the way."""
        self._progress = Progress()
        return self._guarded(self._check_login)

    def close(self) -> None:
        """End the connection politely; its errors are ignored."""
        link, self._link = self._link, None
        if link is None:
            return
        try:
            link.patience.allow(self.limits.farewell, reply_seconds=self.limits.farewell)
            link.ask("QUIT")
        except Exception:  # noqa: S110 - what there was to know is known
            pass
        finally:
            link.close()

    def _guarded(self, part: Callable[[], _T]) -> _T | AttemptResult:
        """Run one part of an attempt; whatever goes wrong in it becomes an outcome."""
        try:
            result: _T | AttemptResult = part()
        except KeyboardInterrupt:
            raise InterruptedDelivery(self._hush.outcome(self._after_interrupt())) from None
        except Exception as error:
            result = explain_trouble(error, self._progress.phase)
            self._drop()
        if not isinstance(result, AttemptResult):
            return result
        if self._link is not None and not (self._link.sock and self._link.is_quiet and result.code != 421):
            self._drop()
        return self._hush.outcome(result)

    def _prepare(self, message: Message) -> Refusals | AttemptResult:
        """Connect where needed and name sender and recipients. A link dropped while idle is made anew, once."""
        was_idle = self._link is not None
        self._patience.allow(self.limits.attempt, reply_seconds=self.account.timeout)
        try:
            ready = self._offer(message)
        except LinkLostError:
            if not was_idle or self._progress.phase is not Phase.MAIL:
                raise
        else:
            # 421 to MAIL: so many mails on one connection were enough for this server.
            if not (was_idle and isinstance(ready, AttemptResult) and (ready.phase, ready.code) == (Phase.MAIL, 421)):
                return ready
        self._drop()
        return self._offer(message)

    def _offer(self, message: Message) -> Refusals | AttemptResult:
        if self._link is None:
            link = self._open()
            if isinstance(link, AttemptResult):
                return link
        else:
            link = self._link
            self._progress.phase = Phase.MAIL
            # After a mail that was taken the server is ready for the next (RFC 5321 section 4.1.1.4).
            if not self._is_clean and not start_over(link):
                raise LinkLostError("The server ended an idle connection")
        self._is_clean = False
        return offer_envelope(link, message, self._progress)

    def _finish(self, message: Message, refused: Refusals) -> AttemptResult:
        if self._link is None:
            raise LinkLostError("The connection is closed")
        outcome = hand_over(self._link, message, self._progress, self.limits)
        if outcome.verdict is not Verdict.ACCEPTED:
            return outcome
        self._is_clean = True
        return replace(outcome, refused=refused) if refused else outcome

    def _check_login(self) -> AttemptResult:
        self._patience.allow(self.limits.attempt, reply_seconds=self.account.timeout)
        self._drop()
        link = self._open()
        if isinstance(link, AttemptResult):
            return link
        version = link.sock.version() if isinstance(link.sock, ssl.SSLSocket) else None
        who = f"logged in as {self.account.user}" if self.account.auth is not Auth.NONE else "no login"
        said = f"{self.account.host}:{self.account.port}, {version or 'not encrypted'}, {who}"
        return AttemptResult(Verdict.ACCEPTED, Phase.LOGIN, said=said)

    def _open(self) -> SmtpLink | AttemptResult:
        """Connect and log in; the link is kept for the next messages."""
        self._progress.phase = Phase.CONNECT
        self._link = link = open_link(self.account, self._local_hostname, self._patience)
        if self.account.auth is Auth.NONE:
            return link
        self._progress.phase = Phase.LOGIN
        secret = self._ask_secret()
        if isinstance(secret, AttemptResult):
            self._drop()
            return secret
        reply = log_in(link, self.account, secret)
        if reply.code in LOGGED_IN:
            return link
        self._drop()
        outcome = judge(reply, Phase.LOGIN)
        is_old_token = self.account.auth is Auth.XOAUTH2 and reply.code == 535 and reply.enhanced != "5.7.139"
        return replace(outcome, fix=_GET_ANEW) if is_old_token else outcome

    def _ask_secret(self) -> str | AttemptResult:
        try:
            secret = self.account.secret()
        except Exception as error:  # a keyring or a command of the user's: anything may go wrong
            return explain_secret(error)
        if not secret or any(letter in secret for letter in "\0\r\n"):
            return explain_secret(SecretError("The SMTP password is empty, or holds a line break"))
        user = self.account.user
        self._hush = hush([secret, initial_response("PLAIN", user, secret), initial_response("XOAUTH2", user, secret)])
        return secret

    def _after_interrupt(self) -> AttemptResult:
        """Find out what became of an attempt that Ctrl-C stopped: once the dot has left, its answer is waited for."""
        outcome = self._progress.outcome or interrupted(self._progress.phase)
        if self._progress.outcome is None and outcome.verdict is Verdict.UNCLEAR and self._link is not None:
            self._patience.allow(self.limits.grace, reply_seconds=self.limits.grace)
            with contextlib.suppress(Exception, KeyboardInterrupt):
                outcome = hear_answer(self._link)
        self._drop()
        return outcome

    def _drop(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.close()
