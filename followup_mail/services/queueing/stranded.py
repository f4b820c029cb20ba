"""Mails that wait for an account that is not set: an entry leaves by the account it was written for, and no other."""

from __future__ import annotations

from msgspec import Struct

from followup_mail.errors import RefusedError, SettingsError
from followup_mail.outbox.entry import FOLDER, TO_DRAFTS, WAITS, Entry, State
from followup_mail.services.context.mail_accounts import of_entry, sending_accounts
from followup_mail.services.queueing.grace import GRACE
from followup_mail.settings.table import variable
from followup_mail.workspace import Workspace


class Stranded(Struct, frozen=True):
    """An entry that no run here delivers."""

    entry: Entry
    why: str
    """A part of a sentence, after the entry's name."""
    fix: str


def find_stranded(workspace: Workspace) -> tuple[Stranded, ...]:
    """Return the entries that wait to be sent by another account than the one that is set."""
    waiting = workspace.store.entries(states=WAITS)
    return tuple(found for entry in waiting if (found := judge_account(workspace, entry)))


def judge_account(workspace: Workspace, entry: Entry) -> Stranded | None:
    """Return why an entry does not leave by the account that is set; None when it does."""
    ours = sending_accounts(workspace)
    if entry.account in ours or entry.held == TO_DRAFTS:
        return None
    account = of_entry(workspace, entry).sending_account
    again = f"`followup-mail outbox cancel {entry.id}` and write it again"
    if entry.account == FOLDER:
        why = "was written while no mail server was set, so it does not leave by itself"
        same = entry.message.mail_from.lower() == account
        fix = f"`followup-mail outbox retry {entry.id}` sends it from {account}." if same else f"Say {again}."
        return Stranded(entry, why, fix)
    if ours <= {FOLDER}:
        why = f"leaves from {entry.account}, and no mail server is set here"
        keys = f"{variable('smtp_host')} and the rest of the account"
        return Stranded(entry, why, f"Set {keys} in {workspace.home / '.env'}; until then it waits.")
    others = sorted(ours - {FOLDER})
    is_or_are = "account that is set here is" if len(others) == 1 else "accounts that are set here are"
    why = f"leaves from {entry.account}, and the {is_or_are} {', '.join(others)}"
    return Stranded(entry, why, f"Set the account of {entry.account} again, or {again}; until then it waits.")


def find_overdue(workspace: Workspace) -> tuple[Stranded, ...]:
    """Return those of them that are due and would leave, were their account set."""
    now = workspace.now()
    return tuple(
        one
        for one in find_stranded(workspace)
        if one.entry.state is State.QUEUED and not one.entry.held and one.entry.ready_at <= now
    )


def explain_stranded(workspace: Workspace) -> SettingsError | None:
    """Return the error for mails that are due and that no run here sends; None when there are none."""
    due = find_overdue(workspace)
    if not due:
        return None
    first, more = due[0], len(due) - 1
    others = f" The same holds for {', '.join(one.entry.label for one in due[1:])}." if more else ""
    return SettingsError(f"Not sent, though it is due: {first.entry.label} {first.why}.{others}", fix=first.fix)


def retry_entry(workspace: Workspace, entry_id: int) -> Entry:
    """Put an entry back into the queue, by the account that is set where it had none.

    Raises ``RefusedError``, for one that only waits for its own account with what that takes.
    """
    entry = workspace.store.get(entry_id)
    stranded = judge_account(workspace, entry) if entry.state in WAITS else None
    if stranded and entry.account != FOLDER:
        raise RefusedError(f"{entry.label} {stranded.why}.", fix=stranded.fix)
    return workspace.store.retry(entry_id, workspace.now(), of_entry(workspace, entry).sending_account, GRACE)


def find_filed(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the entries that lie in the folder of this machine, and arrived nowhere."""
    return tuple(entry for entry in workspace.store.entries(states={State.IN_FOLDER}) if not entry.in_drafts)
