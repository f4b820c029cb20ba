"""Wordings: the list, one with the facts that it uses, and the user's own to be changed and tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.responses import Response

from followup_mail.drafts.template_folders import GUIDE, TemplateFolders, Wording
from followup_mail.errors import TemplateError
from followup_mail.services.writing.own_wordings import explain_text, remove_wording, save_text
from followup_mail.services.writing.wordings import (
    copy_wording,
    facts_in,
    find_wording,
    list_guides,
    list_wordings,
    read_source,
    version_of,
)
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.frame.shown import facts_version


def show_wordings(asked: Asked) -> Response:
    """Show every wording, and the guides for a writing model."""
    with asked.open() as workspace:
        folders = workspace.template_folders
        guides = [(guide, version_of(guide)) for guide in list_guides(folders)]
        return asked.page("settings/wordings.html", wordings=list_wordings(folders), guides=guides)


def show_wording(asked: Asked) -> Response:
    """Show a wording, in a form if it is the user's."""
    with asked.open() as workspace:
        folders = workspace.template_folders
        wording = find_wording(folders, asked.path["name"])
        return _page(asked, folders, wording, read_source(wording))


def copy_it(asked: Asked) -> Response:
    """Copy one to the user's own, under its name or another."""
    with asked.open() as workspace:
        folders = workspace.template_folders
        wording = find_wording(folders, asked.form.get("name"))
        path = copy_wording(folders, wording, asked.form.get("as").strip())
        name = f"{wording.kind}/{path.stem}" if wording.kind else path.stem
        return asked.go(f"/wordings/{name}", "settings.wording_copied", name=name)


def save_it(asked: Asked) -> Response:
    """Save the text of a wording of the user's, if it works with the sample facts."""
    with asked.open() as workspace:
        folders = workspace.template_folders
        wording = find_wording(folders, asked.form.get("name"))
        text = asked.form.get("text")
        asked.require_shown(facts_version(read_source(wording)))
        if wrong := explain_text(folders, wording, text, asked.desk.renderer):
            return _page(asked, folders, wording, text, wrong)
        save_text(folders, wording, text)
        return asked.go(f"/wordings/{wording.full_name}", "settings.wording_saved", name=wording.full_name)


def remove_it(asked: Asked) -> Response:
    """Remove a wording of the user's."""
    with asked.open() as workspace:
        folders = workspace.template_folders
        wording = find_wording(folders, asked.form.get("name"))
        asked.require_shown(facts_version(read_source(wording)))
        remove_wording(folders, wording)
        return asked.go("/wordings", "settings.wording_removed", name=wording.full_name)


def _page(asked: Asked, folders: TemplateFolders, wording: Wording, text: str, wrong: Sequence[str] = ()) -> Response:
    try:
        facts, broken = ([] if wording.name == GUIDE else facts_in(folders, wording, asked.desk.renderer)), None
    except TemplateError as error:
        facts, broken = [], error
    return asked.page(
        "settings/wording.html",
        422 if wrong else 200,
        wording=wording,
        text=text,
        facts=facts,
        broken=broken,
        wrong=wrong,
        version=facts_version(read_source(wording)),
    )


ROUTES: Final = (
    Get("/wordings", show_wordings),
    Post("/wordings/copy", copy_it),
    Post("/wordings/save", save_it),
    Post("/wordings/remove", remove_it),
    Get("/wordings/{name:path}", show_wording),
)
