"""The command ``voice``: show followup-mail how you write."""

from pathlib import Path
from typing import Annotated

import typer

from followup_mail.cli.commands.arguments import Json
from followup_mail.cli.commands.help_panels import DRAFTS
from followup_mail.cli.commands.places import open_workspace


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    voice = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="Show followup-mail how you write, and see what follows."
    )
    voice.command("add")(add)
    voice.command("show")(show)
    voice.command("remove")(remove)
    app.add_typer(voice, name="voice", rich_help_panel=DRAFTS)


def add(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="Mails that you wrote: .eml files or texts; - reads standard input."),
    ] = None,
    json: Json = False,
) -> None:
    """Show it mails that you wrote yourself, three if you can.

    From then on its mails have your register, greeting, closing, contractions and length, as far as they suit the
    reader; a writing model learns of them too. What an answer quotes does not count. On a terminal you can paste them.

    Only what they show of your manner is kept, in voice.toml: no names, no sentences. Any mails will do; those to
    people you do not know well tell most.

    \b
    followup-mail voice add sent-1.eml sent-2.eml sent-3.eml
    followup-mail voice add
    """
    from followup_mail.cli.views.show_voice import add_and_show

    add_and_show(open_workspace(), files or [], json)


def show(json: Json = False) -> None:
    """Say how you write, and what changes because of it.

    \b
    followup-mail voice show
    """
    from followup_mail.cli.views.show_voice import show_voice

    show_voice(open_workspace(), json)


def remove() -> None:
    """Forget how you write. New mails are as they were before; those that wait stay as they are.

    \b
    followup-mail voice remove
    """
    from followup_mail.cli.views.show_voice import remove_and_show

    remove_and_show(open_workspace())
