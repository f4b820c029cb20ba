"""Serve over standard input and output, to the one client that started this process."""

import os
import sys
from typing import Any

import anyio

from followup_mail.mcp.desk import Desk
from followup_mail.mcp.server import make_server
from followup_mail.services.assistants.only_proposals import wall_in
from followup_mail.services.sending.end_signals import end_signals, handle_signals


def serve_stdio(desk: Desk) -> None:
    """Answer until the client closes our input. Standard output carries the protocol and nothing else."""
    with desk.opened() as workspace:
        home = workspace.home
    _end_at_signals(desk)
    server = make_server(desk)

    async def run() -> None:
        wall_in(home)  # the loop has what it needs of the system by now
        await server.run_stdio_async()

    try:
        anyio.run(run)
    except* BrokenPipeError:
        pass  # the client went away


def _end_at_signals(desk: Desk) -> None:
    """End at once when told to: a thread waits for input that may never come, and there is nothing to finish."""

    def end(*_: Any) -> None:
        sys.stderr.write("\nThe server has ended.\n")
        sys.stderr.flush()
        desk.close()
        os._exit(0)

    handle_signals(dict.fromkeys(end_signals(), end))
