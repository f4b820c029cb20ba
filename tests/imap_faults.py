"""A mailbox that misbehaves at one point of the conversation, as a script says."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator

from servers import Action, HangUpError, Talk

USUAL = {
    "greeting": "* OK ready",
    "capability": "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\n{tag} OK done",
    "authenticate": "{tag} OK welcome",
    "list": '* LIST (\\Sent) "/" "Sent"\r\n{tag} OK done',
    "examine": "* 1 EXISTS\r\n{tag} OK [READ-ONLY] done",
    "search": "* SEARCH 7\r\n{tag} OK done",
    "fetch": "{tag} OK done",
    "logout": "* BYE\r\n{tag} OK done",
}


@contextlib.contextmanager
def misbehave(at: dict[str, Action], tls: ssl.SSLContext | None = None, implicit: bool = False) -> Iterator[int]:
    """Serve one connection, saying or doing what ``at`` names instead of the usual; yield the port."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_accept, args=(listener, stop, USUAL | at, tls, implicit), daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stop.set()
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _accept(
    listener: socket.socket,
    stop: threading.Event,
    at: dict[str, Action],
    tls: ssl.SSLContext | None,
    implicit: bool,
) -> None:
    with contextlib.suppress(OSError, HangUpError):
        talk = Talk(listener.accept()[0], stop)
        talk.sock.settimeout(10)
        with contextlib.closing(talk):
            if implicit and tls:
                talk.sock = tls.wrap_socket(talk.sock, server_side=True)
            _act(talk, at["greeting"], "*")
            while line := talk.hear():
                talk.line = line
                _answer(talk, line, at, tls)


def _answer(talk: Talk, line: str, at: dict[str, Action], tls: ssl.SSLContext | None) -> None:
    # A client that was answered too early may still send the second half of what it began.
    tag, verb, *rest = (*line.split(), "", "")
    verb = rest[0].lower() if verb.lower() == "uid" else verb.lower()
    if verb == "authenticate":
        talk.say("+ ")
        talk.hear()
    _act(talk, at.get(verb, "{tag} OK done"), tag)
    if verb == "starttls" and tls:
        talk.sock = tls.wrap_socket(talk.sock, server_side=True)


def _act(talk: Talk, action: Action, tag: str) -> None:
    if callable(action):
        action(talk)
    elif isinstance(action, bytes):
        talk.say(action)
    else:
        talk.say(action.replace("{tag}", tag))
