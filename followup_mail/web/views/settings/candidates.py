"""The people whom somebody looks after: how things stand for each, and the list of them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.services.office.all_candidates import look_at_all
from followup_mail.settings.candidates import (
    add_candidate,
    is_same_folder,
    quote_name,
    read_candidates,
    remove_candidate,
)
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.workspace import Workspace


def show_candidates(asked: Asked) -> Response:
    """Show the list."""
    return _page(asked)


def add_it(asked: Asked) -> Response:
    """Put somebody on the list, with a home folder of their own."""
    name, folder = asked.form.get("name"), asked.form.get("folder").strip()
    try:
        added = add_candidate(name, Path(folder) if folder else None)
    except FollowupError as error:
        return _page(asked, name, folder, error)
    return asked.go("/candidates", "settings.candidate_added", candidate=added)


def remove_it(asked: Asked) -> Response:
    """Take somebody off the list; nothing is deleted."""
    return asked.go("/candidates", "settings.candidate_removed", candidate=remove_candidate(asked.form.get("name")))


def _page(asked: Asked, name: str = "", folder: str = "", error: FollowupError | None = None) -> Response:
    days = look_at_all(read_candidates(), Workspace.from_surroundings)
    with asked.desk.open_to_examine() as (workspace, _):
        here = [day.candidate.name for day in days if is_same_folder(day.candidate.home, workspace.home)]
    return asked.page(
        "settings/candidates.html",
        422 if error else 200,
        days=days,
        own=here,
        quote=quote_name,
        name=name,
        folder=folder,
        error=error,
    )


ROUTES: Final = (
    Get("/candidates", show_candidates),
    Post("/candidates", add_it),
    Post("/candidates/remove", remove_it),
)
