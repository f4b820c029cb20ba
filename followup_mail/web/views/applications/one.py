"""Everything about one application: its timeline, the plan, the facts, its mails and the answers to it."""

from __future__ import annotations

from datetime import date, datetime

from starlette.responses import Response

from followup_mail.cadence.set_aside import say_set_aside
from followup_mail.errors import CadenceError, FactsError, FollowupError
from followup_mail.outbox.entry import Entry
from followup_mail.services.context.application_context import ApplicationContext, open_application
from followup_mail.services.context.kept_promises import find_standings
from followup_mail.services.mailbox.inbox_list import read_inbox
from followup_mail.services.mailbox.inbox_words import say_what
from followup_mail.services.overview.interview_day import find_interviews_today
from followup_mail.services.overview.timeline import Mark, make_timeline
from followup_mail.services.proposals.proposal_form import list_waiting
from followup_mail.services.queueing.outbox_list import list_entries
from followup_mail.services.queueing.release_resumed import release_resumed
from followup_mail.services.typed.kept_text import read_kept
from followup_mail.web.drawing.timeline import draw_timeline
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.reader_dates import say_day, say_moment
from followup_mail.web.frame.shown import facts_version
from followup_mail.web.views.applications.steps import list_steps
from followup_mail.workspace import Workspace


def show_application(asked: Asked) -> Response:
    """Show it; where its facts cannot be used, what is wrong with them."""
    slug = asked.path["slug"]
    with asked.open() as workspace:
        release_resumed(workspace)
        # The text comes first: if it changes before the facts are read, the forms are of an older version, and refused.
        version = facts_version(workspace.facts.text(slug))
        try:
            context = open_application(workspace, slug)
        except (FactsError, CadenceError) as error:
            return _show_broken(asked, slug, error)
        return _show(asked, workspace, context, version)


def _show(asked: Asked, workspace: Workspace, context: ApplicationContext, version: str) -> Response:
    application = context.application
    timeline = make_timeline(context)
    entries = list_entries(workspace, application.slug, every=True)
    seen = [mail for mail in read_inbox(workspace).seen if application.slug in mail.mail.applications]

    def say(mark: Mark) -> str:
        who = f"{mark.label}, {mark.person}" if mark.person else mark.label
        standing = asked.filler.say("applications.standing", asked, {"state": mark.standing}).unescape().strip()
        parts = (standing, _say_when(mark.at, asked.language), mark.why)
        return f"{who}: {'; '.join(part for part in parts if part)}"

    return asked.page(
        "applications/one.html",
        application=application,
        context=context,
        version=version,
        promised=find_standings(workspace, application),
        aside=say_set_aside(application, context.now.date()),
        interviews=find_interviews_today(application, context.now),
        timeline=timeline,
        picture=draw_timeline(timeline, say),
        say=say,
        steps=list_steps(context, entries.entries),
        entries=sorted(entries.entries, key=_at, reverse=True),
        outdated={found.entry.id for found in entries.outdated},
        own_zone=workspace.own_zone,
        seen=[(mail, say_what(mail)) for mail in seen],
        proposals=list_waiting(workspace, application.slug),
        kept=read_kept(workspace, application.slug),
    )


def _show_broken(asked: Asked, slug: str, error: FollowupError) -> Response:
    return asked.page("applications/broken.html", 422, slug=slug, error=error)


def _say_when(at: date | None, language: str) -> str:
    if at is None:
        return ""
    said = say_moment(at, language) if isinstance(at, datetime) else say_day(at, language)
    return str(said.striptags())


def _at(entry: Entry) -> datetime:
    """Return when it went, or would go."""
    return entry.sent_at or entry.was_sent_at or entry.filed_at or entry.ready_at
