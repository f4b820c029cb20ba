"""All applications on the screen, one line each."""

from __future__ import annotations

from datetime import UTC, datetime

from followup_mail.cadence.step import Step, StepState
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_plan import mark_of
from followup_mail.services.application_list import ApplicationLine, list_applications
from followup_mail.services.json_views import application_list_json
from followup_mail.workspace import Workspace


def list_and_show(workspace: Workspace, json: bool) -> None:
    """Print a line per application; files that cannot be read are named, and hide nothing."""
    listed = list_applications(workspace)
    if json:
        screen.emit_json(application_list_json(listed))
        return
    for error in listed.broken:
        screen.note(screen.bad(error.sentence))
    if not listed.lines and not listed.broken:
        screen.out("There are no applications yet. Write the first one down: followup-mail add")
        return
    in_order = sorted(listed.lines, key=lambda line: (not line.needs_user, _soonest(line)))
    if in_order:
        screen.table(("Application", "Company", "Outcome", "Last contact", "Next step"), map(_row, in_order))
    if any(line.needs_user for line in in_order):
        screen.note("`followup-mail today` says what needs you, and what to type.")


def _row(line: ApplicationLine) -> tuple[str, ...]:
    outcome = screen.bad("needs you") if line.needs_user else str(line.application.outcome.status)
    return line.application.slug, line.application.company, outcome, _last_contact(line), _say_step(line.next_step)


def _last_contact(line: ApplicationLine) -> str:
    if line.last_contact is None:
        return "none"
    on = line.last_contact.at.astimezone(line.context.now.tzinfo)  # the user's own day, not that of UTC
    return f"{line.last_contact.step.kind.traits.in_heading}, {on:%d %b}"


def _say_step(step: Step | None) -> str:
    if step is None:
        return "none"
    day = f"{step.moment:%a %d %b}" if step.moment else "no date"
    return f"{step.kind.traits.in_heading}, {day}" + (
        f" ({mark_of(step)[0].lower()})" if step.state is not StepState.UPCOMING else ""
    )


def _soonest(line: ApplicationLine) -> datetime:
    step = line.next_step
    return step.moment if step and step.moment else datetime.max.replace(tzinfo=UTC)
