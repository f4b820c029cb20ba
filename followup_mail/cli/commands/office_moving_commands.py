"""Commands that take a home folder into the office, and out of it."""

from pathlib import Path
from typing import Annotated

import typer

from followup_mail.cli.commands.arguments import Json, OfficeCandidate
from followup_mail.cli.commands.places import open_office


def add_to(group: typer.Typer) -> None:
    """Add these commands to ``office``."""
    group.command("import")(import_homes)
    group.command("export")(export)


def import_homes(
    homes: Annotated[list[Path], typer.Argument(metavar="HOME...", help="The home folders of candidates.")],
    name: Annotated[
        str, typer.Option(metavar="NAME", help="What the candidate is called in the office, for a single HOME.")
    ] = "",
    json: Json = False,
) -> None:
    """Take home folders into the office.

    With facts, mails and their histories, settings, everything. The candidate is called as on this machine, or as the
    folder is. Each home is taken whole, or not at all. It stays where it is, and nothing is sent from it any more:
    `office export --move` is the way back. Logs, and mails in a folder, stay behind.

    \b
    followup-mail office import ~/homes/ann
    followup-mail office import ~/homes/*
    followup-mail office import ~/.local/share/followup-mail --name "Bo Berg"
    """
    office = open_office()
    from followup_mail.cli.views.show_office_moves import import_and_show

    if name and len(homes) > 1:
        raise typer.BadParameter("--name is for a single home folder.")
    import_and_show(office, homes, name, json)


def export(
    candidate: OfficeCandidate,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is not there yet.")],
    move: Annotated[
        bool, typer.Option("--move", help="Send from the folder from now on, and no more from the office.")
    ] = False,
    json: Json = False,
) -> None:
    """Write everything of a candidate into a folder.

    Facts, mails with their histories, settings: it is a home folder then. It is a copy, from which nothing is sent,
    unless you say --move: then the office sends nothing for this candidate any more, and the folder is a home folder
    like any other. Passwords and tokens are in it as plain text.

    \b
    followup-mail office export ann ~/homes/ann
    followup-mail office export ann ~/homes/ann --move
    """
    office = open_office()
    from followup_mail.cli.views.show_office_moves import export_and_show

    export_and_show(office, (candidate, folder, move), json)
