"""A mailbox that takes tokens only, in threads, on a port of its own: it has a Sent folder, and nothing in it."""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from servers import HangUpError, Talk

from followup_mail.delivery.bearer import bearer_text, last_answer

_REASON: Final = base64.b64encode(b'{"status":"invalid_token"}').decode()


@dataclass
class TokenMailbox:
    """What it takes, and how it behaves."""

    is_good: Callable[[str], bool]
    """Tells whether a token is to be accepted."""
    user: str
    offers: str = "SASL-IR AUTH=XOAUTH2"
    """Its capabilities; without a TOKEN method it refuses each."""
    refusal: str = "[AUTHENTICATIONFAILED] no"
    tls: ssl.SSLContext | None = None
    """Encrypts by STARTTLS, before which no login is offered."""
    logins: list[tuple[str, str]] = field(default_factory=list)
    """Method and token of every login that was tried."""

    @contextlib.contextmanager
    def running(self) -> Iterator[int]:
        stop = threading.Event()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            thread = threading.Thread(target=self._accept, args=(listener, stop), daemon=True)
            thread.start()
            try:
                yield listener.getsockname()[1]
            finally:
                stop.set()
                with contextlib.suppress(OSError):
                    listener.shutdown(socket.SHUT_RDWR)
                thread.join(5)

    def _accept(self, listener: socket.socket, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            sock.settimeout(10)
            threading.Thread(target=self._serve, args=(Talk(sock, stop),), daemon=True).start()

    def _serve(self, talk: Talk) -> None:
        with contextlib.suppress(HangUpError, OSError), contextlib.closing(talk):
            talk.say("* OK ready")
            while line := talk.hear():
                tag, verb, *rest = line.split()
                self._answer(talk, tag, verb.upper(), rest)

    def _answer(self, talk: Talk, tag: str, verb: str, rest: list[str]) -> None:
        match verb:
            case "CAPABILITY":
                hides = self.tls is not None and not isinstance(talk.sock, ssl.SSLSocket)
                talk.say(f"* CAPABILITY IMAP4rev1 {'STARTTLS LOGINDISABLED' if hides else self.offers}")
            case "STARTTLS":
                talk.say(f"{tag} OK go ahead")
                assert self.tls is not None
                talk.sock = self.tls.wrap_socket(talk.sock, server_side=True)
                return
            case "AUTHENTICATE":
                talk.say(f"{tag} {self._log_in(talk, *rest)}")
                return
            case "LIST":
                talk.say('* LIST (\\Sent) "/" "Sent"')
            case "EXAMINE":
                talk.say("* 0 EXISTS")
            case "SEARCH":
                talk.say("* SEARCH")
            case "LOGOUT":
                talk.say("* BYE")
        talk.say(f"{tag} OK done")

    def _log_in(self, talk: Talk, method: str, first: str = "") -> str:
        """Hear a login and return the reply. What comes with the command needs SASL-IR (RFC 4959)."""
        if f"AUTH={method}" not in self.offers.split():
            self.logins.append((method, first))
            return "NO [CANNOT] unsupported"
        if first and "SASL-IR" not in self.offers.split():
            return "BAD too many arguments"
        if not first:
            talk.say("+ ")
            first = talk.hear()
        text = base64.b64decode(first).decode()
        token = text.partition("Bearer ")[2].rstrip("\1")
        self.logins.append((method, token))
        if text == bearer_text(method, self.user, token) and self.is_good(token):
            return "OK welcome"
        talk.say(f"+ {_REASON}")
        answer = base64.b64decode(talk.hear()).decode()
        return f"NO {self.refusal}" if answer == last_answer(method) else "BAD not the answer"
