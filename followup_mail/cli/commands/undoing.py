"""The command ``undo``: take the last step back, or do it again."""

from typing import Annotated

import typer

from followup_mail.cli.commands.arguments import Json, Yes
from followup_mail.cli.commands.help_panels import FACTS
from followup_mail.cli.commands.places import open_workspace, typed_ago


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=FACTS)(undo)


def undo(
    step: Annotated[
        int | None, typer.Argument(metavar="[STEP]", help="A step by its number in --list; without it, the last one.")
    ] = None,
    redo: Annotated[bool, typer.Option("--redo", help="Do again what was taken back last.")] = False,
    every: Annotated[bool, typer.Option("--list", help="Show the last steps, and take nothing back.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Also when the facts were changed by hand since; a copy of them is kept.")
    ] = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Take back the last step that changed something. Asks first.

    It says what goes back: facts, and mails, as far as they have not left. Used again, it takes back the step before.

    \b
    followup-mail undo
    followup-mail undo --list
    """
    from followup_mail.cli.views.show_undo import UndoWish, list_and_show_steps, undo_and_show

    workspace = open_workspace()
    if every:
        list_and_show_steps(workspace, json)
    else:
        undo_and_show(workspace, UndoWish(step, redo, force, yes, workspace.now() - typed_ago()), json)
