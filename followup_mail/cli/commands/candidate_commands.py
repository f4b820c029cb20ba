"""Commands for who looks after several people: the list of candidates, each with a home folder of their own."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from followup_mail.cli.commands.arguments import Json
from followup_mail.cli.commands.help_panels import START

Name: TypeAlias = Annotated[str, typer.Argument(metavar="NAME", help="What you call the candidate, e.g. anna.")]


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command(rich_help_panel=START)(candidates)
    group = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="Put a person you look after on the list, or take one off."
    )
    group.command("add")(add)
    group.command("remove")(remove)
    app.add_typer(group, name="candidate", rich_help_panel=START)


def candidates(json: Json = False) -> None:
    """List the people you look after, and how things stand.

    What is due, waits and failed for each, and when the service last ran. For anything else about one of them, put
    --candidate NAME before the command.

    \b
    followup-mail candidates
    followup-mail --candidate anna today
    followup-mail today --all-candidates
    """
    from followup_mail.cli.views.show_candidates import list_candidates

    list_candidates(json)


def add(
    name: Name,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER]", help="The home folder. Default: one of its own, named after the candidate."),
    ] = None,
) -> None:
    """Put a candidate on the list, with a home folder of their own.

    Facts, mails, templates and the account are in that folder. Settings in your environment are not used for a
    candidate. A folder that is there already is taken as it is.

    \b
    followup-mail candidate add anna
    followup-mail candidate add "Bo Berg" ~/candidates/bo
    """
    from followup_mail.cli.views.show_candidates import add_and_show

    add_and_show(name, folder)


def remove(name: Name) -> None:
    """Take a candidate off the list. Nothing is deleted.

    \b
    followup-mail candidate remove anna
    """
    from followup_mail.cli.views.show_candidates import remove_and_show

    remove_and_show(name)
