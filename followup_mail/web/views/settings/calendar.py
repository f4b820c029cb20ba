"""Plan and interviews as a calendar file.

Making one is a form: what was exported is remembered, so that the next file updates what a calendar took from it.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from followup_mail.services.overview.calendars import make_calendar
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post


def show_calendar(asked: Asked) -> Response:
    """Show what there is to choose from."""
    with asked.open() as workspace:
        chosen = asked.query.get("application")
        return asked.page("settings/calendar.html", applications=workspace.facts.slugs(), chosen=chosen)


def download_it(asked: Asked) -> Response:
    """Answer with the file, for one application or for all."""
    with asked.open() as workspace:
        slug = asked.form.get("application")
        if slug:
            slug = workspace.facts.load(slug).slug
        content, _ = make_calendar(workspace, slug)
        # A header is Latin-1, and an application may be called in any script: RFC 6266, section 4.3.
        name = quote(f"{slug or 'follow-ups'}.ics")
        headers = {"content-disposition": f"attachment; filename=\"follow-ups.ics\"; filename*=UTF-8''{name}"}
        return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


ROUTES: Final = (Get("/calendar", show_calendar), Post("/calendar", download_it))
