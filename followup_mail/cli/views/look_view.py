"""Look into the mailbox now, and print what came."""

from __future__ import annotations

import typer

from followup_mail.cadence.wording import say_list
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_inbox import show_seen
from followup_mail.errors import ExitCode, RefusedError
from followup_mail.nested_dict import nested_dict
from followup_mail.services.as_json.inbox_json import seen_json
from followup_mail.services.context.mail_accounts import every_account
from followup_mail.services.mailbox.inbox_list import read_inbox
from followup_mail.services.mailbox.look_in_mailbox import AccountLook, look_everywhere
from followup_mail.services.mailbox.try_looking import try_looking
from followup_mail.settings.table import variable
from followup_mail.workspace import Workspace


def look_and_show(workspace: Workspace, json: bool) -> None:
    """Look into every mailbox, and print what came; ends with an exit code of its own when one could not be read."""
    _begin(workspace)
    looks = look_everywhere(workspace)
    if json:
        screen.emit_json([_json(look) for look in looks])
    else:
        for look in looks:
            _show(workspace, look)
    if any(look.error for look in looks):
        raise typer.Exit(ExitCode.MAILBOX)


def try_and_show(workspace: Workspace, json: bool) -> None:
    """Print which mails would be read, and why. Nothing is kept, and no folder is marked as looked through."""
    _begin(workspace)
    trial = try_looking(workspace)
    if json:
        screen.emit_json(nested_dict(trial))
        return
    for one in trial.would_read:
        screen.out(f"{one.sender}: {one.subject}", hang="    ")
        screen.out(f"    in '{one.folder}', because {one.why}", hang="    ")
    for sentence in trial.left_out:
        screen.note(screen.doubtful(sentence))
    count, all_ = len(trial.would_read), trial.headers_read
    folders = say_list([f"'{one}'" for one in trial.folders])
    where = f" in {folders}" if folders else ""
    screen.note(f"The text of {count} of {all_} mails{where} would be read. Nothing was kept.")


def _begin(workspace: Workspace) -> None:
    """Say what takes a moment. Raises ``RefusedError`` where no mailbox is read."""
    ways = every_account(workspace)
    addresses = [way.settings.email for way in ways if way.reads_mailbox]
    if not addresses and any(way.has_mailbox for way in ways):
        name = variable("read_mailbox")
        raise RefusedError(f"{name} is no, so the mailbox is not read.", fix=f"Set {name}=yes.")
    if not addresses:
        raise RefusedError("No mailbox is set.", fix="To set one: followup-mail setup --imap")
    if screen.is_interactive():
        screen.note(f"Looking into the mailbox of {', '.join(addresses)} ...")


def _show(workspace: Workspace, look: AccountLook) -> None:
    for sentence in look.left_out:
        screen.note(screen.doubtful(sentence))
    if look.new:
        known = read_inbox(workspace).seen
        new = {seen.id for seen in look.new}
        for seen in reversed([one for one in known if one.id in new]):
            show_seen(workspace, seen, known)
    if look.error:
        if look.error.sentence not in look.left_out:
            screen.note(screen.bad(look.error.sentence))
        screen.advise(look.error.fix)
    elif not look.new:
        screen.out(f"Nothing new for your applications in the mailbox of {look.account}.")


def _json(look: AccountLook) -> dict[str, object]:
    return {
        "account": look.account,
        "new": [seen_json(seen) for seen in look.new],
        "left_out": list(look.left_out),
        "error": look.error.sentence if look.error else None,
    }
