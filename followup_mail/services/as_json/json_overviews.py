"""What spans all applications as dictionaries, for ``--json`` and for a page: names and shapes are a promise.

As in ``json_views``, only shapes are made here; docs/json.md lists them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from followup_mail.services.as_json.inbox_json import look_json, seen_json
from followup_mail.services.as_json.json_views import entries_json, entry_json, step_json
from followup_mail.services.as_json.proposals_json import proposal_json

if TYPE_CHECKING:
    from followup_mail.services.accounts.setup_look import SetupCheck
    from followup_mail.services.overview.application_list import ApplicationLine, ApplicationList
    from followup_mail.services.overview.calendars import SavedCalendar
    from followup_mail.services.overview.due_steps import DueStep
    from followup_mail.services.overview.interview_day import InterviewToday
    from followup_mail.services.overview.today import Today


def today_json(today: Today) -> dict[str, Any]:
    """Return what is due today, and what needs a decision."""
    return {
        "decide": entries_json(today.undecided),
        "late": entries_json(today.late),
        "due": [_due_json(due) for due in today.due],
        "soon": [_due_json(due) for due in today.soon],
        "broken": [error.sentence for error in today.broken],
        "in_folder": [entry.id for entry in today.in_folder],
        "in_drafts": [entry.id for entry in today.in_drafts],
        "stranded": [{**entry_json(one.entry), "why": one.why, "fix": one.fix} for one in today.stranded],
        "damaged": [damaged.id for damaged in today.damaged],
        "missing": list(today.to_ask),
        "outdated": [found.entry.id for found in today.outdated],
        "interviews": [interview_json(found) for found in today.interviews],
        "replied": [application.slug for application in today.replied],
        "mail": [seen_json(seen) for seen in today.mail],
        "unread_mailboxes": [look_json(look) for look in today.unread],
        "proposals": [proposal_json(proposal) for proposal in today.proposals],
        "could_be_archived": list(today.long_ended),
        "hidden": dict(today.hidden),
    }


def _due_json(due: DueStep) -> dict[str, Any]:
    return {**step_json(due.step), "company": due.application.company, "command": due.command}


def interview_json(found: InterviewToday) -> dict[str, Any]:
    """Return an interview of today."""
    return {
        "application": found.application.slug,
        "company": found.application.company,
        "start": found.interview.start,
        "end": found.interview.end,
        "format": found.interview.format,
        "people": list(found.people),
        "without_address": list(found.without_address),
        "advice": list(found.advice),
    }


def application_list_json(listed: ApplicationList) -> dict[str, Any]:
    """Return every application with its last contact and next step."""
    return {
        "applications": [_application_line_json(line) for line in listed.lines],
        "broken": [error.sentence for error in listed.broken],
        "archived": list(listed.archived),
    }


def _application_line_json(line: ApplicationLine) -> dict[str, Any]:
    application, last, step = line.application, line.last_contact, line.next_step
    return {
        "slug": application.slug,
        "company": application.company,
        "role": application.role,
        "outcome": application.outcome.status,
        "last_contact_at": last.at if last else None,
        "next_step": step_json(step) if step else None,
        "paused": application.paused,
        "paused_until": application.paused_until,
        "snoozed_until": application.snoozed_until,
        "archived": application.archived,
        "matched": list(line.matched),
    }


def setup_json(found: Iterable[SetupCheck]) -> dict[str, Any]:
    """Return what was checked: ``severity`` is ``ok``, ``warning`` or ``fault``; ``state`` says it in older words."""
    checks = [
        {
            "what": check.what,
            "severity": check.severity,
            "state": ("doubtful" if check.doubtful else "ok") if check.ok else "not ok",
            "said": check.said,
            "fix": check.fix or None,
        }
        for check in found
    ]
    return {"ok": all(check["state"] != "not ok" for check in checks), "checks": checks}


def calendar_json(saved: SavedCalendar) -> dict[str, Any]:
    """Return what was written into a calendar file, event by event."""
    return {
        "file": saved.path,
        "count": len(saved.events),
        "events": [
            {
                "uid": revised.event.uid,
                "application": revised.event.application,
                "title": revised.event.title,
                "start_at": revised.event.start_at,
                "end_at": revised.event.end_at,
                "status": revised.event.status,
                "sequence": revised.sequence,
            }
            for revised in saved.events
        ],
        "broken": [error.sentence for error in saved.broken],
    }
