"""Pages about an interview written down: the questions of ``add``, and what was found in files."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.debrief import files, finish, form, words

ROUTES: Final[tuple[Get | Post, ...]] = (*form.ROUTES, *finish.ROUTES, *files.ROUTES, *words.ROUTES)
