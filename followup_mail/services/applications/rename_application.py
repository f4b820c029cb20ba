"""Another short name for an application: everything that goes by the old one goes by the new one.

The facts are there under both names until the outbox has followed, so that nothing is ever without them. What was sent
keeps its Message-ID and its history; whatever was done is done under the new name too.
"""

from __future__ import annotations

from followup_mail.background.logfile import replace_word
from followup_mail.errors import FollowupError, RefusedError
from followup_mail.outbox.moving import Moving
from followup_mail.proposals.kept import KeptProposals
from followup_mail.services.asking.asked_before import move_offers
from followup_mail.services.overview.calendars import rename_in_calendar
from followup_mail.services.queueing.abandoned import free_abandoned_if_possible
from followup_mail.services.typed.kept_text import move_text
from followup_mail.services.writing.preview_page import forget_page
from followup_mail.workspace import Workspace
from followup_mail.writing_model.remembered import WrittenMails


def rename_application(workspace: Workspace, slug: str, new: str) -> tuple[str, ...]:
    """Rename it. Returns what was done, in sentences.

    Raises ``RefusedError`` while one of its mails is being sent, or when the new name is taken; ``FactsError`` when it
    cannot be a name.
    """
    text = workspace.facts.text(slug)
    if new == slug:
        raise RefusedError(f"The short name is {slug} already.")
    is_begun = _is_begun(workspace, slug, new, text)
    if not is_begun and (new in workspace.store.applications() or workspace.store.touches(new)):
        raise RefusedError(
            f"The outbox has mails of an application {new}.", fix=f"Choose another name, or: followup-mail forget {new}"
        )
    free_abandoned_if_possible(workspace)
    path = workspace.facts.path(new) if is_begun else workspace.facts.create(new, text)
    try:
        move_entries(workspace, Moving(new, (slug,)))
    except FollowupError:
        workspace.facts.remove(new)
        raise
    workspace.facts.remove(slug)
    move_traces(workspace, slug, new, Moving(new, (slug,)))
    drafts = [entry.label for entry in workspace.store.in_drafts() if entry.step.application == new]
    there = (f"In your Drafts folder nothing changes: {', '.join(drafts)}.",) if drafts else ()
    return (f"{slug} is {new} now, with its mails and its history.", f"Its facts are in {path}.", *there)


def _is_begun(workspace: Workspace, slug: str, new: str, text: str) -> bool:
    """Return whether an earlier rename broke off: the same facts under both names, and mails under one of them only."""
    if new not in workspace.facts.slugs() or workspace.facts.text(new) != text:
        return False
    return not {slug, new} <= set(workspace.store.applications())


def move_entries(workspace: Workspace, moving: Moving) -> tuple[str, ...]:
    """Let everything in the outbox follow, in one transaction. Returns the labels of what was cancelled."""
    if not workspace.has_store:
        return ()
    return tuple(entry.label for entry in workspace.store.move(moving, workspace.now()))


def move_traces(workspace: Workspace, slug: str, new: str, moving: Moving) -> None:
    """Let what is remembered beside facts and outbox follow: calendars, a transcript, mails of a model, the log.

    Proposals follow too; a proposed mail belongs to the step that ``moving`` makes of its own.
    """
    rename_in_calendar(workspace, slug, new)
    forget_page(workspace, slug)  # it is written again by the next preview
    move_offers(workspace, slug, new)
    move_text(workspace, slug, new)
    WrittenMails(workspace.home, slug).move(new)
    KeptProposals(workspace.home, workspace.journal.note_file).move(slug, new, moving.step)
    replace_word(workspace.log_folder, slug, new)
