"""Files outside the home folder that may be attached."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.services.typed.allowed_files import forget_file, read_confirmed
from followup_mail.services.typed.attachable import allow_file
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.workspace import Workspace


def show_files(asked: Asked) -> Response:
    """Show the list."""
    with asked.open() as workspace:
        return _page(asked, workspace)


def allow_it(asked: Asked) -> Response:
    """Put one on the list."""
    with asked.open() as workspace:
        typed = asked.form.get("path").strip()
        path = _read_path(typed)
        if not typed or not path.is_absolute():
            return _page(asked, workspace, typed, is_partial=True)
        try:
            real = allow_file(workspace, path)
        except FollowupError as error:
            return _page(asked, workspace, typed, error=error)
        return asked.go("/files", "settings.file_allowed" if real else "settings.file_inside", path=real or path)


def forget_it(asked: Asked) -> Response:
    """Take one off the list."""
    with asked.open() as workspace:
        gone = forget_file(workspace.home, Path(asked.form.get("path")))
        return asked.go("/files", "settings.file_forgotten", path=gone)


def _read_path(typed: str) -> Path:
    """Return the path that was typed; with ``~somebody`` whom nobody knows here it stays as it is, so it is partial."""
    try:
        return Path(typed).expanduser()
    except (RuntimeError, ValueError):
        return Path(typed)


def _page(
    asked: Asked,
    workspace: Workspace,
    typed: str = "",
    *,
    is_partial: bool = False,
    error: FollowupError | None = None,
) -> Response:
    return asked.page(
        "settings/files.html",
        422 if is_partial or error else 200,
        paths=read_confirmed(workspace.home),
        home=workspace.home,
        typed=typed,
        is_partial=is_partial,
        error=error,
    )


ROUTES: Final = (Get("/files", show_files), Post("/files", allow_it), Post("/files/remove", forget_it))
