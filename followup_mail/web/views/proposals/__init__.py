"""Pages about proposals of assistants: what waits, what it would change, and what somebody decides about it."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.proposals import decision, listing

ROUTES: Final[tuple[Get | Post, ...]] = (*listing.ROUTES, *decision.ROUTES)
