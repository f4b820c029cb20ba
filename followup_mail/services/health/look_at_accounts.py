"""Looks of ``doctor`` at the accounts beside the one that new mails leave by."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from followup_mail.services.accounts.setup_look import Examined, Look, SetupCheck
from followup_mail.services.context.mail_accounts import every_account
from followup_mail.services.health.look_at_server import look_at_login
from followup_mail.workspace import Workspace


def look_at_others(examined: Examined) -> tuple[Look, ...]:
    """Return a look at the login of each other account; none while the settings cannot be read."""
    if examined.unreadable:
        return ()
    others = [way for way in every_account(examined.workspace) if way is not examined.workspace and way.leaves_machine]
    return tuple(_log_in(way) for way in others)


def _log_in(way: Workspace) -> Look:
    what = f"account {way.account_name}"
    return Look(what, f"Logging in for the account {way.account_name}", _for(way, what))


def _for(way: Workspace, what: str) -> Callable[[Examined], SetupCheck]:
    return lambda _: replace(look_at_login(Examined(way)), what=what)
