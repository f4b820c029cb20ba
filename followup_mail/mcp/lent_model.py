"""A client lends its model (MCP sampling): it answers our questions, and what comes of that is a proposal.

The questions travel as the protocol of the client has it. From 2026-07-28 on, the call comes back with a question, and
the client repeats it with the answer; before, ``sampling/createMessage`` asks in the middle of the call (2025-11-25).
Either way a question has stand-ins for names, and its answer passes the gate of every model's mail.
"""

# Without `from __future__ import annotations`: the SDK reads the annotations of functions that are made here.

from collections.abc import Callable
from typing import Annotated, Final

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.resolve import Resolve, Sample
from mcp_types import CallToolResult, CreateMessageResult, SamplingMessage, TextContent
from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import WritingModelError
from followup_mail.mcp.answers import ToolAnswer
from followup_mail.mcp.arguments import PROPOSES, StepName, name_client
from followup_mail.mcp.desk import Desk
from followup_mail.services.assistants.lent_mail import Answer, begin_lent_mail, go_on, propose_lent
from followup_mail.services.assistants.tell_mail import read_step
from followup_mail.services.writing.mail_conversation import MOST_QUESTIONS, MailConversation, Question

_MOST_TOKENS: Final = 2_000
_SAMPLING_BY_RETRY: Final = "2026-07-28"
_NO_MODEL: Final = (
    "Your client lends no model (it has not declared MCP sampling), so this tool can't write. Write the mail yourself: "
    "read_brief says how, and propose_mail takes it."
)


class _Talk(Struct, frozen=True):
    """One conversation with the model of a client, as far as it is."""

    by: str
    """What the model is called."""
    conversation: MailConversation | None
    """None where there is none to be held. It is begun once a round, and reads no outbox any more: the steps of a round
    may run in several threads."""
    why_not: str = ""
    """Why there is none, in a sentence or two."""
    answers: tuple[Answer, ...] = ()


def add_lent_model(server: MCPServer, desk: Desk) -> None:
    """Add the tool ``write_with_your_model`` to a server."""

    def begin(step: StepName, ctx: Context) -> _Talk:
        return _begin(desk, step, ctx)

    held: Callable[..., _Talk] = begin
    for _ in range(MOST_QUESTIONS):
        held = _ask_once_more(desk, held)

    @server.tool(title="Write with the client's model", annotations=PROPOSES)
    def write_with_your_model(step: StepName, talk: Annotated[_Talk, Resolve(held)]) -> ToolAnswer:
        """Have the mail of one step written by the model that your client lends, and leave it as a proposal.

        That model is asked up to four times, with stand-ins for names. What it writes is checked, sent back once if
        need be, and then waits for the user to accept or decline. Nothing is queued or sent.
        """
        return _propose(desk, talk)


def _ask_once_more(desk: Desk, before: Callable[..., _Talk]) -> Callable[..., _Talk]:
    """Return the resolver that carries a conversation a question further; at its end it is left as it is."""

    def question(talk: Annotated[_Talk, Resolve(before)]) -> object:
        return _next_question(desk, talk)

    def answered(talk: Annotated[_Talk, Resolve(before)], outcome: Annotated[object, Resolve(question)]) -> _Talk:
        if not isinstance(outcome, CreateMessageResult):
            return talk
        return replace(talk, answers=(*talk.answers, _answer(outcome)))

    return answered


def _begin(desk: Desk, step: str, ctx: Context) -> _Talk:
    by = f"{name_client(ctx)}'s model"
    if not _can_lend(ctx):
        return _Talk(by, None, _NO_MODEL)
    try:
        with desk.told_plainly(), desk.opened() as workspace:
            return _Talk(by, begin_lent_mail(workspace, read_step(step), by))
    except ToolError as error:
        return _Talk(by, None, str(error))


def _can_lend(ctx: Context) -> bool:
    declared = ctx.client_capabilities
    if declared is None or declared.sampling is None:
        return False
    return (ctx.protocol_version or "") >= _SAMPLING_BY_RETRY or ctx.session.can_send_request


def _next_question(desk: Desk, talk: _Talk) -> Sample | None:
    """Return the next question; None where none follows, whatever the reason: the tool says it at the end."""
    if talk.conversation is None:
        return None
    try:
        with desk.told_plainly(), desk.opened():
            turn = go_on(talk.conversation, talk.answers)
    except ToolError:
        return None
    return _as_sample(turn) if isinstance(turn, Question) else None


def _propose(desk: Desk, talk: _Talk) -> CallToolResult:
    """Return what came of a conversation. Raises ``ToolError`` with what prevents it."""
    conversation = talk.conversation
    if conversation is None:
        raise ToolError(talk.why_not)
    return desk.answer(lambda workspace: propose_lent(workspace, conversation, talk.answers))


def _as_sample(question: Question) -> Sample:
    """Return a question as the protocol has it. The form is part of the instructions: a schema cannot be given."""
    system, *messages = question.messages
    said = [
        SamplingMessage(
            role="assistant" if message["role"] == "assistant" else "user",
            content=TextContent(type="text", text=message["content"]),
        )
        for message in messages
    ]
    return Sample(said, max_tokens=_MOST_TOKENS, system_prompt=system["content"])


def _answer(result: CreateMessageResult) -> Answer:
    if not isinstance(result.content, TextContent):
        return WritingModelError("The model did not answer with text.")
    return result.content.text
