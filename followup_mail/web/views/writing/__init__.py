"""Pages about mails before they are queued: read, worded otherwise, checked, approved."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post

ROUTES: Final[tuple[Get | Post, ...]] = ()
