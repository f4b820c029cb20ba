"""The server: its name, what it says of itself, and its tools, resources and prompts."""

import logging
from importlib.resources import files
from typing import Any, Final

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, InputRequiredResult
from pydantic import ValidationError

from followup_mail import __version__
from followup_mail.mcp.desk import Desk
from followup_mail.mcp.lent_model import add_lent_model
from followup_mail.mcp.prompts import add_prompts
from followup_mail.mcp.proposing_tools import add_proposing_tools
from followup_mail.mcp.reading_tools import add_reading_tools
from followup_mail.mcp.resources import add_resources

_PREFIX: Final = "Error executing tool {}: "
_SAID_BY_THE_SDK: Final = "CRITICAL"
"""From which level on the SDK logs: what it says holds what assistants gave and what tools answered."""


class Server(MCPServer[Any]):
    """The SDK's server, with errors in our sentences."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool. Raises ``ToolError`` with what is wrong and what would be right."""
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            raise ToolError(_say(name, error)) from None


def make_server(desk: Desk) -> Server:
    """Return the server of a home."""
    server = Server(
        "followup-mail",
        title="followup-mail",
        description="Follow up well after a job interview. Reads, drafts, checks and proposes; never sends.",
        instructions=files(__package__).joinpath("instructions.md").read_text("utf-8"),
        version=__version__,
        log_level=_SAID_BY_THE_SDK,
        subscriptions=False,
    )
    logging.getLogger("mcp").setLevel(_SAID_BY_THE_SDK)
    add_reading_tools(server, desk)
    add_proposing_tools(server, desk)
    add_lent_model(server, desk)
    add_resources(server, desk)
    add_prompts(server, desk)
    return server


def _say(name: str, error: ToolError) -> str:
    """Return what is wrong; of an error that nobody foresaw, no word of its own: it may hold anything."""
    cause = error.__cause__
    if isinstance(cause, ValidationError):
        said = "; ".join(_say_argument(wrong) for wrong in cause.errors(include_url=False, include_input=False))
        return f"{name} was called with arguments that do not fit: {said}."
    if cause is not None and not isinstance(cause, ToolError):
        return f"{name} failed. Nothing was changed or sent."
    return str(error).removeprefix(_PREFIX.format(name))


def _say_argument(error: Any) -> str:
    place = ".".join(str(part) for part in error["loc"])
    return f"{place}: {error['msg'][:1].lower()}{error['msg'][1:]}"
