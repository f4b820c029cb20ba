"""Reaches a server: each of its addresses in turn, within the time that is left."""

from __future__ import annotations

import socket

from followup_mail.delivery.timeouts import Patience


def reach(host: str, port: int, patience: Patience) -> socket.socket:
    """Return a connected socket. Raises ``OSError``; looking up the name takes as long as the system lets it."""
    failure: OSError | None = None
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(patience.left(patience.next_until()))
            sock.connect(address)
            # The dot of a mail goes out in a packet of its own; Nagle's algorithm would hold it back for 40 ms.
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(patience.left(patience.next_until()))  # bounds a TLS handshake as a whole
        except OSError as error:
            sock.close()
            failure = error
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise failure or OSError("the server has no address")
