"""Delete everything about an application: the queue first, so that nothing leaves any more, then copies, then facts.

Where the user's steps are on record, all of it is put aside for a day first, whence ``undo`` brings it back. No other
command reads it there, and nothing of it can leave.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from msgspec import Struct

from followup_mail.background.logfile import forget_word
from followup_mail.cadence.step import Touch
from followup_mail.delivery.maildir import find_messages, forget_messages
from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import Entry, State
from followup_mail.proposals.kept import KeptProposals
from followup_mail.services.asking.asked_before import asked_file, forget_offers
from followup_mail.services.overview.calendars import forget_calendar
from followup_mail.services.overview.kept_outlines import forget_outlines
from followup_mail.services.queueing.abandoned import free_abandoned_if_possible
from followup_mail.services.typed.kept_text import forget_text, kept_path
from followup_mail.services.writing.preview_page import forget_page, page_file
from followup_mail.undo.journal import FORGOTTEN_KEPT_FOR
from followup_mail.workspace import Workspace
from followup_mail.writing_model.remembered import WrittenMails


class Kept(Struct, frozen=True):
    """What is kept of an application."""

    text: str
    """Of its facts file; empty where that is gone."""
    entries: tuple[Entry, ...]
    touches: tuple[Touch, ...]


def find_kept(workspace: Workspace, slug: str) -> Kept:
    """Return all that forgetting would delete, or a merge would move."""
    text = workspace.facts.text(slug) if _has_facts(workspace, slug) else ""
    return Kept(text, tuple(workspace.store.entries(application=slug)), tuple(workspace.store.touches(slug)))


def forget_application(workspace: Workspace, slug: str) -> tuple[str, ...]:
    """Delete it. Returns what was done, in sentences. Raises ``RefusedError`` while one of its mails is being sent."""
    has_facts = _has_facts(workspace, slug) or not is_only_in_outbox(workspace, slug)
    done = []
    free_abandoned_if_possible(workspace)
    workspace.journal.begin_forgetting(slug)
    if workspace.has_store:
        entries = workspace.store.entries(application=slug)
        if any(entry.state is State.SENDING for entry in entries):
            raise RefusedError(f"A mail for {slug} is being sent at this moment.", fix="Try again in a minute.")
        folder, ids = workspace.home / "delivered", [entry.message.message_id for entry in entries]
        _put_aside(workspace, slug, find_messages(folder, ids))
        copies = forget_messages(folder, ids)
        gone = workspace.store.forget(slug)
        done.append(
            f"Deleted {_count(gone, 'entry', 'entries')} with all history, and "
            f"{_count(copies, 'copy', 'copies')} in the folder."
        )
        drafts = ", ".join(entry.label for entry in entries if entry.in_drafts)
        if drafts:
            done.append(f"Drafts stay in your mailbox ({drafts}): delete them there.")
    if has_facts:
        workspace.facts.remove(slug)
    _forget_traces(workspace, slug)
    facts = f"Deleted the facts of {slug}." if has_facts else f"The facts of {slug} were gone already."
    return (*done, f"{facts} What was sent stays in the recipients' mailboxes.", *_say_way_back(workspace, slug))


def _forget_traces(workspace: Workspace, slug: str) -> None:
    """Delete what is remembered beside facts and outbox."""
    forget_calendar(workspace, slug)
    written, proposals = WrittenMails(workspace.home, slug), KeptProposals(workspace.home)
    _put_aside(
        workspace,
        slug,
        (
            *(page_file(workspace, slug), asked_file(workspace, slug), written.path, kept_path(workspace, slug)),
            *proposals.files_of(slug),
        ),
    )
    forget_page(workspace, slug)
    forget_offers(workspace, slug)
    forget_text(workspace, slug)
    written.forget()
    proposals.forget(slug)
    forget_outlines(workspace)
    forget_word(workspace.log_folder, slug)


def forget_at_once(workspace: Workspace, application: str) -> tuple[str, ...]:
    """Delete it for good, with whatever was put aside. Returns what was done, in sentences.

    Raises ``NotFoundError`` when there is nothing, neither here nor put aside.
    """
    slug = workspace.facts.path(application).stem
    journal = workspace.journal
    is_aside = any(slug in operation.applications for operation in journal.operations())
    done: tuple[str, ...] = ()
    if not is_aside or _has_facts(workspace, slug) or is_only_in_outbox(workspace, slug):
        done = forget_application(replace(workspace, command=""), find_forgettable(workspace, application))
    else:
        _forget_traces(replace(workspace, command=""), slug)  # a program that died while forgetting may have left some
    journal.erase(slug)
    return (*done, f"Nothing of {slug} is kept any more; this cannot be taken back.")


def _put_aside(workspace: Workspace, slug: str, files: Iterable[Path]) -> None:
    for path in files:
        if path.is_file():
            workspace.journal.note_file(path, path.read_bytes(), None, slug)


def _say_way_back(workspace: Workspace, slug: str) -> tuple[str, ...]:
    if not workspace.command:
        return ()
    until = workspace.now() + FORGOTTEN_KEPT_FOR
    return (
        f"All of it is put aside until {until:%a %d %b %H:%M}: `followup-mail undo` brings it back.",
        f"`followup-mail forget {slug} --now` erases it at once.",
    )


def find_forgettable(workspace: Workspace, application: str) -> str:
    """Return the short name of an application that can be forgotten. Raises ``NotFoundError`` when there is none."""
    slug = workspace.facts.path(application).stem
    if not is_only_in_outbox(workspace, slug):
        workspace.facts.text(slug)
    return slug


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def is_only_in_outbox(workspace: Workspace, slug: str) -> bool:
    """Return whether the facts file is gone, removed by hand or renamed, and the outbox still holds its mails."""
    return not _has_facts(workspace, slug) and slug in workspace.store.applications()


def _has_facts(workspace: Workspace, slug: str) -> bool:
    return os.path.lexists(workspace.facts.path(slug))
