"""Pages about all applications, one of them, and its timeline."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.applications.listing import archive_all_ended, show_applications
from followup_mail.web.views.applications.one import show_application
from followup_mail.web.views.applications.together import pause_everything, resume_everything

ROUTES: Final[tuple[Get | Post, ...]] = (
    Get("/applications", show_applications),
    Post("/applications/archive-ended", archive_all_ended),
    Post("/applications/pause-all", pause_everything),
    Post("/applications/resume-all", resume_everything),
    Get("/applications/{slug}", show_application),
)
