"""The accounts of a home: which one an application's mails are written from, and which one an entry leaves by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from followup_mail.errors import FactsError, NotFoundError, SettingsError
from followup_mail.message.message import Message
from followup_mail.outbox.entry import Entry
from followup_mail.settings.named_accounts import MAIN
from followup_mail.settings.table import variable
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.facts.application import Application


def choose_account(workspace: Workspace, name: str) -> Workspace:
    """Return the workspace of an account by name. Raises ``NotFoundError``, and ``SettingsError`` for a broken one."""
    if name == workspace.account_name:
        return workspace
    main = workspace.base or workspace
    if name == MAIN:
        return main
    if name in main.named_accounts.broken:
        raise main.named_accounts.broken[name]
    if name not in main.named_accounts.usable:
        there = ", ".join((MAIN, *main.named_accounts.usable))
        raise NotFoundError(f"There is no account '{name}'.", fix=f"There are: {there}.")
    if name not in main.ways:
        loaded = main.named_accounts.usable[name]
        main.ways[name] = type(main)(loaded, main.clock, main.command, account_name=name, base=main)
    return main.ways[name]


def account_names(workspace: Workspace) -> tuple[str, ...]:
    """Return the accounts to choose from, the main one first; nothing where there is only that one."""
    named = tuple((workspace.base or workspace).named_accounts.usable)
    return (MAIN, *named) if named else ()


def choose_default(workspace: Workspace) -> Workspace:
    """Return the workspace of the account that the settings choose.

    Raises ``SettingsError``, after the place where it was chosen.
    """
    main = workspace.base or workspace
    try:
        return choose_account(main, main.settings.account or MAIN)
    except NotFoundError as error:
        place = main.loaded.places.get("account", "default")
        raise SettingsError(f"{place}: {variable('account')}: {error.sentence}", fix=error.fix) from None


def of_application(workspace: Workspace, application: Application) -> Workspace:
    """Return the workspace of the account that an application's mails are written from.

    Raises ``FactsError`` for a name that no account has, and ``SettingsError`` for an account that is not fit for use.
    """
    if not application.account:
        return choose_default(workspace)
    try:
        return choose_account(workspace, application.account)
    except NotFoundError as error:
        path = workspace.facts.path(application.slug)
        raise FactsError(f"{path}: account: {error.sentence}", fix=error.fix) from None


def every_account(workspace: Workspace) -> tuple[Workspace, ...]:
    """Return the workspaces of all accounts that can be read; the main one first."""
    main = workspace.base or workspace
    return (main, *(choose_account(main, name) for name in main.named_accounts.usable))


def find_by_address(workspace: Workspace, address: str) -> Workspace | None:
    """Return the workspace of the account with an address; None where no account has it."""
    wanted = address.casefold()
    return next((one for one in every_account(workspace) if one.settings.email.casefold() == wanted), None)


def find_mailbox(workspace: Workspace, address: str) -> Workspace | None:
    """Return the workspace of the account with an address whose mailbox can be read; None where there is none."""
    found = find_by_address(workspace, address)
    return found if found and found.has_mailbox else None


def of_message(workspace: Workspace, message: Message) -> Workspace:
    """Return the workspace of the account that a mail was written from; the given one where none is set any more."""
    return find_by_address(workspace, message.mail_from) or workspace


def of_entry(workspace: Workspace, entry: Entry) -> Workspace:
    """Return the workspace of the account that an entry was written from; the given one where none is set any more."""
    return of_message(workspace, entry.message)


def sending_accounts(workspace: Workspace) -> frozenset[str]:
    """Return the accounts by which entries leave, as entries name them.

    The folder is one of them only where mails are written to it: while the default account has no server.
    """
    return frozenset(way.sending_account for way in _ways_out(workspace))


class WaysOut(Struct, frozen=True):
    """The accounts that a run delivers for, and why it does not for others."""

    ready: tuple[Workspace, ...]
    errors: tuple[SettingsError, ...] = ()


def find_ways_out(workspace: Workspace) -> WaysOut:
    """Return them, each with its way out made: one that is not fit for use does not stop the others.

    Raises ``SettingsError`` when there is only one account and it is not fit for use.
    """
    ready: list[Workspace] = []
    errors = list((workspace.base or workspace).named_accounts.broken.values())
    ways = tuple(_ways_out(workspace))
    for way in ways:
        try:
            _ = way.sending_account, way.transport
            ready.append(way)
        except SettingsError as error:
            if len(ways) == 1 and not errors:
                raise
            errors.append(error)
    return WaysOut(tuple(ready), tuple(errors))


def explain_unfit(workspace: Workspace) -> SettingsError | None:
    """Return one error for all accounts by which nothing can be sent as they are set; None when there are none."""
    errors = find_ways_out(workspace).errors
    if not errors:
        return None
    fixes = dict.fromkeys(error.fix for error in errors if error.fix)
    said = "\n".join(error.sentence for error in errors)
    return SettingsError(f"{said}\nNothing was sent by that account.", fix="\n".join(fixes))


def _ways_out(workspace: Workspace) -> Iterator[Workspace]:
    ways = every_account(workspace)
    leaving = tuple(way for way in ways if way.leaves_machine)
    main = ways[0]
    is_folder = not main.leaves_machine and main.settings.account in {"", MAIN}
    yield from (main, *leaving) if is_folder else leaving
