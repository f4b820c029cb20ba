"""The facts of an application as the text of their file: what is wrong stands beside it, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from followup_mail.errors import FactsError, FactsFileError, FollowupError, RefusedError
from followup_mail.services.changing.edit_facts import FactsText, open_facts, read_facts, save_facts
from followup_mail.services.writing.text_difference import differing_lines
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.shown import facts_version
from followup_mail.web.views.facts.after_change import go_on


def show_text(asked: Asked) -> Response:
    """Show the file, and what is wrong with it already."""
    with asked.open() as workspace:
        opened = open_facts(workspace, asked.path["slug"])
        error: FollowupError | None = None
        try:
            workspace.facts.load(opened.application)
        except FactsError as wrong:
            error = wrong
        return _page(asked, opened, opened.text, 200, error=error)


def save_text(asked: Asked) -> Response:
    """Put what was typed in place of the file; where that cannot be, show it again with the reason."""
    slug, typed = asked.path["slug"], asked.form.get("text")
    with asked.open(f"edit {slug}") as workspace:
        opened = open_facts(workspace, slug)
        if facts_version(opened.text) != asked.form.get("shown"):
            return _show_both(asked, opened, typed)
        if typed == opened.text:
            return asked.go(f"/applications/{slug}/facts", "facts.unchanged")
        try:
            now = save_facts(workspace, opened, typed)
        except RefusedError:  # changed in the instant between
            return _show_both(asked, open_facts(workspace, slug), typed)
        except FactsError as error:
            return _page(asked, opened, typed, 422, error=error)
        return go_on(asked, workspace, now, read_facts(opened), f"/applications/{slug}/facts", differences=())


def _show_both(asked: Asked, now: FactsText, typed: str) -> Response:
    """Show the file as it is now beside what was typed; saving that again is then a decision."""
    if typed == now.text:
        return asked.go(f"/applications/{now.application}/facts", "facts.unchanged")
    return _page(asked, now, typed, 409, differences=differing_lines(now.text, typed))


def _page(asked: Asked, opened: FactsText, text: str, status: int, **more: Any) -> Response:
    error = more.get("error")
    problems = error.problems if isinstance(error, FactsFileError) else ()
    values = {"differences": (), "error": None, **more, "problems": problems}
    return asked.page("facts/text.html", status, opened=opened, text=text, **values)
