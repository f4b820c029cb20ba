"""Mail servers to test against, each in a thread, each on a port of its own.

``Sink`` behind ``serve`` is aiosmtpd: a real server that takes mail. ``FaultyServer`` is a small one of our own that
does something special at one point of the conversation: hang up, answer oddly, never end.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "jordan@example.com", "pässword-7 (real)"


@dataclass(frozen=True)
class Received:
    """One message that a server took, and how it came."""

    mail_from: str
    rcpt_to: tuple[str, ...]
    content: bytes
    options: tuple[str, ...]
    encrypted: bool
    user: str
    greeting: str


@dataclass
class Sink:
    """What a server took, and what it is to refuse."""

    refused: dict[str, str] = field(default_factory=dict)
    """Recipient to the reply it gets."""
    answer: str = "250 2.0.0 Ok: queued as 4XyZ01"
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    took: threading.Event = field(default_factory=threading.Event)
    """Set once it has taken a mail."""

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:  # noqa: N802
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("2"):
            login = session.auth_data
            self.received.append(
                Received(
                    envelope.mail_from,
                    tuple(envelope.rcpt_tos),
                    envelope.content,
                    tuple(envelope.mail_options),
                    session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None,
                    login.login.decode() if login else "",
                    session.host_name,
                )
            )
            self.took.set()
        return self.answer


def check_password(_server: Any, _session: Any, _envelope: Any, mechanism: str, login: Any) -> AuthResult:
    """Accept the one user of these tests, by PLAIN or LOGIN."""
    right = isinstance(login, LoginPassword) and login.login.decode() == USER and login.password.decode() == PASSWORD
    return AuthResult(success=right, handled=right, auth_data=login)


@contextlib.contextmanager
def serve(sink: Sink, *, tls: ssl.SSLContext | None = None, **options: Any) -> Iterator[int]:
    """Run aiosmtpd and yield its port. With ``tls`` it is encrypted from the first byte; options are aiosmtpd's."""
    loop = asyncio.new_event_loop()

    def connected() -> SMTP:
        sink.connections += 1
        return SMTP(sink, loop=loop, hostname="mail.test", **options)

    server = loop.run_until_complete(loop.create_server(connected, "127.0.0.1", 0, ssl=tls))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(_end_all(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _end_all() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}  # type: ignore[arg-type]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """Return the TLS settings of a server that shows this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def nameless_context(authority: trustme.CA, common_name: str) -> ssl.SSLContext:
    """Return the TLS settings of a server whose certificate has its name only as the common name, as of old."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.load_pem_x509_certificate(authority.cert_pem.bytes())
    signer = serialization.load_pem_private_key(authority.private_key_pem.bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)]))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
    own = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    certificate = builder.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    return server_context(trustme.LeafCert(own, certificate, [authority.cert_pem.bytes()]))


class HangUpError(Exception):
    """Raised by an action to end the connection there and then."""


class Talk:
    """The server's end of one connection."""

    def __init__(self, sock: socket.socket, stop: threading.Event) -> None:
        self.sock = sock
        self.stop = stop
        self.line = ""
        """The last command that was heard."""
        self._heard = b""

    def say(self, words: str | bytes) -> None:
        self.sock.sendall(words if isinstance(words, bytes) else f"{words}\r\n".encode())

    def hear(self) -> str:
        """Return the next line, empty when the client is gone."""
        while b"\n" not in self._heard and self._read():
            pass
        line, _, self._heard = self._heard.partition(b"\n")
        return line.decode("utf-8", errors="replace").strip()

    def hear_message(self) -> bytes:
        """Return the bytes up to the final dot; raise when the client goes before that."""
        while b"\r\n.\r\n" not in self._heard:
            if not self._read():
                raise HangUpError
        message, _, self._heard = self._heard.partition(b"\r\n.\r\n")
        return (message + b"\r\n").replace(b"\r\n..", b"\r\n.")

    def hear_some(self, count: int) -> None:
        """Take in at least so many bytes and forget them."""
        while len(self._heard) < count and self._read():
            pass

    def hang_up_hard(self) -> None:
        """Reset the connection: what is on its way to the client is lost."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise HangUpError

    def close(self) -> None:
        self.sock.close()

    def wait_for_the_client(self) -> None:
        """Say nothing until the client is gone."""
        while self._read():
            pass

    def _read(self) -> bool:
        chunk = self.sock.recv(65536)
        self._heard += chunk
        return bool(chunk)


Action = str | bytes | Callable[[Talk], None]


def hang_up(_talk: Talk) -> None:
    raise HangUpError


def hang_up_hard(talk: Talk) -> None:
    talk.hang_up_hard()


def stay_silent(talk: Talk) -> None:
    talk.wait_for_the_client()
    raise HangUpError


def drip(talk: Talk) -> None:
    """Begin a reply and send a byte of it every so often, for ever."""
    talk.say(b"250-")
    while not talk.stop.wait(0.02):
        talk.say(b"x")


def never_end(talk: Talk) -> None:
    """Send a reply without end."""
    while not talk.stop.is_set():
        talk.say(b"250-and so on\r\n" * 500)


@dataclass
class FaultyServer:
    """A small SMTP server that does as it is told at the points named in ``at``, and as it should at all others.

    Points, in order: greeting, ehlo, starttls, tls_ehlo, auth, mail, rcpt, data, body, dot, after, rset, quit.
    An action is said instead of the usual reply, or called. ``once`` limits the fault to the first connection.
    """

    at: dict[str, Action]
    context: ssl.SSLContext | None = None
    offers: tuple[str, ...] = ("8BITMIME", "AUTH PLAIN LOGIN")
    offers_too: ClassVar[tuple[str, ...]] = ()
    """What every such server offers besides: set for a whole test."""
    once: bool = False
    took: list[bytes] = field(default_factory=list)
    """Messages that came complete, with the final dot."""
    verbs: list[str] = field(default_factory=list)
    connections: int = 0

    @contextlib.contextmanager
    def running(self) -> Iterator[int]:
        stop = threading.Event()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            # A small buffer, inherited by each connection, so that a body of some megabytes has to wait for us.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
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
        threads: list[threading.Thread] = []
        while not stop.is_set():
            try:
                sock, _ = listener.accept()
            except OSError:
                break
            self.connections += 1
            threads.append(threading.Thread(target=self._serve, args=(sock, stop, self.connections), daemon=True))
            threads[-1].start()
        for thread in threads:
            thread.join(5)

    def _serve(self, sock: socket.socket, stop: threading.Event, number: int) -> None:
        sock.settimeout(10)
        session = _Session(self, Talk(sock, stop), self.at if number == 1 or not self.once else {})
        with contextlib.suppress(HangUpError, OSError):
            session.run()
        session.talk.sock.close()


class _Session:
    """One connection to a ``FaultyServer``."""

    def __init__(self, server: FaultyServer, talk: Talk, faults: dict[str, Action]) -> None:
        self.server = server
        self.talk = talk
        self.faults = faults
        self.encrypted = False

    def run(self) -> None:
        self.act("greeting", "220 mail.test ready")
        while line := self.talk.hear():
            self.talk.line = line
            verb = line.split()[0].split(":")[0].lower()
            self.server.verbs.append(verb)
            getattr(self, f"do_{verb}", lambda verb=verb: self.act(verb, "250 ok"))()

    def act(self, point: str, usual: str) -> None:
        action = self.faults.get(point, usual)
        if callable(action):
            action(self.talk)
        elif action:
            self.talk.say(action)

    def do_ehlo(self) -> None:
        can_encrypt = self.server.context is not None and not self.encrypted
        lines = ["mail.test", *self.server.offers, *self.server.offers_too, *(["STARTTLS"] if can_encrypt else [])]
        reply = "\r\n".join([*(f"250-{line}" for line in lines[:-1]), f"250 {lines[-1]}"])
        self.act("tls_ehlo" if self.encrypted else "ehlo", reply)

    def do_starttls(self) -> None:
        self.act("starttls", "220 go ahead")
        if self.server.context is not None:
            self.talk.sock = self.server.context.wrap_socket(self.talk.sock, server_side=True)
            self.encrypted = True

    def do_auth(self) -> None:
        self.act("auth", "235 2.7.0 welcome")

    def do_data(self) -> None:
        self.act("data", "354 go ahead")
        if not str(self.faults.get("data", "354")).startswith("354"):
            return
        self.act("body", "")
        self.server.took.append(self.talk.hear_message())
        self.act("dot", "250 2.0.0 Ok: queued as F00")
        self.act("after", "")

    def do_quit(self) -> None:
        self.act("quit", "221 bye")
        raise HangUpError
