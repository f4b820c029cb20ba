"""The plans of one application or of all as a calendar file, and the ledger that remembers what was exported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from followup_mail.cadence.entry_state import State
from followup_mail.cadence.set_aside import say_set_aside
from followup_mail.cadence.step import Step, StepState
from followup_mail.calendar.event import Event
from followup_mail.calendar.ics import write_calendar
from followup_mail.calendar.interview_events import make_interview_events
from followup_mail.calendar.ledger import parse_ledger, refuse, write_ledger
from followup_mail.calendar.revisions import (
    Export,
    Ledger,
    RevisedEvent,
    forget_application,
    rename_application,
    revise,
)
from followup_mail.calendar.step_events import Words, make_step_event
from followup_mail.errors import FollowupError, OutboxError, RefusedError
from followup_mail.facts.atomic_files import alone_in, make_folder, said_plainly, write_over
from followup_mail.services.by_hand.scripts import script_for
from followup_mail.services.context.application_context import ApplicationContext, open_loaded
from followup_mail.services.typed.user_files import write_user_file
from followup_mail.workspace import Workspace

LEDGER_NAME = "calendar.json"
_STILL_TO_DO = frozenset({StepState.DUE, StepState.UPCOMING, StepState.BLOCKED})


class SavedCalendar(Struct, frozen=True):
    """A calendar file that was written."""

    path: Path
    events: tuple[RevisedEvent, ...]
    broken: tuple[FollowupError, ...] = ()
    """What kept applications out of a calendar of all: what was exported of them before is left alone."""


class _Gathered(Struct, frozen=True):
    events: tuple[Event, ...]
    broken: tuple[FollowupError, ...] = ()
    left_alone: frozenset[str] = frozenset()


def make_calendar(workspace: Workspace, slug: str) -> tuple[bytes, int]:
    """Return the file for one application, or for all when ``slug`` is empty, and how many events it holds.

    An application that cannot be read hides no other in a calendar of all. Raises ``FactsFileError`` for one that is
    asked for alone, and ``RefusedError`` when there is nothing to show, or the ledger is damaged.
    """
    content, revised, _ = _export(workspace, slug)
    return content, len(revised)


def save_calendar(workspace: Workspace, slug: str, path: Path) -> SavedCalendar:
    """Write the calendar file of one application, or of all when ``slug`` is empty; return what it holds."""
    content, revised, broken = _export(workspace, slug)
    write_user_file(path, content)
    return SavedCalendar(path, revised, broken)


def _export(workspace: Workspace, slug: str) -> tuple[bytes, tuple[RevisedEvent, ...], tuple[FollowupError, ...]]:
    now = workspace.now()
    found = _gather_one(workspace, slug) if slug else _gather_all(workspace)
    with _ledger_alone(workspace) as ledger:
        revised, kept = revise(Export(found.events, now, slug, found.left_alone), ledger)
        if not revised:
            raise found.broken[0] if found.broken else _nothing_to_show(slug)
        content = write_calendar(revised, now)
        _keep(workspace, ledger, kept)
    return content, revised, found.broken


def forget_calendar(workspace: Workspace, slug: str) -> None:
    """Remove from the ledger what tells about an application; the next export of all calls its events off."""
    if not _path(workspace).exists():
        return
    with _ledger_alone(workspace) as ledger:
        left, path = forget_application(ledger, slug), _path(workspace)
        if left != ledger:
            workspace.journal.note_file(path, path.read_bytes(), write_ledger(left).encode(), slug)
        _keep(workspace, ledger, left)


def rename_in_calendar(workspace: Workspace, slug: str, new: str) -> None:
    """Let what was exported under one short name count for another; the next export calls the former events off."""
    if not _path(workspace).exists():
        return
    with _ledger_alone(workspace) as ledger:
        _keep(workspace, ledger, rename_application(ledger, slug, new))


def _nothing_to_show(slug: str) -> RefusedError:
    """Return the error for a calendar without events, which no program would open."""
    return RefusedError(
        "There is nothing to put into a calendar: no interview, and no follow-up that is planned or done.",
        fix=f"`followup-mail plan {slug}` gives the reasons." if slug else "Begin with: followup-mail add",
    )


def _gather_one(workspace: Workspace, slug: str) -> _Gathered:
    context = open_loaded(workspace, workspace.facts.load(slug), now=workspace.now())
    return _Gathered(tuple(_make_events(workspace, context)))


def _gather_all(workspace: Workspace) -> _Gathered:
    """Return the events of every application that can be read, and what is wrong with the others."""
    now = workspace.now()
    applications, unreadable = workspace.facts.load_all()
    broken: dict[str, FollowupError] = {error.sentence: error for error in unreadable}
    events: list[Event] = []
    left_alone = set(workspace.facts.slugs()) - {application.slug for application in applications}
    for application in applications:
        try:
            events += _make_events(workspace, open_loaded(workspace, application, now=now))
        except OutboxError:
            raise
        except FollowupError as error:
            broken.setdefault(error.sentence, error)
            left_alone.add(application.slug)
    return _Gathered(tuple(events), tuple(broken.values()), frozenset(left_alone))


def _make_events(workspace: Workspace, context: ApplicationContext) -> Iterator[Event]:
    yield from make_interview_events(context.application, context.cadence.ask)
    for step in context.plan.steps:
        if _is_set_aside(context, step):
            continue  # nothing is proposed or sent; what was exported before is called off
        event = make_step_event(context.application, step, _words(workspace, context, step))
        if event:
            yield event


def _is_set_aside(context: ApplicationContext, step: Step) -> bool:
    """Return whether a step rests with its application; what is queued for a day after that goes on."""
    if step.state in _STILL_TO_DO:
        return bool(say_set_aside(context.application, context.now.date()))
    if step.standing != State.QUEUED or step.moment is None:
        return False
    return bool(say_set_aside(context.application, step.moment.date()))


def _words(workspace: Workspace, context: ApplicationContext, step: Step) -> Words:
    """Write the script of a step; what stands in the way becomes part of the event."""
    if step.channel.traits.is_sent or step.moment is None or step.state not in _STILL_TO_DO:
        return Words()
    try:
        return Words(script_for(workspace, context, step).parts)
    except FollowupError as error:
        # A calendar travels: it must not tell where things lie on this machine.
        said = error.in_full.replace(str(workspace.home), "the followup-mail folder")
        return Words(missing=said)


@contextmanager
def _ledger_alone(workspace: Workspace) -> Iterator[Ledger]:
    """Yield the ledger, with other processes kept from it until it is written again."""
    make_folder(workspace.home, workspace.home)
    with said_plainly(workspace.home / ".lock", "opened"), alone_in(workspace.home):
        yield _read(_path(workspace))


def _read(path: Path) -> Ledger:
    with said_plainly(path, "read"):
        try:
            return parse_ledger(path.read_text("utf-8"), path)
        except FileNotFoundError:
            return Ledger()
        except UnicodeDecodeError:
            raise refuse(path, "it is not text") from None


def _keep(workspace: Workspace, before: Ledger, after: Ledger) -> None:
    if after != before:
        with said_plainly(_path(workspace), "written"):
            write_over(_path(workspace), write_ledger(after))


def _path(workspace: Workspace) -> Path:
    return workspace.home / LEDGER_NAME


__all__ = ["SavedCalendar", "forget_calendar", "make_calendar", "rename_in_calendar", "save_calendar"]
