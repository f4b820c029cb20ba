"""The facts of one application on the screen."""

from __future__ import annotations

from followup_mail.cadence.set_aside import say_set_aside
from followup_mail.cli.terminal import screen
from followup_mail.facts.application import Application, Outcome, Person
from followup_mail.facts.plain_facts import as_json
from followup_mail.facts.terms import Status
from followup_mail.services.context.kept_promises import find_standings
from followup_mail.services.typed.kept_text import kept_path
from followup_mail.workspace import Workspace


def show_application(workspace: Workspace, slug: str, json: bool) -> None:
    """Print the facts of one application."""
    application = workspace.facts.load(slug)
    if json:
        screen.emit_json(as_json(application))
        return
    screen.out(screen.strong(f"{application.role} at {application.company}") + f"  ({application.slug})")
    for label, value in (*_facts(workspace, application), *_decisions(workspace, application)):
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
    screen.note(f"The file is {workspace.facts.path(slug)}")
    if (kept := kept_path(workspace, slug)).exists():
        screen.note(f"Your transcript or notes: {kept}")


def _facts(workspace: Workspace, application: Application) -> list[tuple[str, str]]:
    said = application.said
    rows = [
        ("Applied", f"{application.applied:%a %d %b %Y}" if application.applied else ""),
        ("Outcome", _say_outcome(application.outcome)),
        ("They decide by", f"{said.decision_by:%a %d %b %Y}" if said.decision_by else ""),
        ("Not before", f"{said.not_before:%a %d %b %Y}" if said.not_before else ""),
        ("They asked for", "no contact" if not said.contact else str(said.channel or "")),
        ("Calls", {True: "welcome", False: "not wanted", None: ""}[said.calls]),
        ("In their words", f'"{said.quote}"' if said.quote else ""),
        ("Why you fit", "; ".join(application.fit)),
        ("Not mentioned yet", "; ".join(application.not_mentioned)),
        ("Promised", "; ".join(f"{one.promise.what} ({one.said})" for one in find_standings(workspace, application))),
    ]
    return [(label, value) for label, value in rows if value]


def _say_outcome(outcome: Outcome) -> str:
    """Return the outcome with its day: of one that goes on, the day of their last answer."""
    if outcome.on is None:
        return str(outcome.status)
    day = f"{outcome.on:%a %d %b %Y}"
    goes_on = outcome.status is Status.WAITING
    return f"{outcome.status}; they last answered on {day}" if goes_on else f"{outcome.status} on {day}"


def _decisions(workspace: Workspace, application: Application) -> list[tuple[str, str]]:
    """Return what the user decided and noted."""
    aside = say_set_aside(application, workspace.now().date())
    snoozed = application.snoozed_until
    rows = [
        ("Now", aside),
        ("Not in `today` before", f"{snoozed:%a %d %b %Y}" if snoozed else ""),
        ("Skipped", "; ".join(application.skipped)),
        ("Your notes", _on_one_line(application.notes)),
    ]
    return [(label, value) for label, value in rows if value]


def _on_one_line(notes: str) -> str:
    """Return notes on one line, with a semicolon where a line ends in no sign of its own."""
    lines = [line.strip() for line in notes.split("\n") if line.strip()]
    ended = [line if line.endswith((".", ":", ";", ",", "!", "?")) else f"{line};" for line in lines[:-1]]
    return " ".join([*ended, *lines[-1:]])


def _show_person(person: Person) -> None:
    reach = ", ".join(one for one in (person.email, person.phone) if one) or screen.doubtful("no address")
    title = f", {person.title}" if person.title else ""
    screen.out(f"  {person.name}{title} ({person.role}): {reach}", "      ")
    for topic in person.discussed:
        screen.out(screen.wrap(f"talked about {topic}", "      "))
    if person.convinced:
        screen.out(screen.wrap(f"convinced you: {person.convinced}", "      "))
