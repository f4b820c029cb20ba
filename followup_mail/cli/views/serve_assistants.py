"""Start the server for assistants. Standard output belongs to the protocol: all that is said goes to stderr."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from followup_mail.cli.terminal import screen
from followup_mail.errors import SettingsError

if TYPE_CHECKING:
    from followup_mail.mcp.desk import Desk

_PACKAGES: Final = frozenset({"mcp", "mcp_types", "pydantic", "anyio", "uvicorn", "starlette"})
"""What the extra brings."""


def serve_and_say(places: tuple[Path | None, Path | None], http: bool, port: int | None) -> None:
    """Serve a home; ``places``: the home and the file of settings named on the command line.

    Raises ``SettingsError`` where the package for it is missing or settings cannot be read, and ``RefusedError``.
    """
    desk = _make_desk(*places)
    try:
        if http:
            _serve_http(desk, port)
        else:
            _serve_stdio(desk)
    finally:
        desk.close()


def _make_desk(home: Path | None, env_file: Path | None) -> Desk:
    try:
        from followup_mail.mcp.desk import Desk
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise SettingsError(
            "The server for assistants needs the package mcp, version 2, and it is not installed.",
            fix="Type: pip install 'followup-mail[mcp]'",
        ) from None
    return Desk(home, env_file)


def _serve_stdio(desk: Desk) -> None:
    from followup_mail.mcp.over_stdio import serve_stdio

    if sys.stdin.isatty():
        screen.note("This is a server for AI assistants: they start it themselves. docs/assistants.md says how.")
        screen.note("It waits for messages here. It ends with Ctrl-C.")
    serve_stdio(desk)


def _serve_http(desk: Desk, port: int | None) -> None:
    from followup_mail.mcp.kept_token import FILE_NAME
    from followup_mail.mcp.over_http import PORT, serve_http

    def tell(address: str, token: str) -> None:
        screen.note_whole(address)
        if token:
            screen.note("Give your assistant this header; it is shown this once:")
            screen.note_whole(f"Authorization: Bearer {token}")
            screen.note(f"The token is in the file {FILE_NAME} of the home folder, for you alone.")
        else:
            screen.note("It wants the header: Authorization: Bearer TOKEN")
            screen.note(f"The token is in the file {FILE_NAME} of the home folder.")
        screen.note("It ends with Ctrl-C.")
        sys.stderr.flush()

    serve_http(desk, PORT if port is None else port, tell)
    screen.note("The server has ended. What was proposed still waits for you.")
