"""All applications, one plan, and today, for an assistant: how things stand, and nothing of what others wrote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from followup_mail.cadence.step import Step
from followup_mail.incoming.understood import Understanding
from followup_mail.outbox.entry import Entry
from followup_mail.outbox.seen_mail import SeenMail
from followup_mail.proposals.kept import KeptProposals
from followup_mail.services.assistants.telling import Told
from followup_mail.services.context.application_context import open_application
from followup_mail.services.overview.application_list import ApplicationLine, list_applications
from followup_mail.services.overview.due_steps import DueStep
from followup_mail.services.overview.interview_day import InterviewToday
from followup_mail.services.overview.today import Today, look_at_today
from followup_mail.workspace import Workspace

_CAME: Final = {
    Understanding.ANSWER: "they answered",
    Understanding.AUTOMATIC: "an automatic reply came",
    Understanding.RETURNED: "a mail came back",
    Understanding.BY_HAND: "the user wrote to them from a mail program",
}


def tell_applications(workspace: Workspace) -> Told:
    """Return a line for each application. Raises ``SettingsError``, ``OutboxError``."""
    listed = list_applications(workspace)
    quoted = {
        "applications": [_line(line) for line in listed.lines],
        "archived": listed.archived,
        "cannot_be_read": [error.sentence for error in listed.broken],
    }
    says = () if listed.lines else ("No application is written down yet. propose_application proposes the first.",)
    return Told(quoted, says)


def _line(line: ApplicationLine) -> dict[str, object]:
    application, last, step = line.application, line.last_contact, line.next_step
    return {
        "short_name": application.slug,
        "company": application.company,
        "job": application.role,
        "outcome": application.outcome.status,
        "last_contact": {"what": last.step.kind, "at": last.at} if last else None,
        "next": _step(step) if step else None,
        "the_user_has_to_decide": line.needs_user or None,
    }


def tell_plan(workspace: Workspace, slug: str) -> Told:
    """Return every step of an application's plan. Raises ``NotFoundError``, ``FactsFileError``, ``OutboxError``."""
    plan = open_application(workspace, slug).plan
    quoted = {"application": slug, "method": plan.cadence, "steps": list(map(_step, plan.steps)), "notes": plan.notes}
    return Told(quoted, ("A mail can be proposed for steps that are due, upcoming or blocked.",))


def _step(step: Step) -> dict[str, object]:
    return {
        "step": str(step.id),
        "what": step.kind,
        "to": step.person.name if step.person else None,
        "through": step.via.name if step.via else None,
        "by": step.way,
        "state": step.standing,
        "at": step.moment,
        "not_after": step.last_at,
        "because": step.reason,
        "note": step.note,
        "facts_missing": step.needs,
        "promise_open": step.promise,
        "speaks_against_it": step.objection,
    }


def tell_today(workspace: Workspace) -> Told:
    """Return what is due and what waits for the user. Raises ``SettingsError``, ``OutboxError``."""
    today = look_at_today(workspace)
    waiting = KeptProposals(workspace.home).waiting()
    quoted = {
        "now": workspace.now(),
        "interviews_today": [_interview(found) for found in today.interviews],
        "due": [_due(due) for due in today.due],
        "coming_within_days": [_due(due) for due in today.soon],
        "facts_missing": today.to_ask,
        "the_user_has_to_decide": _entries(today, today.undecided),
        "late": _entries(today, today.late),
        "in_the_drafts_folder": _entries(today, today.in_drafts),
        "came_in": [told for seen in today.mail if (told := _seen(today, seen))],
        "they_wait_for_an_answer": [one.company for one in today.replied],
        "hidden": dict(today.hidden),
        "cannot_be_read": [error.sentence for error in today.broken],
        "proposals_that_wait_for_the_user": [proposal.number for proposal in waiting],
    }
    return Told(quoted, ("Nothing is due and nothing waits.",) if today.is_quiet and not waiting else ())


def _interview(found: InterviewToday) -> dict[str, object]:
    return {"what": found.headline, "address_not_known_of": found.without_address, "ask_before_leaving": found.advice}


def _due(due: DueStep) -> dict[str, object]:
    return {"company": due.application.company, **_step(due.step)}


def _entries(today: Today, entries: Iterable[Entry]) -> list[dict[str, object]]:
    """Return mails of the outbox, without what a mail server said about them."""
    return [
        {
            "company": today.companies.get(entry.step.application, entry.step.application),
            "what": entry.step.kind,
            "to": entry.message.to.name,
            "state": "held" if entry.held else entry.state,
            "at": entry.ready_at,
        }
        for entry in entries
    ]


def _seen(today: Today, seen: SeenMail) -> dict[str, object] | None:
    """Return that something came and when: nothing of who wrote it or what it says."""
    what, at = _CAME.get(seen.mail.understanding), seen.came_at
    about = [today.companies.get(slug, slug) for slug in seen.mail.applications]
    return {"company": about, "what": what, "on": at.date()} if what else None
