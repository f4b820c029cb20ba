"""Pages about what is queued, and what became of it."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.outbox import change, deliver, edit, entry, rewrite

ROUTES: Final[tuple[Get | Post, ...]] = (
    *deliver.ROUTES,
    *entry.ROUTES,
    *change.ROUTES,
    *edit.ROUTES,
    *rewrite.ROUTES,
)
