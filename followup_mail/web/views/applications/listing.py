"""All applications in a table: by where they stand, by what a search finds; and archiving all that have ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from starlette.responses import Response

from followup_mail.cadence.set_aside import is_snoozed, say_set_aside
from followup_mail.errors import FollowupError
from followup_mail.facts.application import Application
from followup_mail.services.applications.archive_application import EndedArchived, archive_ended, find_ended
from followup_mail.services.overview.application_list import ApplicationLine
from followup_mail.services.overview.application_tabs import Tab, list_tab
from followup_mail.web.frame.asked import Asked, read_number
from followup_mail.web.frame.shown import facts_version
from followup_mail.workspace import Workspace

_ON_A_PAGE: Final = 100


def show_applications(asked: Asked) -> Response:
    """Show those of one tab, a hundred at a time; ``words`` searches in all of it."""
    return show_list(asked)


def show_list(asked: Asked, status: int = 200, wrong: FollowupError | None = None) -> Response:
    """Show the same, perhaps with what is wrong about the day until which all are to be paused."""
    words = asked.query.get("words").split()
    tab = Tab(asked.query.get("show")) if asked.query.get("show") in set(Tab) else Tab.OPEN
    with asked.open() as workspace:
        listed = list_tab(workspace, tab, words)
        contexts = [line.context for line in listed.lines]
        ended = find_ended(workspace, contexts) if tab is Tab.ENDED and not words else None
        companies = {line.application.slug: line.application.company for line in listed.lines}
        applications, _ = workspace.facts.load_all()
        pages = max(1, -(-len(listed.lines) // _ON_A_PAGE))
        page = _read_page(asked.query.get("page"), pages)
        before = (page - 1) * _ON_A_PAGE
        return asked.page(
            "applications/list.html",
            status,
            listed=listed,
            tab=tab,
            tabs=tuple(Tab),
            words=" ".join(words),
            rows=[(line, _say_aside(line)) for line in listed.lines[before : before + _ON_A_PAGE]],
            page=page,
            pages=pages,
            before=before,
            ended=ended,
            ended_version=_version(ended) if ended else "",
            companies=companies,
            now=workspace.now(),
            pause_wrong=wrong,
            paused=[
                application.slug
                for application in applications
                if not application.archived and (application.paused or application.paused_until)
            ],
            standing=standing_version(applications),
        )


def archive_all_ended(asked: Asked) -> Response:
    """Archive what the page named: all that have ended and have nothing left to do."""
    with asked.open("archive --ended") as workspace:
        asked.require_shown(_version(find_ended(workspace)))
        companies = name_companies(workspace)
        done = archive_ended(workspace)
        names = [companies.get(slug, slug) for slug in done.slugs]
    return asked.go("/applications", "applications.archived_ended", names=names, slugs=done.slugs)


def _read_page(typed: str, pages: int) -> int:
    """Return the number of a page that there is, from 1: the nearest to what the address says."""
    return min(max(read_number(typed, 1), 1), pages)


def name_companies(workspace: Workspace) -> dict[str, str]:
    """Return the company of each short name."""
    return {application.slug: application.company for application in workspace.facts.load_all()[0]}


def standing_version(applications: Iterable[Application]) -> str:
    """Return the version of what is paused and what is not."""
    return facts_version(
        repr(
            [
                (application.slug, application.paused, application.paused_until, application.archived)
                for application in applications
            ]
        )
    )


def _version(ended: EndedArchived) -> str:
    return facts_version(" ".join(ended.slugs))


def _say_aside(line: ApplicationLine) -> str:
    """Return that an application is set aside or hidden from Today; empty for any other."""
    today = line.context.now.date()
    if aside := say_set_aside(line.application, today):
        return aside
    return "snoozed" if is_snoozed(line.application, today) else ""
