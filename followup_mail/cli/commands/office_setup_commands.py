"""Commands that set an office up: its database, its key, its candidates."""

from typing import Annotated

import typer

from followup_mail.cli.commands.arguments import Json
from followup_mail.cli.commands.places import open_office


def add_to(group: typer.Typer) -> None:
    """Add these commands to ``office``."""
    group.command("migrate")(migrate)
    group.command("new-key")(new_key)
    group.command("add")(add)
    group.command("candidates")(candidates)


def migrate() -> None:
    """Set the database up, or bring it up to date, as its owner.

    Signs in by FOLLOWUP_DATABASE_OWNER_URL, and gives the role of FOLLOWUP_DATABASE_URL the rights that the program
    needs, and no more. Make a backup first. Running it again changes nothing.

    \b
    followup-mail office migrate
    """
    office = open_office()
    from followup_mail.cli.views.show_office import migrate_and_show

    migrate_and_show(office)


def new_key() -> None:
    """Print a new key for FOLLOWUP_OFFICE_KEY.

    Passwords and tokens lie in the database sealed with it. Keep it apart from the database and its backups: without it
    they can't be opened.

    \b
    followup-mail office new-key
    """
    from followup_mail.cli.views.show_office import show_new_key

    show_new_key()


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What you call the candidate, e.g. ann.")],
) -> None:
    """Add a candidate to the office.

    Everything else about them begins with their name: followup-mail --candidate ann setup.

    \b
    followup-mail office add ann
    """
    office = open_office()
    from followup_mail.cli.views.show_office import add_and_show

    add_and_show(office, name)


def candidates(json: Json = False) -> None:
    """List the candidates of the office.

    \b
    followup-mail office candidates
    followup-mail office candidates --json
    """
    office = open_office()
    from followup_mail.cli.views.show_office import list_and_show

    list_and_show(office, json)
