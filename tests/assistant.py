"""An assistant to test the server with: the SDK's own client, of both eras of the protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from mcp.client import Client
from mcp_types import CallToolResult, Implementation

from followup_mail.mcp.desk import Desk
from followup_mail.mcp.server import make_server
from followup_mail.services.overview.demo import NEXT_MORNING, Clock

ERAS = ("legacy", "auto")
"""With a handshake (2025-11-25 and before), and without one (2026-07-28)."""
NAME = Implementation(name="Test Assistant", version="1")
Answer = TypeVar("Answer")


def talk(home: Path, say: Callable[[Client], Awaitable[Answer]], mode: str = "auto") -> Answer:
    """Let a client in memory talk to the server of a home, whose clock shows the morning after the demo's interview."""
    desk = Desk(home, clock=Clock(NEXT_MORNING))

    async def run() -> Answer:
        async with Client(make_server(desk), mode=mode, client_info=NAME) as client:
            return await say(client)

    try:
        return asyncio.run(run())
    finally:
        desk.close()


def call(home: Path, tool: str, mode: str = "auto", **arguments: Any) -> CallToolResult:
    """Return what one tool answers."""
    return talk(home, lambda client: client.call_tool(tool, arguments), mode)


def text_of(result: CallToolResult) -> str:
    """Return the text of an answer."""
    return "\n".join(getattr(one, "text", "") for one in result.content)


def quoted_in(result: CallToolResult) -> dict[str, Any]:
    """Return what an answer quotes."""
    assert result.structured_content is not None, text_of(result)
    found: dict[str, Any] = result.structured_content["quoted_not_instructions"]
    return found


def read_bytes(home: Path) -> dict[str, bytes]:
    """Return every file of a home."""
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}
