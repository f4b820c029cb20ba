"""Run the page until it is ended: by Ctrl-C, with the terminal, or by its own button."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from followup_mail.errors import FollowupError, RefusedError
from followup_mail.services.sending.end_signals import ended_by_signals
from followup_mail.web.frame.desk import Desk
from followup_mail.web.frame.gate import Address
from followup_mail.web.frame.visits import make_word
from followup_mail.web.instance import Instance, drop_instance, find_instance, keep_instance

if TYPE_CHECKING:
    import uvicorn

    from followup_mail.web.app import Site

_HOST: Final = "127.0.0.1"
_SECONDS_TO_FINISH: Final = 10


class Wish(Struct, frozen=True):
    """How the page is to be opened."""

    host: str = _HOST
    port: int = 0
    """0: any that is free."""
    to: str = ""
    """The page to begin with, as an address of ours."""
    delivers: bool = True
    """Whether mails that fall due leave while the page is open."""


def is_reached_by_others(host: str) -> bool:
    """Return whether others can reach an address of this machine. Raises ``FollowupError`` for anything else."""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        raise FollowupError(f"{host!r} is not an IP address.", fix="Write it like 192.168.1.20.") from None


def reached_here_at(host: str) -> str:
    """Return the address by which this machine itself reaches what listens at ``host``, perhaps at all addresses."""
    address = ip_address(host)
    if not address.is_unspecified:
        return host
    return "::1" if address.version == 6 else _HOST


def find_open(home: Path, to: str = "") -> str:
    """Return a first address at the page that is open already for this home; empty when there is none."""
    instance = find_instance(home)
    ticket = instance.ask_for_ticket() if instance else ""
    return instance.first_address(ticket, to) if instance and ticket else ""


def serve(desk: Desk, home: Path, wish: Wish, tell: Callable[[str], object]) -> None:
    """Answer browsers until the page is ended. ``tell`` gets the first address once it can be opened.

    Raises ``RefusedError`` when nothing can listen there.
    """
    from followup_mail.web.app import Site
    from followup_mail.web.delivering import Delivering
    from followup_mail.web.views.outbox.open_edits import EDITS
    from followup_mail.web.warming import start_warming

    with listening(wish) as listener:
        instance = Instance(reached_here_at(wish.host), listener.getsockname()[1], make_word())
        delivering = Delivering(desk)
        site = Site(
            replace(desk, settings_changed=delivering.begin_anew, delivers=wish.delivers),
            Address(instance.port, is_reached_by_others(wish.host)),
            instance.secret,
        )
        server = make_server(site)
        with ended_by_signals(server):
            keep_instance(home, instance)
            try:
                start_warming(site.desk)
                tell(instance.first_address(site.visits.make_ticket(), wish.to))
                if wish.delivers:
                    delivering.start()
                server.run(sockets=[listener])
            finally:
                delivering.end()
                EDITS.end_all()
                drop_instance(home, instance)
                desk.renderer.close()


def make_server(site: Site, ended: Callable[[], object] = lambda: None) -> uvicorn.Server:
    """Return a server that answers for ``site``; it leaves signals alone. ``ended`` is called by the page's button."""
    import uvicorn

    class Server(uvicorn.Server):
        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            """Leave them to ``ended_by_signals``."""
            yield

    def end() -> None:
        server.should_exit = True
        ended()

    config = uvicorn.Config(
        site.gate(end),
        log_config=None,
        log_level="critical",  # what a browser sends wrong concerns nobody at the terminal
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    server = Server(config)
    return server


@contextmanager
def listening(wish: Wish) -> Iterator[socket.socket]:
    """Give the port to the page for as long as it runs. Raises ``RefusedError`` when nothing can listen there."""
    family = socket.AF_INET6 if ip_address(wish.host).version == 6 else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        if os.name == "posix":  # elsewhere it would let two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((wish.host, wish.port))
            listener.listen()  # the address may be opened before the server is ready
        except OSError as error:
            raise RefusedError(
                f"Nothing can listen at {wish.host}, port {wish.port}: {error.strerror}.",
                fix="Leave --port out, and a free port is taken." if wish.port else "Leave --host out.",
            ) from None
        yield listener
