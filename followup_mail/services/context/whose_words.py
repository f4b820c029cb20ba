"""Whose words a waiting mail is in: what is ours alone may be written again without asking."""

from __future__ import annotations

from followup_mail.outbox.entry import BY_USER, WAITS, WORDED_BY, Entry
from followup_mail.outbox.transitions import Cause
from followup_mail.services.context.mail_accounts import of_entry
from followup_mail.workspace import Workspace


def is_ours_alone(workspace: Workspace, entry: Entry) -> bool:
    """Return whether a mail is in our words, so that it can be written again without asking."""
    if say_whose_words(workspace, entry):
        return False
    return of_entry(workspace, entry).sender.mailbox.email.lower() == entry.message.mail_from.lower()


def is_worded_by_others(entry: Entry) -> bool:
    """Return whether a mail was queued in no wording of ours: the user, a writing model or an assistant wrote it."""
    return entry.message.wording.startswith(WORDED_BY)


def say_whose_words(workspace: Workspace, entry: Entry) -> str:
    """Return who worded a mail, in a sentence, if that is not this program."""
    moves = workspace.store.transitions(entry.id)
    if entry.message.wording == BY_USER or any(move.cause is Cause.EDITED for move in moves):
        return "you changed its words by hand"
    return "a writing model or an assistant wrote it" if is_worded_by_others(entry) else ""


def find_kept_words(workspace: Workspace, slug: str) -> tuple[tuple[Entry, str], ...]:
    """Return the mails that wait in words which are not ours, with whose they are: they are never written again.

    Only right after a change of facts can they be compared with these.
    """
    entries = sorted(workspace.store.entries(application=slug, states=WAITS), key=lambda entry: entry.id)
    whose = ((entry, say_whose_words(workspace, entry)) for entry in entries)
    return tuple((entry, why) for entry, why in whose if why)
