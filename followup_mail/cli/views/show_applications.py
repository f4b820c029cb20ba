"""All applications on the screen, one line each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from followup_mail.cadence.entry_state import State
from followup_mail.cadence.step import Step, StepState
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_plan import mark_of, step_json
from followup_mail.outbox.entry import OPEN
from followup_mail.services.application_context import ApplicationContext, open_all
from followup_mail.workspace import Workspace


def list_and_show(workspace: Workspace, json: bool) -> None:
    """Print a line per application; files that cannot be read are named, and hide nothing."""
    cases, broken = open_all(workspace)
    if json:
        screen.emit_json({"applications": [_line_json(case) for case in cases], "broken": [e.sentence for e in broken]})
        return
    for error in broken:
        screen.note(screen.bad(error.sentence))
    if not cases and not broken:
        screen.out("There are no applications yet. Write the first one down: followup-mail add")
        return
    needs = (
        {e.step.application for e in workspace.store.entries(states=OPEN) if e.needs_user}
        if workspace.has_store
        else set()
    )
    rows = [
        (
            case.application.slug,
            case.application.company,
            screen.bad("needs you") if case.application.slug in needs else str(case.application.outcome.status),
            _last_touch(case),
            _say_step(next_step(case)),
        )
        for case in sorted(cases, key=lambda one: (one.application.slug not in needs, _soonest(one)))
    ]
    if rows:
        screen.table(("Application", "Company", "Outcome", "Last contact", "Next step"), rows)
    if needs:
        screen.note("`followup-mail today` says what needs you, and what to type.")


def next_step(case: ApplicationContext) -> Step | None:
    """Return the step that comes next: one whose mail is unclear, then due before queued, upcoming and blocked."""
    order = (StepState.DUE, StepState.QUEUED, StepState.UPCOMING, StepState.BLOCKED)
    unclear = (step for step in case.plan.steps if step.entry_state == State.UNCLEAR)
    return next(unclear, None) or next(
        (step for state in order for step in case.plan.steps if step.state is state), None
    )


def _last_touch(case: ApplicationContext) -> str:
    last = max(case.history.touches, key=lambda touch: touch.at, default=None)
    if last is None:
        return "none"
    on = last.at.astimezone(case.now.tzinfo)  # the user's own day, not that of UTC
    return f"{last.step.kind.traits.in_heading}, {on:%d %b}"


def _say_step(step: Step | None) -> str:
    if step is None:
        return "none"
    day = f"{step.moment:%a %d %b}" if step.moment else "no date"
    return f"{step.kind.traits.in_heading}, {day}" + (
        f" ({mark_of(step)[0].lower()})" if step.state is not StepState.UPCOMING else ""
    )


def _soonest(case: ApplicationContext) -> datetime:
    step = next_step(case)
    return step.moment if step and step.moment else datetime.max.replace(tzinfo=UTC)


def _line_json(case: ApplicationContext) -> dict[str, Any]:
    step = next_step(case)
    last = max(case.history.touches, key=lambda touch: touch.at, default=None)
    return {
        "slug": case.application.slug,
        "company": case.application.company,
        "role": case.application.role,
        "outcome": case.application.outcome.status,
        "last_contact_at": last.at if last else None,
        "next_step": step_json(step) if step else None,
    }
