"""The writing model reads a transcript: what leaves the machine, what is waited for, the notes with their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from followup_mail.cli.terminal import screen
from followup_mail.errors import RefusedError, SettingsError
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.services.proposals.transcript_notes import NotesProposed, Transcript
    from followup_mail.writing_model.endpoint import Endpoint


def propose_from_transcript(workspace: Workspace, slug: str, *, is_alone: bool) -> None:
    """Have notes made of the transcript that is kept, and show the proposal that they wait in.

    ``is_alone`` tells whether no other option was given. Raises ``RefusedError`` where one was, no model is set or
    nobody agrees; ``NotFoundError`` where nothing is kept; ``WritingModelError`` where the model is away.
    """
    from followup_mail.services.proposals.transcript_notes import open_transcript, propose_notes
    from followup_mail.services.typed.kept_text import read_kept
    from followup_mail.services.writing.model_privacy import may_tell_transcript

    if not is_alone:
        raise RefusedError("--transcript reads all of it, and goes with no other option.", fix="Leave those out.")
    endpoint = workspace.writing_model
    if endpoint is None:
        fix = (
            "`followup-mail ask` shows the sentences that fit, without one. docs/writing-model.md says how to set one."
        )
        raise RefusedError("--transcript is for a writing model, and none is set.", fix=fix)
    transcript = open_transcript(workspace, slug)
    if not may_tell_transcript(workspace, endpoint, read_kept(workspace, transcript.application.slug), _agree):
        fix = f"followup-mail ask {slug} shows the sentences that fit, and nothing leaves."
        raise RefusedError("The writing model was not asked, since nobody has agreed to what would leave.", fix=fix)
    done = propose_notes(workspace, transcript, _asking(workspace, endpoint, transcript), endpoint.model)
    _show(workspace, transcript, done)


def _agree(endpoint: Endpoint) -> bool:
    from followup_mail.writing_model.endpoint import say_what_leaves_of_transcript

    screen.note(say_what_leaves_of_transcript(endpoint))
    if endpoint.is_here and not endpoint.is_passed_on:
        return True
    where = "there" if endpoint.is_passed_on else f"to {endpoint.host}"
    return screen.is_interactive() and screen.confirm(f"May this transcript go {where}?")


def _asking(workspace: Workspace, endpoint: Endpoint, transcript: Transcript) -> Any:
    """Return what asks the model about a piece, and says so."""
    from followup_mail.drafts.template_folders import TRANSCRIPT
    from followup_mail.services.writing.wordings import read_guide
    from followup_mail.writing_model.answer_form import NOTES
    from followup_mail.writing_model.json_answer import ask_for_object

    found = workspace.template_folders.guide(TRANSCRIPT)
    if found is None:
        raise SettingsError("There is no guide for notes from a transcript.", fix="Install followup-mail again.")
    guide, whole = read_guide(found), len(transcript.lines)

    def ask(given: dict[str, Any]) -> dict[str, object]:
        first, last = given["sentences"][0]["number"], given["sentences"][-1]["number"]
        screen.note(screen.dim(f"{endpoint.model} is reading sentences {first} to {last} of {whole} …"))
        return ask_for_object(endpoint, guide, NOTES, given)

    return ask


def _show(workspace: Workspace, transcript: Transcript, done: NotesProposed) -> None:
    from followup_mail.cli.views.show_proposals import show_one

    if done.proposed:
        show_one(workspace, done.proposed.proposal.number, json=False)
    else:
        screen.out("It found nothing to note that your facts do not say already.")
    _say(transcript.kept_back, "sentence was", "sentences were", "not shown to it: private, or an order to a machine.")
    _say(transcript.unread, "sentence was", "sentences were", "left unread: the transcript is too long.")
    _say(done.dropped, "note was", "notes were", "left out: not what the sentence says, or from nobody who was met.")


def _say(count: int, one: str, several: str, what: str) -> None:
    if count:
        screen.note(f"{count} {one if count == 1 else several} {what}")
