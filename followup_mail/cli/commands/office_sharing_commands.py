"""Commands for the templates and methods that an office shares with all its candidates."""

from pathlib import Path
from typing import Annotated

import typer

from followup_mail.cli.commands.arguments import Json
from followup_mail.cli.commands.places import open_office


def add_to(group: typer.Typer) -> None:
    """Add these commands to ``office``."""
    group.command("share")(share)
    group.command("unshare")(unshare)
    group.command("shared")(shared)


def share(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Templates (KIND/NAME.txt) and methods (NAME.toml).")
    ],
) -> None:
    """Share templates and methods with all candidates.

    A candidate's own file goes before the office's of the same name, and that before the built-in one. Each template is
    tried on sample facts first, each method read; if one fails, nothing is shared.

    \b
    followup-mail office share templates/thank_you/warm.txt
    followup-mail office share cadences/spring-fair.toml
    """
    office = open_office()
    from followup_mail.cli.views.show_office_shared import share_and_show

    share_and_show(office, files)


def unshare(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `office shared` lists it, e.g. thank_you/warm.")],
) -> None:
    """Share a template or a method no longer.

    What was written with it stays as it is.

    \b
    followup-mail office unshare thank_you/warm
    """
    office = open_office()
    from followup_mail.cli.views.show_office_shared import unshare_and_show

    unshare_and_show(office, name)


def shared(json: Json = False) -> None:
    """List what the office shares, since when, and by whom.

    \b
    followup-mail office shared
    """
    office = open_office()
    from followup_mail.cli.views.show_office_shared import list_shared_and_show

    list_shared_and_show(office, json)
