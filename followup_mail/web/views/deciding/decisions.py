"""Decisions that one press takes: skip, snooze, pause, archive, a note; and their ways back."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from followup_mail.services.applications import archive_application as archives
from followup_mail.services.applications import skip_step as skips
from followup_mail.services.applications.pause_application import pause_application
from followup_mail.services.applications.snooze_application import snooze_application
from followup_mail.services.changing.keep_note import keep_note
from followup_mail.services.typed.day_ahead import read_day_ahead
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.shown import entries_version, facts_version
from followup_mail.web.views.deciding.acting import decide, name_of
from followup_mail.workspace import Workspace


def skip(asked: Asked) -> Response:
    """Take a step off the plan, after asking when a mail is cancelled with it."""

    def act(workspace: Workspace, slug: str) -> Response:
        choice = skips.choose_exactly(workspace, slug, asked.form.get("step"))
        entries = (choice.entry,) if choice.entry else ()
        if entries and asked.form.get("sure") != entries_version(entries):
            return asked.page("deciding/sure.html", what="skip", entries=entries, **_around(workspace, slug))
        draft = skips.skip_step(workspace, choice)
        return asked.go(f"/applications/{slug}", "deciding.skipped", step=choice.step, entries=entries, draft=draft)

    return decide(asked, "skip", act)


def bring_back(asked: Asked) -> Response:
    """Put a step back into the plan."""

    def act(workspace: Workspace, slug: str) -> Response:
        skips.bring_back_line(workspace, slug, asked.form.get("line"))
        return asked.go(f"/applications/{slug}", "deciding.back_in_plan", line=asked.form.get("line"))

    return decide(asked, "skip", act)


def snooze(asked: Asked) -> Response:
    """Hide the application from Today until a day."""

    def act(workspace: Workspace, slug: str) -> Response:
        until = read_day_ahead(workspace, name_of(asked, "the_day"), asked.form.get("snooze_until"))
        done = snooze_application(workspace, slug, until)
        return asked.go(f"/applications/{slug}", "deciding.snoozed", done=done, zone=workspace.own_zone)

    return decide(asked, "snooze", act, "snooze_until")


def unsnooze(asked: Asked) -> Response:
    """Show it again."""

    def act(workspace: Workspace, slug: str) -> Response:
        snooze_application(workspace, slug, None)
        return asked.go(f"/applications/{slug}", "deciding.unsnoozed")

    return decide(asked, "snooze", act)


def pause(asked: Asked) -> Response:
    """Stop everything for the application, until a day or until the user goes on."""

    def act(workspace: Workspace, slug: str) -> Response:
        typed = asked.form.get("pause_until")
        until = read_day_ahead(workspace, name_of(asked, "the_day"), typed) if typed.strip() else None
        done = pause_application(workspace, slug, until)
        return asked.go(f"/applications/{slug}", "deciding.paused", done=done)

    return decide(asked, "pause", act, "pause_until")


def archive(asked: Asked) -> Response:
    """Put the application out of sight, after asking when mails are cancelled with it."""

    def act(workspace: Workspace, slug: str) -> Response:
        waiting = archives.find_waiting(workspace, slug)
        if waiting and asked.form.get("sure") != entries_version(waiting):
            return asked.page("deciding/sure.html", what="archive", entries=waiting, **_around(workspace, slug))
        done = archives.archive_application(workspace, slug, cancel=bool(waiting))
        return asked.go(f"/applications/{slug}", "deciding.archived", entries=done.cancelled)

    return decide(asked, "archive", act)


def unarchive(asked: Asked) -> Response:
    """Bring it back."""

    def act(workspace: Workspace, slug: str) -> Response:
        archives.bring_back(workspace, slug)
        return asked.go(f"/applications/{slug}", "deciding.unarchived")

    return decide(asked, "archive", act)


def note(asked: Asked) -> Response:
    """Write down a note for the user alone."""

    def act(workspace: Workspace, slug: str) -> Response:
        keep_note(workspace, slug, asked.form.get("note"))
        return asked.go(f"/applications/{slug}", "deciding.noted")

    return decide(asked, "note", act, "note")


def _around(workspace: Workspace, slug: str) -> dict[str, Any]:
    """Return what a page that asks needs beside the mails that it asks about."""
    application = workspace.facts.load(slug)
    version = facts_version(workspace.facts.text(slug))
    return {"application": application, "version": version, "zone": workspace.own_zone}
