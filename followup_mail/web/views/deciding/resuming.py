"""Go on after a reply or a pause, perhaps with a new date: which mails leave then, and whose moment has passed."""

from __future__ import annotations

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.services.answers.record_outcome import read_coming_day, resume_application
from followup_mail.services.applications.forget import find_kept
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.shown import ChangedError, facts_version
from followup_mail.web.views.deciding.acting import name_of
from followup_mail.web.views.deciding.undoing import find_outdated_quietly
from followup_mail.workspace import Workspace

_DAYS = ("decision_by", "not_before")


def show_resume(asked: Asked) -> Response:
    """Show what is held, and ask for a new date."""
    with asked.open() as workspace:
        return _page(asked, workspace)


def resume(asked: Asked) -> Response:
    """Go on, with the days that they named now."""
    slug = asked.path["slug"]
    with asked.open(f"resume {slug}") as workspace:
        before = workspace.facts.load(slug)
        said, wrong = {}, {}
        for name in _DAYS:
            try:
                said[name] = read_coming_day(workspace, name_of(asked, "the_day"), asked.form.get(name).strip())
            except FollowupError as error:
                wrong[name] = error
        if wrong:
            return _page(asked, workspace, 422, wrong=wrong)
        try:
            asked.require_shown(facts_version(workspace.facts.text(slug)))
            done = resume_application(workspace, slug, said)
        except ChangedError as error:
            return _page(asked, workspace, 409, error=error)
        except FollowupError as error:
            return _page(asked, workspace, 422, error=error)
        outdated = find_outdated_quietly(workspace, slug, before)
        zone = workspace.own_zone
        return asked.go(f"/applications/{slug}", "deciding.resumed", done=done, days=said, zone=zone, outdated=outdated)


def _page(asked: Asked, workspace: Workspace, status: int = 200, **more: object) -> Response:
    application = workspace.facts.load(asked.path["slug"])
    kept = find_kept(workspace, application.slug)
    values = {"error": None, "wrong": {}, **more}
    return asked.page(
        "deciding/resume.html",
        status,
        application=application,
        held=[entry for entry in kept.entries if entry.held],
        now=workspace.now(),
        version=facts_version(kept.text),
        zone=workspace.own_zone,
        **values,
    )
