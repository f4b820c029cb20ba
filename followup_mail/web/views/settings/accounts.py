"""Accounts beside the main one: the list, add an account, choose, check or remove it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.services.accounts.account_files import (
    add_account,
    check_account,
    explain_other_choice,
    list_accounts,
    remove_account,
    say_staying,
    use_account,
)
from followup_mail.services.context.mail_accounts import choose_account
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.frame.shown import facts_version
from followup_mail.workspace import Workspace

_TYPED: Final = (
    *("name", "email", "smtp_host", "smtp_port", "smtp_security", "smtp_user"),
    *("imap_host", "imap_port", "imap_security"),
)


def show_accounts(asked: Asked) -> Response:
    """Show the list, and the form for one more."""
    with asked.open() as workspace:
        return _page(asked, workspace)


def add_it(asked: Asked) -> Response:
    """Add one; a file that would not be accepted does not stay."""
    with asked.open() as workspace:
        typed = {name: asked.form.get(name).strip() for name in _TYPED}
        given = {name: text for name, text in typed.items() if name != "name"}
        needs_none = asked.form.get("no_password") == "yes"
        given |= {"smtp_auth": "none"} if needs_none else {"smtp_password": asked.form.get("password")}
        lacking = [name for name in ("name", "email", "smtp_host") if not typed[name]]
        if lacking:
            return _page(asked, workspace, typed, lacking=lacking)
        try:
            add_account(workspace, typed["name"], given)
        except FollowupError as error:
            return _page(asked, workspace, typed, error=error)
        asked.desk.settings_changed()
        return asked.go("/accounts", "settings.account_added", name=typed["name"])


def use_it(asked: Asked) -> Response:
    """Write new mails from one."""
    with asked.open() as workspace:
        asked.require_shown(_version(workspace))
        name = asked.form.get("name")
        use_account(workspace, name)
        asked.desk.settings_changed()
        other, staying = explain_other_choice(workspace, name), say_staying(workspace, name)
        return asked.go("/accounts", "settings.account_used", name=name, other=other, staying=staying)


def check_it(asked: Asked) -> Response:
    """Log in with an account, at the mail server and the mailbox; nothing is sent."""
    with asked.open() as workspace:
        name = asked.form.get("name")
        checks = check_account(choose_account(workspace, name))
        return _page(asked, workspace, checked=(name, checks))


def remove_it(asked: Asked) -> Response:
    """Remove one. While mails wait for it, only after a second yes."""
    with asked.open() as workspace:
        asked.require_shown(_version(workspace))
        name = asked.form.get("name")
        waiting = remove_account(workspace, name, yes=asked.form.get("sure") == "yes")
        asked.desk.settings_changed()
        return asked.go("/accounts", "settings.account_removed", name=name, waiting=waiting)


def _page(asked: Asked, workspace: Workspace, typed: Mapping[str, str] | None = None, **values: Any) -> Response:
    return asked.page(
        "settings/accounts.html",
        422 if typed else 200,
        rows=list_accounts(workspace),
        typed=typed or dict.fromkeys(_TYPED, ""),
        version=_version(workspace),
        **{"error": None, "lacking": (), "checked": None, **values},
    )


def _version(workspace: Workspace) -> str:
    return facts_version(
        repr([(row.name, row.address, row.server, row.is_default) for row in list_accounts(workspace)])
    )


ROUTES: Final = (
    Get("/accounts", show_accounts),
    Post("/accounts", add_it),
    Post("/accounts/use", use_it),
    Post("/accounts/check", check_it),
    Post("/accounts/remove", remove_it),
)
