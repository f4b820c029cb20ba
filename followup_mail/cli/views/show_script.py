"""What to say or print, on the screen."""

from __future__ import annotations

from pathlib import Path

from followup_mail.cadence.step import Step
from followup_mail.cli.terminal import screen
from followup_mail.cli.views.save_preview import write_file
from followup_mail.errors import FollowupError, RefusedError
from followup_mail.services.application_context import ApplicationContext, open_case
from followup_mail.services.scripts import choose_script, letter_page, number_to_call, script_for
from followup_mail.workspace import Workspace


def show_script(workspace: Workspace, slug: str, chosen: tuple[str, str], html: Path | None, json: bool) -> None:
    """Print the script of the next step that is not a mail, or of the channel named."""
    case = open_case(workspace, slug)
    step = choose_script(workspace, case, *chosen)
    script = script_for(workspace, case, step)
    if html:
        if not step.channel.traits.is_printed:
            raise RefusedError("Only a letter can be written as a page to print.", fix="Say --channel letter.")
        write_file(html, letter_page(workspace, case, step).encode())
        screen.note(f"Wrote {html}")
        return
    if json:
        parts = [{"heading": part.heading, "text": part.text} for part in script.parts]
        number = number_to_call(script) or None
        screen.emit_json(
            {"step": str(step.id), "channel": step.channel, "to": script.person.name, "call": number, "parts": parts}
        )
        return
    screen.out(screen.strong(f"{script.person.name}: {step.reason}"))
    print_script(workspace, case, step)


def print_script(workspace: Workspace, case: ApplicationContext, step: Step, margin: str = "") -> None:
    """Print a script; what is missing for it is said in its place."""
    try:
        script = script_for(workspace, case, step)
    except FollowupError as error:
        screen.out(screen.wrap(f"{error.sentence} {error.fix}", margin))
        return
    if number := number_to_call(script):
        screen.out(f"{margin}Call {number}")
    for part in script.parts:
        screen.out(f"{margin}{screen.dim(part.heading)}")
        for line in part.text.split("\n"):
            screen.out(screen.wrap(line, f"{margin}  ") if line else margin.rstrip())
