"""A client lends its model (MCP sampling): it answers our questions, and what comes of that is a proposal.

The questions travel as the protocol of the client has it. From 2026-07-28 on, the call comes back with a question, and
the client repeats it with the answer; before, ``sampling/createMessage`` asks in the middle of the call (2025-11-25).
Either way a question has stand-ins for names, and its answer passes the gate of every model's mail.
"""

# Without `from __future__ import annotations`: the SDK reads the annotations of functions that are made here.

from collections.abc import Callable
from typing import Annotated, Final

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.resolve import Resolve, Sample
from mcp_types import CreateMessageResult, SamplingMessage, TextContent
from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import FollowupError, WritingModelError
from followup_mail.proposals.proposal import clean_by
from followup_mail.services.lent_mail import Answer, as_proposal, begin_lent_mail, go_on
from followup_mail.services.mail_conversation import MOST_QUESTIONS, MailConversation, Question
from followup_mail.services.propose import MailProposed, propose_mail, say_finding
from followup_mail.workspace import Workspace
from followup_mail.writing_model.remembered import Remembered

_MOST_TOKENS: Final = 2_000
_SAMPLING_BY_RETRY: Final = "2026-07-28"
_NO_MODEL: Final = (
    "Your client lends no model (it has not declared MCP sampling), so this tool can't write. Write the mail yourself "
    "with the prompt for its kind, and hand it in with propose_mail."
)


class _Talk(Struct, frozen=True):
    """One conversation with the model of a client, as far as it is."""

    by: str
    """What the model is called."""
    conversation: MailConversation | None
    """None where there is none to be held. It is begun once a round, and reads no store any more: steps of a round may
    run in several threads."""
    why_not: str = ""
    """Why there is none, in a sentence or two."""
    answers: tuple[Answer, ...] = ()


def make_write_with_your_model(open_workspace: Callable[[], Workspace]) -> Callable[..., str]:
    """Return the tool ``write_with_your_model``. ``open_workspace`` gives the workspace as it is at each step."""

    def begin(application: str, kind: str, person: str, ctx: Context) -> _Talk:
        return _begin(open_workspace, (application, kind, person), ctx)

    held: Callable[..., _Talk] = begin
    for _ in range(MOST_QUESTIONS):
        held = _ask_once_more(held)

    def write_with_your_model(
        application: str, kind: str, talk: Annotated[_Talk, Resolve(held)], person: str = ""
    ) -> str:
        """Have one mail written by the model that your client lends, and leave it as a proposal.

        Your model is asked up to four times, with stand-ins for names. What it writes is checked, sent back once if
        need be, and then waits for a person, who alone can accept it. Nothing is queued or sent.

        Args:
            application: the short name of the application.
            kind: thank_you, additional_detail, status_inquiry or rejection_thanks.
            person: the name of the person it goes to; needed where there are several.
        """
        return _propose(open_workspace, talk)

    return write_with_your_model


def _ask_once_more(before: Callable[..., _Talk]) -> Callable[..., _Talk]:
    """Return the resolver that carries a conversation one question further; it leaves one at its end as it is."""

    def question(talk: Annotated[_Talk, Resolve(before)]) -> object:
        return _next_question(talk)

    def answered(talk: Annotated[_Talk, Resolve(before)], outcome: Annotated[object, Resolve(question)]) -> _Talk:
        if not isinstance(outcome, CreateMessageResult):
            return talk
        return replace(talk, answers=(*talk.answers, _answer(outcome)))

    return answered


def _begin(open_workspace: Callable[[], Workspace], request: tuple[str, str, str], ctx: Context) -> _Talk:
    params = ctx.session.client_params
    by = f"{clean_by(params.client_info.name if params else '')}'s model"
    if not _can_lend(ctx):
        return _Talk(by, None, _NO_MODEL)
    try:
        return _Talk(by, begin_lent_mail(open_workspace(), request, by))
    except FollowupError as error:
        return _Talk(by, None, f"{error.sentence} {error.fix}".strip())


def _can_lend(ctx: Context) -> bool:
    declared = ctx.client_capabilities
    if declared is None or declared.sampling is None:
        return False
    return (ctx.protocol_version or "") >= _SAMPLING_BY_RETRY or ctx.session.can_send_request


def _next_question(talk: _Talk) -> Sample | None:
    """Return the next question; None where none follows, whatever the reason: the tool says it at the end."""
    try:
        turn = go_on(talk.conversation, talk.answers) if talk.conversation else None
    except FollowupError:
        return None
    return _as_sample(turn) if isinstance(turn, Question) else None


def _propose(open_workspace: Callable[[], Workspace], talk: _Talk) -> str:
    """Return what came of a conversation, as the client reads it. Raises ``ToolError`` with what stands in the way."""
    if talk.conversation is None:
        raise ToolError(talk.why_not)
    try:
        end = go_on(talk.conversation, talk.answers)
        assert isinstance(end, Remembered)
        mail, doubt = as_proposal(talk.conversation, end)
        return _say(propose_mail(open_workspace(), mail, talk.by, doubt), doubt)
    except FollowupError as error:
        raise ToolError(f"{error.sentence} {error.fix}".strip()) from None


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


def _say(done: MailProposed, doubt: str) -> str:
    draft = done.prepared.written.draft
    head = (
        f"Proposal {done.proposal.number} waits for a person, who accepts it or declines it: "
        f"{done.prepared.written.step.kind.traits.in_sentence} to {draft.to.name}. Nothing is queued."
    )
    found = "\n".join(map(say_finding, done.prepared.findings))
    return "\n\n".join(filter(None, (head, f"Subject: {draft.subject}\n\n{draft.text.strip()}", doubt, found)))
