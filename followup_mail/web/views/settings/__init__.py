"""Pages about the account, the settings, the service, wordings and methods; what can stop a mail."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post

ROUTES: Final[tuple[Get | Post, ...]] = ()
