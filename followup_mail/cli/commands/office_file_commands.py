"""Commands about single files of a candidate of the office: settings set, a file put there or printed."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from followup_mail.cli.commands.arguments import OfficeCandidate
from followup_mail.cli.commands.places import open_office

Path_: TypeAlias = Annotated[
    str, typer.Argument(metavar="PATH", help="As below a home folder, e.g. applications/lumen-freight.toml.")
]


def add_to(group: typer.Typer) -> None:
    """Add these commands to ``office``."""
    group.command("set")(set_settings)
    group.command("get")(get)
    group.command("put")(put)


def set_settings(
    candidate: OfficeCandidate,
    settings: Annotated[
        list[str], typer.Argument(metavar="SETTING=VALUE...", help="An empty value takes the setting away.")
    ],
) -> None:
    """Set settings of a candidate, in their .env.

    Passwords are for `followup-mail --candidate NAME setup`.

    \b
    followup-mail office set ann FOLLOWUP_TIME_ZONE=America/Chicago
    followup-mail office set ann FOLLOWUP_REPLY_TO=
    """
    office = open_office()
    from followup_mail.cli.views.show_office_files import set_and_show

    set_and_show(office, candidate, settings)


def get(candidate: OfficeCandidate, path: Path_) -> None:
    """Print a file of a candidate.

    Facts, a template, a method. Files that may hold secrets are not shown.

    \b
    followup-mail office get ann applications/lumen-freight.toml
    """
    office = open_office()
    from followup_mail.cli.views.show_office_files import get_and_show

    get_and_show(office, candidate, path)


def put(
    candidate: OfficeCandidate,
    path: Path_,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What to put there; - reads the standard input.")],
) -> None:
    """Put a file into a candidate's home folder.

    Facts, a template, a method. What it was before is kept too.

    \b
    followup-mail office put ann templates/thank_you/mine.txt mine.txt
    """
    office = open_office()
    from followup_mail.cli.views.show_office_files import put_and_show

    put_and_show(office, candidate, path, file)
