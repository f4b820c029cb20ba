"""A mail server that counts what it took, and that can kill its client at a point of the conversation.

It runs in a thread of the test; its clients are processes of their own. A mail counts as taken when the final dot has
come and the server has decided to take it, whether or not its answer reaches anybody.
"""

from __future__ import annotations

import os
import signal
import socket
import socketserver
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

POINTS = (
    *("connect", "ehlo", "mail", "rcpt", "data", "body"),
    *("dot, then taken", "dot, then not taken", "answer"),
)
"""Where a client can be killed: the last two words of a dot say what the server decides after the kill."""


@dataclass
class Counting:
    """What the server took, by Message-ID, and what it is to do."""

    taken: Counter[str] = field(default_factory=Counter)
    kill_at: str = ""
    turn: int = 1
    """At which time of reaching that point."""
    victim: int = 0
    pipelines: bool = False
    """Whether the server says that it takes several commands at once."""
    answer: Callable[[str], str] = lambda _: "250 2.0.0 Ok: queued as C0UNT"
    """Given the Message-ID: the answer to the dot; ``drop`` takes the mail and hangs up instead."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reach(self, point: str) -> bool:
        """Kill the client when this is the point; tell whether it was."""
        if point != self.kill_at or not self.victim:
            return False
        self.turn -= 1
        if self.turn > 0:
            return False
        self.kill_at = ""
        with suppress(ProcessLookupError):
            os.kill(self.victim, signal.SIGKILL)
        return True


class Conversation(socketserver.StreamRequestHandler):
    """One client's mails."""

    counting: Counting

    def handle(self) -> None:
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError):
            self.counting.reach("connect")
            self.say("220 counting.test ESMTP")
            while line := self.rfile.readline():
                if not self.obey(line.decode("utf-8", "replace").strip()):
                    return

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def obey(self, line: str) -> bool:
        verb = line[:4].upper()
        self.counting.reach(verb.lower())
        if verb == "EHLO":
            more = "250-PIPELINING\r\n" if self.counting.pipelines else ""
            self.say(f"250-counting.test\r\n250-8BITMIME\r\n{more}250 SMTPUTF8")
        elif verb == "DATA":
            return self.take()
        elif verb == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say("250 ok")
        return True

    def take(self) -> bool:
        self.say("354 go on")
        message_id = ""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            if line.lower().startswith(b"message-id:"):
                message_id = line.split(b":", 1)[1].strip().decode()
                self.counting.reach("body")
        if self.counting.reach("dot, then not taken"):
            return False
        answer = self.counting.answer(message_id)
        if answer.startswith("2") or answer == "drop":
            with self.counting.lock:
                self.counting.taken[message_id] += 1
        if self.counting.reach("dot, then taken") or answer == "drop":
            return False
        self.say(answer)
        self.counting.reach("answer")
        return True


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A client that was killed is no error here."""


@contextmanager
def count_mails() -> Iterator[tuple[Counting, int]]:
    """Run the server; yield what it counts, and its port."""
    counting = Counting()
    server = Server(("127.0.0.1", 0), type("Bound", (Conversation,), {"counting": counting}))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield counting, server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
