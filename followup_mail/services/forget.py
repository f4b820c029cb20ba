"""Delete everything about an application: the queue first, so that nothing leaves any more, then copies, then facts."""

from __future__ import annotations

import os

from followup_mail.background.logfile import forget_word
from followup_mail.delivery.maildir import forget_messages
from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import State
from followup_mail.services.asked_before import forget_offers
from followup_mail.services.calendars import forget_calendar
from followup_mail.services.deliver import find_abandoned
from followup_mail.services.kept_text import forget_text
from followup_mail.services.preview_page import forget_page
from followup_mail.workspace import Workspace
from followup_mail.writing_model.remembered import WrittenMails


def forget_application(workspace: Workspace, slug: str) -> tuple[str, ...]:
    """Delete it. Returns what was done, in sentences. Raises ``RefusedError`` while one of its mails is being sent."""
    has_facts = _has_facts(workspace, slug) or not is_only_in_outbox(workspace, slug)
    done = []
    find_abandoned(workspace)
    if workspace.has_store:
        entries = workspace.store.entries(application=slug)
        if any(entry.state is State.SENDING for entry in entries):
            raise RefusedError(f"A mail for {slug} is being sent at this moment.", fix="Try again in a minute.")
        copies = forget_messages(workspace.home / "delivered", [entry.message.message_id for entry in entries])
        gone = workspace.store.forget(slug)
        done.append(
            f"Deleted {_count(gone, 'entry', 'entries')} with all history, and "
            f"{_count(copies, 'copy', 'copies')} in the folder."
        )
    if has_facts:
        workspace.facts.remove(slug)
    forget_calendar(workspace, slug)
    forget_page(workspace, slug)
    forget_offers(workspace, slug)
    forget_text(workspace, slug)
    WrittenMails(workspace.home, slug).forget()
    forget_word(workspace.log_folder, slug)
    facts = f"Deleted the facts of {slug}." if has_facts else f"The facts of {slug} were gone already."
    return (*done, f"{facts} What was sent stays in the recipients' mailboxes.")


def find_forgettable(workspace: Workspace, application: str) -> str:
    """Return the short name of an application that can be forgotten. Raises ``NotFoundError`` when there is none."""
    slug = workspace.facts.path(application).stem
    if not is_only_in_outbox(workspace, slug):
        workspace.facts.text(slug)
    return slug


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def is_only_in_outbox(workspace: Workspace, slug: str) -> bool:
    """Tell whether the facts file is gone, removed by hand or renamed, and the outbox still holds its mails."""
    return not _has_facts(workspace, slug) and slug in workspace.store.applications()


def _has_facts(workspace: Workspace, slug: str) -> bool:
    return os.path.lexists(workspace.facts.path(slug))
