"""Pages about mail that was seen in the mailbox: how it was understood, and what follows from it."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.inbox import accept, look, seen

ROUTES: Final[tuple[Get | Post, ...]] = (*look.ROUTES, *seen.ROUTES, *accept.ROUTES)
