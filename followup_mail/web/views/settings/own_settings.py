"""Every setting with its value and where it was set; those that need no account are changed here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field
from starlette.responses import Response

from followup_mail.errors import SettingsError
from followup_mail.services.accounts.edit_settings import explain_wrong, list_editable, save_edited
from followup_mail.services.accounts.list_settings import list_settings
from followup_mail.settings.exposure import find_exposed, say_exposed, say_how_to_close
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.settings.versions import settings_version
from followup_mail.workspace import Workspace


class _Typed(Struct, frozen=True):
    """What came with the form, and why it was not saved."""

    texts: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    has_changed: bool = False
    """Whether the settings are others than the form was made from."""


def show_settings(asked: Asked) -> Response:
    """Show all of them, also where some cannot be read."""
    with asked.desk.open_to_examine() as (workspace, unreadable):
        return _page(asked, workspace, unreadable)


def keep_settings(asked: Asked) -> Response:
    """Save what was changed; each problem is shown beside its field, and nothing is saved."""
    with asked.desk.open_to_examine() as (workspace, unreadable):
        given = {setting.name: asked.form.get(setting.name).strip() for setting in list_editable(workspace)}
        if asked.form.get("shown") != settings_version(workspace):
            return _page(asked, workspace, unreadable, _Typed(given, has_changed=True))
        sent = {name: text for name, text in given.items() if name in asked.form}
        if wrong := explain_wrong(workspace, sent):
            return _page(asked, workspace, unreadable, _Typed(given, wrong))
        saved = save_edited(workspace, sent)
        asked.desk.settings_changed()
        return asked.go("/settings", "settings.settings_saved", changed=saved.changed)


def _page(
    asked: Asked,
    workspace: Workspace,
    unreadable: SettingsError | None,
    typed: _Typed | None = None,
) -> Response:
    editable = list_editable(workspace)
    stands = {setting.name: setting.text for setting in editable}
    typed = typed or _Typed(stands)
    exposed = None if unreadable else find_exposed(workspace.loaded)
    return asked.page(
        "settings/settings.html",
        409 if typed.has_changed else 422 if typed.wrong else 200,
        listed=list_settings(workspace),
        editable=editable,
        texts=typed.texts,
        stands=stands,
        wrong=typed.wrong,
        unreadable=unreadable,
        has_changed=typed.has_changed,
        file=workspace.home / ".env",
        exposed=(say_exposed(exposed), say_how_to_close(exposed)) if exposed else None,
        version=settings_version(workspace),
    )


ROUTES: Final = (Get("/settings", show_settings), Post("/settings", keep_settings))
