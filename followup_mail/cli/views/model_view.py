"""The writing model on the terminal: what leaves the machine, what is waited for, whose words are whose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from followup_mail.cadence.kinds import Kind
from followup_mail.cli.terminal import screen
from followup_mail.errors import RefusedError
from followup_mail.services.context.request import Request
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.who_writes import Asking, Author, find_model
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.cli.views.model_debrief import ModelDebrief
    from followup_mail.writing_model.endpoint import Endpoint


def ask_model(workspace: Workspace, *, ours: bool = False, again: bool = False) -> Asking:
    """Return how a writing model is asked here. ``ours`` leaves it out, ``again`` asks for a new mail.

    Raises ``RefusedError`` for ``again`` where no writing model is to be asked.
    """
    if again and (ours or workspace.writing_model is None):
        why = (
            "--again and --ours contradict each other." if ours else "--again is for a writing model, and none is set."
        )
        raise RefusedError(why, fix="`followup-mail settings` says what is set.")
    author = Author.OURS if ours else Author.MODEL_AGAIN if again else Author.MODEL

    def approve(unread: Sequence[Prepared]) -> bool:
        from followup_mail.cli.views.show_mail import show_all

        if not screen.is_interactive():
            return False
        show_all(unread, workspace.own_zone)
        return screen.confirm(f"Queue {'this mail' if len(unread) == 1 else f'these {len(unread)} mails'}?")

    answers: dict[str, bool] = {}

    def agree(endpoint: Endpoint) -> bool:
        # Whoever said no is not asked again by the next mail of the same command.
        if endpoint.full_name not in answers:
            answers[endpoint.full_name] = _agree(endpoint)
        return answers[endpoint.full_name]

    return Asking(author, agree, lambda said: screen.note(screen.dim(said)), approve=approve)


def find_debrief(
    workspace: Workspace, slug: str, asking: Asking, kind: Kind | None = None, to: tuple[str, ...] = ()
) -> ModelDebrief | None:
    """Return the writing model for a debrief; None where none may be asked, or where nobody is there to answer."""
    endpoint = find_model(workspace, asking) if screen.is_interactive() else None
    if endpoint is None:
        return None
    from followup_mail.cli.views.model_debrief import ModelDebrief
    from followup_mail.services.asking.model_aside import Aside

    return ModelDebrief(Aside(workspace, slug, endpoint, asking), kind, to)


def say_author(prepared: Prepared) -> Iterator[tuple[str, str]]:
    """Yield the rows that say who wrote a mail, and why not the writing model."""
    written = prepared.written
    if written.draft.model:
        yield "Wording", f"{written.draft.wording}; greeting and signature are ours"
        return
    yield "Wording", written.draft.wording
    if written.model_use:
        yield "Model", f"not used. {written.model_use.why_not}"


def show_prompt(workspace: Workspace, request: Request, json: bool) -> None:
    """Show the prompt of each mail of a request: word for word what would leave."""
    from followup_mail.services.writing.prepare import prepare
    from followup_mail.writing_model.prompt import Messages

    prompts: dict[str, Messages] = {}
    prepare(workspace, request, asking=Asking(Author.NOBODY, show_prompt=prompts.__setitem__))
    if not prompts:
        raise RefusedError(
            "No writing model would be asked for that.", fix="`followup-mail settings` says whether one is set."
        )
    if json:
        screen.emit_json(prompts)
        return
    for to, messages in prompts.items():
        screen.note(screen.strong(f"For the mail to {to}:"))
        for message in messages:
            screen.note(screen.dim(f"\n{message['role']}:"))
            screen.out_whole(message["content"])


def _agree(endpoint: Endpoint) -> bool:
    from followup_mail.writing_model.endpoint import say_what_leaves

    screen.note(say_what_leaves(endpoint))
    if endpoint.is_here and not endpoint.is_passed_on:
        return True
    where = "there" if endpoint.is_passed_on else f"to {endpoint.host}"
    return screen.is_interactive() and screen.confirm(f"May this go {where}? (Asked once.)")
