"""Pages about what the user decides about an application, what came of it, and what they did by hand."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.deciding.undoing import show_undo, take_back

ROUTES: Final[tuple[Get | Post, ...]] = (
    Get("/undo", show_undo),
    Post("/undo", take_back),
)
