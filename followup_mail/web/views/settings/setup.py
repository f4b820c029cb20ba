"""Setup: what is set so far, who you are, a try of the login, and a test mail to yourself."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response

from followup_mail.errors import SettingsError
from followup_mail.services.accounts.edit_settings import explain_wrong
from followup_mail.services.accounts.setup_account import Wish, refuse_set_elsewhere, save, try_login
from followup_mail.services.accounts.setup_choices import can_log_in, has_service
from followup_mail.services.accounts.setup_state import look_at_account
from followup_mail.services.sending.trial_mail import send_test_mail
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.settings.versions import settings_version
from followup_mail.workspace import Workspace

_ASKED: Final = ("name", "email", "time_zone")


def show_setup(asked: Asked) -> Response:
    """Show what is set, and the next step where something lacks."""
    with asked.desk.open_to_examine() as (workspace, unreadable):
        return _page(asked, workspace, unreadable=unreadable)


def show_you(asked: Asked) -> Response:
    """Show the form with name, address and zone."""
    with asked.desk.open_to_examine() as (workspace, _):
        return _you(asked, workspace, {name: str(getattr(workspace.settings, name)) for name in _ASKED})


def keep_you(asked: Asked) -> Response:
    """Save who the user is, and lead on to the account where that is still to be set or the address is another."""
    with asked.desk.open_to_examine() as (workspace, _):
        refuse_set_elsewhere(workspace)
        asked.require_shown(settings_version(workspace))
        texts = {name: asked.form.get(name).strip() for name in _ASKED}
        wrong = explain_wrong(workspace, texts)
        if wrong or not (texts["name"] and texts["email"]):
            lacking = {name: "" for name in ("name", "email") if not texts[name]}
            return _you(asked, workspace, texts, {**lacking, **wrong}, 422)
        own = workspace.settings
        is_other = texts["email"] != own.email
        if is_other and own.smtp_host:
            address = texts.pop("email")  # not before its own account is set
            save(workspace, Wish(texts))
            asked.desk.settings_changed()
            return asked.go(f"/setup/account?{_query(address)}", "settings.other_address", address=address)
        save(workspace, Wish(texts))
        asked.desk.settings_changed()
        return asked.go("/setup" if own.smtp_host else "/setup/account", "settings.you_saved")


def try_it(asked: Asked) -> Response:
    """Log in as is set, without sending, and show what came of it."""
    with asked.open() as workspace:
        wish = Wish({})
        login = try_login(workspace, wish) if can_log_in(workspace, wish) else None
        return _page(asked, workspace, login=login, is_tried=True)


def send_test(asked: Asked) -> Response:
    """Send a short mail to the user's own address, at once."""
    with asked.open() as workspace:
        result = send_test_mail(workspace)
        said: dict[str, Any] = {"result": result, "address": workspace.settings.email, "verdict": str(result.verdict)}
        return asked.go("/setup", "settings.test_sent", **said)


def _query(address: str) -> str:
    from urllib.parse import urlencode

    return urlencode({"address": address})


def _page(asked: Asked, workspace: Workspace, *, unreadable: SettingsError | None = None, **values: Any) -> Response:
    state = look_at_account(workspace.settings)
    return asked.page(
        "settings/setup.html",
        state=state,
        unreadable=unreadable,
        zone=workspace.settings.time_zone,
        has_service=unreadable is not None or has_service(workspace),
        **{"login": None, "is_tried": False, **values},
    )


def _you(
    asked: Asked, workspace: Workspace, texts: dict[str, str], wrong: dict[str, str] | None = None, status: int = 200
) -> Response:
    return asked.page("settings/you.html", status, texts=texts, wrong=wrong or {}, version=settings_version(workspace))


ROUTES: Final = (
    Get("/setup", show_setup),
    Get("/setup/you", show_you),
    Post("/setup/you", keep_you),
    Post("/setup/try", try_it),
    Post("/setup/test", send_test),
)
