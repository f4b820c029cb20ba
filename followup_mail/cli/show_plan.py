"""The plan as a timeline people like to read; methods side by side; what was done by hand; a calendar file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from followup_mail.cadence.step import Plan, Step, StepState
from followup_mail.cli import screen
from followup_mail.cli.save_mail import write_file
from followup_mail.cli.show_mail import KIND_NAMES
from followup_mail.errors import RefusedError, WhenError
from followup_mail.facts.model import Channel
from followup_mail.road.case import open_case
from followup_mail.road.log import Done, log_touch
from followup_mail.wiring import House

_CHANNELS = {Channel.EMAIL: "mail", Channel.PHONE: "call", Channel.POST: "letter", Channel.LINKEDIN: "LinkedIn"}
_MARKS: dict[StepState, tuple[str, Callable[[str], str]]] = {
    StepState.DONE: ("done", screen.good),
    StepState.QUEUED: ("queued", screen.good),
    StepState.DUE: ("DUE", screen.doubtful),
    StepState.UPCOMING: ("then", str),
    StepState.BLOCKED: ("BLOCKED", screen.bad),
    StepState.SKIPPED: ("skipped", screen.dim),
    StepState.MISSED: ("MISSED", screen.bad),
}


def show_plan(house: House, slug: str, cadence: str, at: str, json: bool) -> None:
    """Print the plan of one application, as of now or another moment."""
    case = open_case(house, slug, cadence, read_moment(house, at))
    if json:
        screen.emit_json(plan_json(case.plan))
        return
    application = case.application
    screen.out(screen.strong(f"{application.role} at {application.company}") + f"  (method: {case.plan.cadence})")
    for sentence in case.plan.notes:
        screen.out(screen.wrap(sentence))
    if not case.plan.steps:
        screen.out("Nothing to follow up on yet: add the interview, or the day you applied, with `followup-mail edit`.")
    for step in case.plan.steps:
        screen.out()
        _show_step(step)


def show_comparison(house: House, slug: str, at: str, json: bool) -> None:
    """Print what every method would do, side by side."""
    now = read_moment(house, at)
    plans = {name: open_case(house, slug, name, now).plan for name in house.cadence_names()}
    if json:
        screen.emit_json({name: plan_json(plan) for name, plan in plans.items()})
        return
    rows: list[tuple[str, ...]] = [
        (name, _day(step), KIND_NAMES[step.kind], _CHANNELS[step.channel], _to(step), _MARKS[step.state][0])
        for name, plan in plans.items()
        for step in plan.steps
    ]
    screen.table(("Method", "When", "What", "How", "To", ""), _once_per_method(rows))
    screen.note(
        '`followup-mail plan APP --cadence NAME` gives the reasons; `cadence = "NAME"` in the facts chooses one.'
    )


def log_and_show(house: House, done: Done, json: bool) -> None:
    """Record something the user did, and say what it was taken for."""
    touch = log_touch(house, done)
    if json:
        screen.emit_json(touch)
        return
    how = _CHANNELS[touch.channel] if touch.reached else f"{_CHANNELS[touch.channel]} that reached nobody"
    screen.out(f"Recorded: {how} to {touch.step.person or 'them'}, as {touch.step.kind} of round {touch.step.round}.")
    screen.note(f"`followup-mail plan {touch.step.application}` shows what comes next.")


def write_calendar(house: House, what: str, file: Path | None, every: bool) -> None:
    """Write the calendar file of one application or of all."""
    from followup_mail.road.calendars import make_calendar

    slug, path = ("", Path(what)) if every and what and file is None else (what, file)
    if path is None or bool(slug) == every:
        raise RefusedError(
            "Say which application and which file, or --all and a file.", fix="e.g. calendar APP plan.ics"
        )
    content, count = make_calendar(house, slug)
    write_file(path, content)
    screen.out(f"Wrote {count} {'event' if count == 1 else 'events'} to {path}")


def list_methods(house: House, json: bool) -> None:
    """Print every method with its source."""
    methods = [house.cadence(name) for name in house.cadence_names()]
    if json:
        screen.emit_json([{"name": m.name, "title": m.title, "source": m.source, "about": m.about} for m in methods])
        return
    for method in methods:
        default = "  (your default)" if method.name == house.settings.cadence else ""
        screen.out(screen.strong(method.name) + default)
        screen.out(screen.wrap(method.about, "    "))
        screen.out(screen.dim(screen.wrap(f"From: {method.source}", "    ")))


def show_method(house: House, name: str, json: bool) -> None:
    """Print one method in full."""
    method = house.cadence(name)
    if json:
        screen.emit_json(method)
        return
    screen.out(screen.strong(f"{method.name}: {method.title}"))
    screen.out(screen.wrap(f"From: {method.source}"))
    screen.out(screen.wrap(method.about))
    screen.out()
    rows = [(KIND_NAMES[m.kind], _CHANNELS[m.channel], str(m.audience), _span(m), m.say) for m in method.moves]
    screen.table(("What", "How", "To", "When", "Says"), rows)
    screen.out()
    contacts = f"{method.limit.contacts} contacts" if method.limit.contacts else f"{method.limit.calls_reached} calls"
    screen.out(f"Between two follow-ups: {method.interval}. Limit: {contacts} per person. Calls: {method.calls}.")
    for title, items in (("Ask at the interview", method.ask), ("Never", method.never)):
        if items:
            screen.out(f"{title}:")
            for item in items:
                screen.out(screen.wrap(f"- {item}", "  "))


def read_moment(house: House, at: str) -> datetime | None:
    """Read ``--at``: a day means its beginning. None when it was not given."""
    if not at:
        return None
    from followup_mail.facts.moments import place_in_zone, read_moment

    text = f"{at} 00:00" if len(at) == 10 else at
    try:
        moment = read_moment(text)
        assert isinstance(moment, datetime)
        return place_in_zone(moment, house.own_zone)
    except ValueError as error:
        raise WhenError(f"--at: {error}.") from None


def plan_json(plan: Plan) -> dict[str, Any]:
    """Return a plan for ``--json``."""
    return {
        "application": plan.application,
        "cadence": plan.cadence,
        "notes": plan.notes,
        "steps": [step_json(step) for step in plan.steps],
    }


def step_json(step: Step) -> dict[str, Any]:
    """Return a step for ``--json``."""
    return {
        "id": str(step.id),
        "kind": step.kind,
        "round": step.id.round,
        "channel": step.channel,
        "person": step.person.name if step.person else None,
        "via": step.via.name if step.via else None,
        "state": step.state,
        "due_at": step.due_at,
        "last_at": step.last_at,
        "at": step.at,
        "reason": step.reason,
        "note": step.note,
        "needs": step.needs,
        "objection": step.objection,
    }


def _show_step(step: Step) -> None:
    word, colour = _MARKS[step.state]
    via = f", passed on by {step.via.name}" if step.via else ""
    what = f"{KIND_NAMES[step.kind]} by {_CHANNELS[step.channel]} to {_to(step)}{via}"
    screen.out(f"{colour(f'{word:<8}')} {screen.strong(_moment(step))}")
    screen.out(screen.wrap(what, "         "))
    for sentence in (step.reason, step.note):
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


def _span(move: Any) -> str:
    return str(move.timing)


def _once_per_method(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    before = ["", *(row[0] for row in rows)]
    return [("", *row[1:]) if row[0] == last else row for last, row in zip(before, rows, strict=False)]
