"""Pages about what came of all of it, in numbers and pictures."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.statistics.numbers import give_csv, show_statistics

ROUTES: Final[tuple[Get | Post, ...]] = (Get("/statistics", show_statistics), Get("/statistics.csv", give_csv))
