"""Pages about what the user decides about an application, what came of it, and what they did by hand."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post

ROUTES: Final[tuple[Get | Post, ...]] = ()
