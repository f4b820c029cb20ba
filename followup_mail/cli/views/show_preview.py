"""The mails of a request as they would leave: on the screen, as text, as files, as a page, or the prompt for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from followup_mail.cli.terminal import screen
from followup_mail.cli.views import show_mail
from followup_mail.cli.views.allowed_files_view import ask_to_attach
from followup_mail.cli.views.model_view import ask_model, show_prompt
from followup_mail.services.as_json.json_views import prepared_json
from followup_mail.services.context.request import Request
from followup_mail.services.queueing.as_queued import take_queued
from followup_mail.services.writing.prepare import prepare
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.preview_page import save_messages
from followup_mail.services.writing.who_writes import note_shown
from followup_mail.workspace import Workspace


class Shown(Struct, frozen=True):
    """What of the mails is wanted, and where."""

    text: bool
    eml: Path | None
    html: Path | None
    prompt: bool
    in_browser: bool
    json: bool

    @property
    def is_whole(self) -> bool:
        """Whether the mails are shown on the screen, with their envelope and what the checks found."""
        return not (self.json or self.text or self.eml or self.html)


def preview_and_show(workspace: Workspace, request: Request, shown: Shown, ours: bool, again: bool) -> None:
    """Write the mails of a request and show them; ``ours`` leaves the writing model out, ``again`` asks it anew."""
    if shown.prompt:
        show_prompt(workspace, request, shown.json)
        return
    asking = ask_model(workspace, ours=ours, again=again)
    if screen.is_interactive() and shown.is_whole:
        from followup_mail.cli.views.ask_form import offer_to_ask

        assert request.kind is not None
        offer_to_ask(workspace, request.application, request.kind, request.to, asking)
    batch = prepare(workspace, request, ask_to_attach, asking)
    for sentence in (*(f"Left out: {left}" for left in batch.left), *batch.missing):
        screen.note(screen.doubtful(sentence))
    prepared, queued = take_queued(workspace, batch.prepared)
    if request.wording or request.at or again:
        prepared, queued = batch.prepared, ()
    for path in save_messages(prepared, shown.eml, shown.html):
        screen.note(f"Wrote {path}")
    for entry in queued:
        screen.note(
            f"To {entry.message.to.name}: {entry.label} in the outbox ({entry.state}), shown as it waits there."
        )
    _show(workspace, prepared, shown)
    if shown.in_browser:
        from followup_mail.cli.views.preview_browser import open_in_browser

        open_in_browser(workspace, workspace.facts.path(request.application).stem, prepared)
    note_shown(workspace, prepared)


def _show(workspace: Workspace, prepared: Sequence[Prepared], shown: Shown) -> None:
    if shown.json:
        screen.emit_json([prepared_json(mail) for mail in prepared])
    elif shown.text:
        screen.out_whole("\n----\n\n".join(mail.written.draft.text for mail in prepared).rstrip("\n"))
    elif shown.is_whole:
        show_mail.show_all(prepared, workspace.own_zone)
