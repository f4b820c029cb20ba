"""Steps on the screen: which there were, and what taking one back does, before and after."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_entries import HANG
from followup_mail.cli.views.show_outdated import carry_through
from followup_mail.errors import ExitCode, RefusedError
from followup_mail.services.as_json.json_undo import step_json, steps_json
from followup_mail.services.queueing.carried_through import read_before
from followup_mail.services.undo.undo_step import (
    StepBack,
    finish_interrupted,
    list_steps,
    look_back,
    refuse_second,
    say_age,
    take_step_back,
)
from followup_mail.services.undo.undo_summary import name_changed
from followup_mail.services.undo.undo_words import refuse_in_vain, say_what
from followup_mail.undo.operation import Operation
from followup_mail.workspace import Workspace


class UndoWish(Struct, frozen=True):
    """What the user asks for."""

    step: int | None
    redo: bool
    force: bool
    yes: bool
    since: datetime | None = None
    """When it was typed; None: that does not matter."""


def tidy_and_say(workspace: Workspace) -> None:
    """Delete steps whose time is over, and complete what a program that died had begun to take back."""
    workspace.journal.purge()
    if finished := finish_interrupted(workspace):
        screen.note(f"An interrupted undo of `{finished.operation.command}` was completed.")
        for line in say_what(workspace, finished):
            screen.note(f"    {line}")


def list_and_show_steps(workspace: Workspace, json: bool) -> None:
    """Print the last steps, the latest first."""
    steps = list_steps(workspace)
    if json:
        screen.emit_json(steps_json(steps))
    elif not steps:
        screen.out("No step is on record.")
    else:
        now = workspace.now()
        rows = [
            (
                str(step.number),
                say_age(step.at, now),
                step.command,
                ", ".join(step.applications),
                "; ".join(name_changed(step)),
                _say_standing(step),
            )
            for step in steps
        ]
        screen.table(("", "When", "Step", "About", "Changed", ""), rows)


def undo_and_show(workspace: Workspace, wish: UndoWish, json: bool) -> None:
    """Say what goes back, ask, take it back, and say what was done."""
    if wish.since and wish.step is None and not wish.redo:
        refuse_second(workspace, wish.since)
    step = look_back(workspace, wish.step, again=wish.redo)
    if not json:
        if step.has_effect or wish.force:
            screen.out(_say_title(workspace, step))
        for line in say_what(workspace, step):
            screen.out(line, HANG)
    refuse_in_vain(workspace, step, wish.force)
    if not wish.yes and not _is_agreed(step):
        screen.note("Nothing was taken back." if not step.again else "Nothing was done.")
        import typer

        raise typer.Exit(ExitCode.REFUSED)
    before = read_before(workspace, (changed.path.stem for changed in step.files if changed.is_facts))
    done = take_step_back(workspace, step, even_changed=wish.force)
    if json:
        screen.emit_json(step_json(done))
        return
    _say_done(workspace, step, done)
    for changed in done.files:
        if changed.is_facts and changed.change.after is not None:
            carry_through(workspace, changed.path.stem, before.get(changed.path.stem))


def _say_done(workspace: Workspace, announced: StepBack, done: StepBack) -> None:
    screen.out("Done again." if done.again else "Taken back.")
    said = set(say_what(workspace, announced))
    for line in say_what(workspace, done):
        if line not in said:
            screen.out(line, HANG)
    for path in done.kept:
        screen.out(f"What was there instead is kept in {path}")
    if not done.again and not done.operation.forgets:
        screen.note("`followup-mail undo --redo` does it again; `followup-mail undo` takes back the step before.")


def _is_agreed(step: StepBack) -> bool:
    if not screen.is_interactive():
        raise RefusedError("Nothing was taken back: there is no terminal to ask on.", fix="Add --yes.")
    return screen.confirm("Do this again?" if step.again else "Take this back?")


def _say_title(workspace: Workspace, step: StepBack) -> str:
    operation = step.operation
    about = [name for name in operation.applications if name not in operation.command.split()]
    whom = f" ({', '.join(about)})" if about else ""
    verb = "does again" if step.again else "takes back"
    return f"This {verb}: `{operation.command}`{whom}, {say_age(operation.at, workspace.now())}."


def _say_standing(operation: Operation) -> str:
    return "taken back" if operation.undone_at else ""
