"""The last steps that changed something: what taking one back does, and the button for it; the same to do one again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from starlette.responses import Response

from followup_mail.errors import FollowupError, NotFoundError
from followup_mail.facts.application import Application
from followup_mail.services.queueing.carried_through import Outdated, find_outdated, read_before
from followup_mail.services.undo.undo_files import find_conflicts
from followup_mail.services.undo.undo_step import StepBack, list_steps, look_back, take_step_back
from followup_mail.services.undo.undo_words import say_what
from followup_mail.web.frame.asked import Asked, read_number
from followup_mail.web.frame.shown import entry_version, facts_version
from followup_mail.workspace import Workspace


class StepShown(Struct, frozen=True):
    """A step as a page shows it."""

    back: StepBack
    at: datetime
    lines: tuple[str, ...]
    conflicts: FollowupError | None
    """What was changed by hand since, where it would be lost."""
    version: str

    @property
    def keeps_edits(self) -> bool:
        return any(file.keeps_edits for file in self.back.files)

    @property
    def is_in_vain(self) -> bool:
        """Whether nothing would change by it."""
        return not self.conflicts and not self.back.has_effect


def show_undo(asked: Asked) -> Response:
    """Show the last steps, and what taking back one of them does: the one asked for, else the latest."""
    with asked.open() as workspace:
        again = bool(asked.query.get("again"))
        if number := read_number(asked.query.get("step")):
            return _page(asked, workspace, _show(workspace, look_back(workspace, number, again=again)), is_chosen=True)
        return _page(asked, workspace, _find(workspace, again=False), redo=_find(workspace, again=True))


def take_back(asked: Asked) -> Response:
    """Take a step back, or do it again; where that meets what was typed since, show it and ask first."""
    with asked.open() as workspace:
        number = read_number(asked.form.get("step"))
        found = _show(workspace, look_back(workspace, number or None, again=bool(asked.form.get("again"))))
        if found.is_in_vain or _must_be_read(asked, found):
            changed = "shown" in asked.form and asked.form.get("shown") != found.version
            return _page(asked, workspace, found, 409, is_chosen=True, changed=changed)
        before = read_before(workspace, (file.path.stem for file in found.back.files if file.is_facts))
        done = take_step_back(workspace, found.back, even_changed=bool(found.conflicts))
        slugs = [file.path.stem for file in done.files if file.is_facts and file.change.after is not None]
        outdated = (find_outdated_quietly(workspace, slug, before.get(slug)) for slug in slugs)
        return asked.go(
            "/undo",
            "deciding.taken_back",
            step=done,
            lines=tuple(dict.fromkeys((*found.lines, *say_what(workspace, done)))),
            slugs=slugs,
            outdated=tuple(waiting for found_here in outdated for waiting in found_here),
        )


def find_outdated_quietly(workspace: Workspace, slug: str, before: Application | None = None) -> tuple[Outdated, ...]:
    """Return the mails that wait and would read differently now; none where they cannot be compared."""
    try:
        return find_outdated(workspace, slug, before)
    except FollowupError:
        return ()


def _must_be_read(asked: Asked, found: StepShown) -> bool:
    """Return whether the page of a step has to be shown first: what it says now was not what the form was made from."""
    is_read = asked.form.get("shown") == found.version
    if found.conflicts:
        return not (is_read and asked.form.get("force"))
    return not is_read and (found.keeps_edits or "shown" in asked.form)


def _find(workspace: Workspace, *, again: bool) -> StepShown | None:
    try:
        return _show(workspace, look_back(workspace, again=again))
    except NotFoundError:
        return None


def _show(workspace: Workspace, back: StepBack) -> StepShown:
    lines, at = tuple(say_what(workspace, back)), back.operation.at.astimezone(workspace.own_zone)
    return StepShown(back, at, lines, find_conflicts(back.files), facts_version(repr(tuple(_standing(back)))))


def _standing(back: StepBack) -> Iterator[object]:
    """Yield all that decides what taking it back does."""
    yield back.operation.number, back.again, back.operation.undone_at
    yield from (file.now for file in back.files)
    yield from (entry_version(entry.was) for entry in back.entries)


def _page(asked: Asked, workspace: Workspace, found: StepShown | None, status: int = 200, **more: object) -> Response:
    values = {"is_chosen": False, "changed": False, "redo": None, **more}
    steps, slugs = list_steps(workspace), frozenset(workspace.facts.slugs())
    zone = workspace.own_zone
    return asked.page("deciding/undo.html", status, found=found, steps=steps, slugs=slugs, zone=zone, **values)
