"""Where mail is sent from: known by the address or named by hand, tried without sending, and saved.

The password is read on the page on which it is tried and saved. It is in no address, and no page shows it again.
"""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response

from followup_mail.services.accounts.recognise_provider import recognise
from followup_mail.services.accounts.setup_account import (
    LoginTrial,
    Wish,
    choose_place,
    refuse_set_elsewhere,
    save,
    try_login,
)
from followup_mail.services.accounts.setup_choices import asks_for_user, can_log_in, has_password_for
from followup_mail.services.accounts.setup_form import GivenAccount, GivenServer, read_account, read_mailbox
from followup_mail.settings.providers import provider_of_address
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import Settings
from followup_mail.web.frame.asked import Asked, Form
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.settings.versions import settings_version
from followup_mail.workspace import Workspace


def show_account(asked: Asked) -> Response:
    """Show what is known about the provider, and what it asks for; or what is set, where it was named by hand."""
    with asked.desk.open_to_examine() as (workspace, _):
        own, way = workspace.settings, asked.query.get("by")
        address = asked.query.get("address").strip() or own.email
        is_own = bool(own.smtp_host) and address == own.email
        known = provider_of_address(address)
        by_hand = way == "hand" or (is_own and not way and not (known and known.smtp.host == own.smtp_host))
        given = GivenAccount(
            address=address,
            smtp=_as_set(own, "smtp") if by_hand and is_own else GivenServer() if by_hand else None,
            imap=_as_set(own, "imap") if by_hand and is_own else GivenServer(),
            with_mailbox=bool(own.imap_host) if is_own else True,
            user=own.smtp_user if is_own else "",
            needs_no_password=is_own and own.smtp_auth == "none",
            agrees=way == "password",
            client_id=own.oauth_client_id if is_own else "",
        )
        return _page(asked, workspace, given)


def keep_account(asked: Asked) -> Response:
    """Try the login and save it; where that fails, show why, and nothing is saved."""
    with asked.desk.open_to_examine() as (workspace, _):
        refuse_set_elsewhere(workspace)
        asked.require_shown(settings_version(workspace))
        given = _read(asked.form, asked.form.files)
        read = read_account(workspace, given)
        if read.wrong:
            return _page(asked, workspace, given, read.wrong)
        login = _try(asked, workspace, read.wish)
        if login and not login.ok:
            return _page(asked, workspace, given, login=login)
        saved = save(workspace, read.wish, choose_place(workspace))
        asked.desk.settings_changed()
        signs_in = read.wish.texts.get("smtp_auth") == "oauth"
        return asked.go("/setup/sign-in" if signs_in else "/setup", "settings.account_saved", saved=saved, login=login)


def show_mailbox(asked: Asked) -> Response:
    """Show the form about the mailbox alone."""
    with asked.open() as workspace:
        return _mailbox(asked, workspace, GivenServer(), {})


def keep_mailbox(asked: Asked) -> Response:
    """Try the mailbox and save it, or have it read no more."""
    with asked.open() as workspace:
        refuse_set_elsewhere(workspace)
        asked.require_shown(settings_version(workspace))
        given = _server(asked.form, "imap_")
        read = read_mailbox(workspace, asked.form.get("wanted") == "yes", given)
        if read.wrong:
            return _mailbox(asked, workspace, given, read.wrong)
        login = _try(asked, workspace, read.wish) if read.wish.texts.get("imap_host") else None
        if login and not login.ok:
            return _mailbox(asked, workspace, given, {}, login)
        save(workspace, read.wish)
        asked.desk.settings_changed()
        return asked.go("/setup", "settings.mailbox_saved", login=login, is_read=bool(read.wish.texts["imap_host"]))


def _try(asked: Asked, workspace: Workspace, wish: Wish) -> LoginTrial | None:
    if asked.form.get("anyway") or not can_log_in(workspace, wish):
        return None
    return try_login(workspace, wish)


def _read(form: Form, files: Any) -> GivenAccount:
    certificates, by_hand = files.get("certificate", ()), form.get("by") == "hand"
    return GivenAccount(
        address=form.get("address"),
        smtp=_server(form, "") if by_hand else None,
        imap=_server(form, "imap_"),
        with_mailbox=by_hand or form.get("mailbox") == "yes",
        user=form.get("user").strip(),
        secret=Secret(form.get("password")),
        needs_no_password=form.get("no_password") == "yes",
        agrees=form.get("agrees") == "yes",
        certificate=certificates[0].content if certificates else b"",
        client_id=form.get("client_id").strip(),
    )


def _as_set(own: Settings, kind: str) -> GivenServer:
    host, port, security = (getattr(own, f"{kind}_{part}") for part in ("host", "port", "security"))
    return GivenServer(host=host, port=str(port or ""), security=str(security) if host else "")


def _server(form: Form, prefix: str) -> GivenServer:
    return GivenServer(
        host=form.get(f"{prefix}host").strip(),
        port=form.get(f"{prefix}port").strip(),
        security=form.get(f"{prefix}security"),
    )


def _page(
    asked: Asked, workspace: Workspace, given: GivenAccount, wrong: Any = None, login: LoginTrial | None = None
) -> Response:
    # A look at what an empty form would come to: who the provider is, and whether a password is there already.
    known = recognise(given.address) if given.address and given.smtp is None else None
    host = given.smtp.host if given.smtp else known.smtp.host if known and known.smtp else ""
    texts = {"smtp_host": host, "email": given.address}
    return asked.page(
        "settings/account.html",
        422 if wrong or login else 200,
        given=given,
        found=known,
        by_hand=given.smtp is not None or known is None or known.smtp is None,
        asks_user=known is None or asks_for_user(known),
        has_password=has_password_for(workspace, texts),
        wrong=wrong or {},
        login=login,
        version=settings_version(workspace),
    )


def _mailbox(
    asked: Asked, workspace: Workspace, given: GivenServer, wrong: Any, login: LoginTrial | None = None
) -> Response:
    return asked.page(
        "settings/mailbox.html",
        422 if wrong or login else 200,
        given=given,
        found=recognise(workspace.settings.email),
        wrong=wrong,
        login=login,
        version=settings_version(workspace),
    )


ROUTES: Final = (
    Get("/setup/account", show_account),
    Post("/setup/account", keep_account),
    Get("/setup/mailbox", show_mailbox),
    Post("/setup/mailbox", keep_mailbox),
)
