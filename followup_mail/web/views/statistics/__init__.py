"""Pages about what came of all of it, in numbers and pictures."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post

ROUTES: Final[tuple[Get | Post, ...]] = ()
