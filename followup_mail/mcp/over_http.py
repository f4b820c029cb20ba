"""Serve over HTTP, for this machine alone, until the process is told to end."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import anyio
import uvicorn

from followup_mail.errors import RefusedError
from followup_mail.mcp.desk import Desk
from followup_mail.mcp.gate import HOST, Gate
from followup_mail.mcp.kept_token import find_token
from followup_mail.mcp.server import make_server
from followup_mail.services.assistants.only_proposals import wall_in
from followup_mail.services.sending.end_signals import ended_by_signals

PORT: Final = 8741
"""The port if none is named: a client's settings name it, so it stays the same."""
PATH: Final = "/mcp"
_MOST_BYTES: Final = 1_000_000
_SECONDS_TO_FINISH: Final = 3


def serve_http(desk: Desk, port: int, tell: Callable[[str, str], object]) -> None:
    """Answer until a signal ends it. ``tell`` gets the address, and the token if it was made just now.

    Raises ``RefusedError`` when nothing can listen at the port, and what ``find_token`` raises.
    """
    with desk.opened() as workspace:
        home = workspace.home
    with _listening(port) as listener:
        token, is_new = find_token(home)
        own_port = listener.getsockname()[1]
        app = make_server(desk).streamable_http_app(
            streamable_http_path=PATH, json_response=True, max_request_body_size=_MOST_BYTES
        )
        server = _make_uvicorn(Gate(app, own_port, token))
        with ended_by_signals(server):
            tell(f"http://{HOST}:{own_port}{PATH}", token if is_new else "")
            anyio.run(_serve_walled, server, listener, home)


async def _serve_walled(server: uvicorn.Server, listener: socket.socket, home: Path) -> None:
    wall_in(home)  # the loop has what it needs of the system by now
    await server.serve(sockets=[listener])


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        if os.name == "posix":  # elsewhere it would let two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen()
        except OSError as error:
            raise RefusedError(
                f"Nothing can listen at {HOST}, port {port}: {error.strerror}.",
                fix=f"Perhaps it runs already. Else name another port: --port {port + 1 if port < 65535 else PORT}",
            ) from None
        yield listener


def _make_uvicorn(gate: Gate) -> uvicorn.Server:
    class Server(uvicorn.Server):
        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            """Leave them to ``ended_by_signals``: uvicorn's own way ends the whole process where it stands."""
            yield

    config = uvicorn.Config(
        gate,
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    return Server(config)
