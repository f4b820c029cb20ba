"""What can be chosen in a form: the methods and the accounts that can be used."""

from __future__ import annotations

from followup_mail.services.usable_methods import find_methods
from followup_mail.settings.named_accounts import MAIN
from followup_mail.workspace import Workspace


def method_names(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Return name and title of each method."""
    usable, _ = find_methods(workspace)
    return tuple((method.name, method.title) for method in usable)


def account_names(workspace: Workspace) -> tuple[str, ...]:
    """Return the accounts, the main one first; nothing where there is only that one."""
    named = tuple((workspace.base or workspace).named_accounts.usable)
    return (MAIN, *named) if named else ()
