"""What to say or print, on the screen."""

from __future__ import annotations

from pathlib import Path

from followup_mail.cadence.step import Step
from followup_mail.cli.terminal import screen
from followup_mail.drafts.write_script import Script
from followup_mail.errors import FollowupError
from followup_mail.services.as_json.json_views import script_json
from followup_mail.services.by_hand.scripts import ScriptChoice, make_script, number_to_call, save_letter, script_for
from followup_mail.services.context.application_context import ApplicationContext
from followup_mail.workspace import Workspace


def show_script(workspace: Workspace, slug: str, choice: ScriptChoice, html: Path | None, json: bool) -> None:
    """Print the script of the next step that is not a mail, or of the person and the channel named."""
    if html:
        save_letter(workspace, slug, choice, html)
        screen.note(f"Wrote {html}")
        return
    script = make_script(workspace, slug, choice)
    if json:
        screen.emit_json(script_json(script))
        return
    screen.out(screen.strong(f"{script.words.person.name}: {script.step.reason}"))
    _print(script.words, "")


def print_script(workspace: Workspace, context: ApplicationContext, step: Step, margin: str) -> None:
    """Print the script of a step; what is missing for it is said in its place."""
    try:
        words = script_for(workspace, context, step)
    except FollowupError as error:
        screen.out(screen.wrap(f"{error.sentence} {error.fix}", margin))
        return
    _print(words, margin)


def _print(words: Script, margin: str) -> None:
    if number := number_to_call(words):
        screen.out(f"{margin}Call {number}")
    for part in words.parts:
        screen.out(f"{margin}{screen.dim(part.heading)}")
        for line in part.text.split("\n"):
            screen.out(screen.wrap(line, f"{margin}  ") if line else margin.rstrip())
