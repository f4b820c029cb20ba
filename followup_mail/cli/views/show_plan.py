"""The plan as a timeline people like to read, and the plans of all methods side by side."""

from __future__ import annotations

from collections.abc import Callable

from followup_mail.cadence.entry_state import State
from followup_mail.cadence.step import Step, StepState
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_interviews import show_interviews
from followup_mail.services.as_json.json_overviews import interview_json
from followup_mail.services.as_json.json_views import plan_json
from followup_mail.services.context.application_context import open_application, read_moment_asked
from followup_mail.services.context.usable_methods import find_methods
from followup_mail.services.overview.interview_day import find_interviews_today
from followup_mail.services.queueing.late_mails import find_overdue
from followup_mail.services.queueing.release_resumed import release_resumed
from followup_mail.workspace import Workspace

_MARKS: dict[StepState, tuple[str, Callable[[str], str]]] = {
    StepState.DONE: ("done", screen.good),
    StepState.QUEUED: ("queued", screen.good),
    StepState.DUE: ("DUE", screen.doubtful),
    StepState.UPCOMING: ("then", str),
    StepState.BLOCKED: ("BLOCKED", screen.bad),
    StepState.SKIPPED: ("skipped", screen.dim),
    StepState.MISSED: ("MISSED", screen.bad),
}


def show_plan(workspace: Workspace, slug: str, cadence: str, at: str, json: bool) -> None:
    """Print the plan of one application, as of now or another moment."""
    release_resumed(workspace)
    context = open_application(workspace, slug, cadence, read_moment_asked(workspace, at))
    interviews = find_interviews_today(context.application, context.now)
    if json:
        today = [interview_json(found) for found in interviews]
        screen.emit_json({**plan_json(context.plan), "interviews_today": today})
        return
    application = context.application
    screen.out(screen.strong(f"{application.role} at {application.company}") + f"  (method: {context.plan.cadence})")
    for sentence in context.plan.notes:
        screen.out(screen.wrap(sentence))
    show_interviews(interviews)
    if not context.plan.steps:
        screen.out("Nothing to follow up on yet: add the interview, or the day you applied, with `followup-mail edit`.")
    overdue = frozenset() if at else frozenset(entry.step for entry in find_overdue(workspace))
    for step in context.plan.steps:
        screen.out()
        _show_step(step, is_late=step.id in overdue)


def show_comparison(workspace: Workspace, slug: str, at: str, json: bool) -> None:
    """Print what every method would do, side by side."""
    now = read_moment_asked(workspace, at)
    methods, broken = find_methods(workspace)
    plans = {method.name: open_application(workspace, slug, method.name, now).plan for method in methods}
    if json:
        screen.emit_json({name: plan_json(plan) for name, plan in plans.items()})
        return
    rows: list[tuple[str, ...]] = [
        (name, _day(step), step.kind.traits.in_heading, step.way.traits.label, _to(step), mark_of(step)[0])
        for name, plan in plans.items()
        for step in plan.steps
    ]
    screen.table(("Method", "When", "What", "How", "To", ""), _once_per_method(rows))
    for one in broken:
        screen.note(screen.bad(one.sentence))
    screen.note(
        '`followup-mail plan APP --cadence NAME` gives the reasons; `cadence = "NAME"` in the facts chooses one.'
    )


def mark_of(step: Step) -> tuple[str, Callable[[str], str]]:
    """Return the word for where a step stands, and how to colour it: not "queued" when its entry is unclear."""
    word, colour = _MARKS[step.state]
    if step.stays:
        return word, screen.dim
    if step.standing != step.state:
        return step.standing, screen.bad if step.entry_state == State.UNCLEAR else screen.doubtful
    return word, colour


def _show_step(step: Step, *, is_late: bool) -> None:
    word, colour = ("late", screen.doubtful) if is_late else mark_of(step)
    via = f", passed on by {step.via.name}" if step.via else ""
    what = f"{step.kind.traits.in_heading} by {step.way.traits.label} to {_to(step)}{via}"
    when = "does not leave" if step.stays else _moment(step)
    screen.out(f"{colour(f'{word:<8}')} {screen.strong(when)}")
    screen.out(screen.wrap(what, "         "))
    if step.stays:
        screen.out(screen.doubtful(screen.wrap(step.note, "         ")))
        return
    late = "it should have left by now; `followup-mail run` sends what is due" if is_late else ""
    for sentence in (step.reason, step.note, step.promise, late):
        if sentence:
            screen.out(screen.wrap(sentence, "         "))
    if step.objection and step.state is StepState.QUEUED:
        screen.out(screen.doubtful(screen.wrap(f"speaks against it: {step.objection}", "         ")))


def _moment(step: Step) -> str:
    if step.moment is None:
        return "no date yet"
    zone = getattr(step.moment.tzinfo, "key", "UTC").rsplit("/", 1)[-1].replace("_", " ")
    return f"{step.moment:%a} {step.moment.day} {step.moment:%b}, {step.moment:%H:%M} in {zone}"


def _day(step: Step) -> str:
    return f"{step.moment:%a} {step.moment.day} {step.moment:%b %H:%M}" if step.moment else ""


def _to(step: Step) -> str:
    return step.person.name if step.person else "nobody known yet"


def _once_per_method(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    before = ["", *(row[0] for row in rows)]
    return [("", *row[1:]) if row[0] == last else row for last, row in zip(before, rows, strict=False)]
