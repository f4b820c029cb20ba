"""Applications on the screen: one line each, or one in full."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from followup_mail.cadence.step import Step, StepState
from followup_mail.cli import screen
from followup_mail.cli.show_mail import KIND_NAMES
from followup_mail.facts.model import Application, Person
from followup_mail.outbox.entry import OPEN
from followup_mail.road.case import Case, open_all
from followup_mail.wiring import House


def list_and_show(house: House, json: bool) -> None:
    """Print a line per application; files that cannot be read are named, and hide nothing."""
    cases, broken = open_all(house)
    if json:
        screen.emit_json({"applications": [_line_json(case) for case in cases], "broken": [e.sentence for e in broken]})
        return
    for error in broken:
        screen.note(screen.bad(error.sentence))
    if not cases and not broken:
        screen.out("There are no applications yet. Write the first one down: followup-mail add")
        return
    needs = {e.step.application for e in house.store.entries(states=OPEN) if e.needs_user} if house.has_store else set()
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


def show_application(house: House, slug: str, json: bool) -> None:
    """Print the facts of one application."""
    application = house.facts.load(slug)
    if json:
        screen.emit_json(application.model_dump(mode="json"))
        return
    screen.out(screen.strong(f"{application.role} at {application.company}") + f"  ({application.slug})")
    for label, value in _facts(application):
        screen.out(f"  {label}: {value}", "      ")
    for person in application.contacts:
        _show_person(person)
    for interview in application.interviews:
        screen.out()
        screen.out(
            f"Round {interview.round}: {interview.start:%a %d %b %Y, %H:%M} to {interview.end:%H:%M} "
            f"{interview.time_zone} ({interview.format})"
        )
        for person in interview.people:
            _show_person(person)
    screen.out()
    screen.note(f"The file is {house.facts.path(slug)}")


def next_step(case: Case) -> Step | None:
    """Return the step that comes next: due before upcoming before blocked."""
    order = (StepState.DUE, StepState.QUEUED, StepState.UPCOMING, StepState.BLOCKED)
    return next((step for state in order for step in case.plan.steps if step.state is state), None)


def _facts(application: Application) -> list[tuple[str, str]]:
    said = application.said
    rows = [
        ("Applied", f"{application.applied:%a %d %b %Y}" if application.applied else ""),
        (
            "Outcome",
            f"{application.outcome.status}" + (f" on {application.outcome.on}" if application.outcome.on else ""),
        ),
        ("They decide by", f"{said.decision_by:%a %d %b %Y}" if said.decision_by else ""),
        ("Not before", f"{said.not_before:%a %d %b %Y}" if said.not_before else ""),
        ("They asked for", "no contact" if not said.contact else str(said.channel or "")),
        ("Calls", {True: "welcome", False: "not wanted", None: ""}[said.calls]),
        ("In their words", f'"{said.quote}"' if said.quote else ""),
        ("Why you fit", "; ".join(application.fit)),
        ("Not mentioned yet", "; ".join(application.not_mentioned)),
        ("Promised", "; ".join(f"{p.what} ({p.file or 'no file yet'})" for p in application.promised)),
    ]
    return [(label, value) for label, value in rows if value]


def _show_person(person: Person) -> None:
    reach = ", ".join(one for one in (person.email, person.phone) if one) or screen.doubtful("no address")
    title = f", {person.title}" if person.title else ""
    screen.out(f"  {person.name}{title} ({person.role}): {reach}", "      ")
    for topic in person.discussed:
        screen.out(screen.wrap(f"talked about {topic}", "      "))
    if person.convinced:
        screen.out(screen.wrap(f"convinced you: {person.convinced}", "      "))


def _last_touch(case: Case) -> str:
    last = max(case.history.touches, key=lambda touch: touch.at, default=None)
    if last is None:
        return "none"
    on = last.at.astimezone(case.now.tzinfo)  # the user's own day, not that of UTC
    return f"{KIND_NAMES[last.step.kind]}, {on:%d %b}" + (" (in folder)" if last.in_folder else "")


def _say_step(step: Step | None) -> str:
    if step is None:
        return "none"
    day = f"{step.moment:%a %d %b}" if step.moment else "no date"
    return f"{KIND_NAMES[step.kind]}, {day}" + (f" ({step.state})" if step.state is not StepState.UPCOMING else "")


def _soonest(case: Case) -> datetime:
    step = next_step(case)
    return step.moment if step and step.moment else datetime.max.replace(tzinfo=UTC)


def _line_json(case: Case) -> dict[str, Any]:
    from followup_mail.cli.show_plan import step_json

    step = next_step(case)
    last = max(case.history.touches, key=lambda touch: touch.at, default=None)
    return {
        "slug": case.application.slug,
        "company": case.application.company,
        "role": case.application.role,
        "outcome": case.application.outcome.status,
        "last_contact_at": last.at if last else None,
        "last_contact_in_folder": last.in_folder if last else None,
        "next_step": step_json(step) if step else None,
    }
