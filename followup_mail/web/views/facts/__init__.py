"""Pages about the facts of an application: questions for sentences, changes, and the file itself."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post

ROUTES: Final[tuple[Get | Post, ...]] = ()
