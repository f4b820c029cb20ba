"""The service: have the system start ``run`` regularly, see how that stands, take it away again."""

from typing import Annotated, TypeAlias

import typer

from followup_mail.cli.commands.arguments import Json, Yes
from followup_mail.cli.commands.help_panels import DELIVERY
from followup_mail.cli.commands.places import open_workspace, refuse_in_office

KindOfService: TypeAlias = Annotated[
    str,
    typer.Option("--kind", metavar="KIND", help="systemd, launchd, cron or windows. Default: what this machine has."),
]


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    group = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="Have the system deliver what is due every few minutes.",
    )
    group.command("install")(install)
    group.command("status")(status)
    group.command("remove")(remove)
    app.add_typer(group, name="service", rich_help_panel=DELIVERY)


def install(
    every: Annotated[int, typer.Option(min=1, max=60, metavar="MINUTES", help="How often to look.")] = 5,
    kind: KindOfService = "",
    force: Annotated[
        bool, typer.Option("--force", help="Also when settings that sending needs are missing there.")
    ] = False,
    yes: Yes = False,
) -> None:
    """Show what would be installed, ask, and install it. No administrator is needed.

    It delivers what is due from this home folder, with the settings of the .env in it. No secret is written anywhere.
    Installing it again replaces what was installed for this home folder. Each home folder has a service of its own.

    \b
    followup-mail service install
    followup-mail service install --every 15 --yes
    """
    from followup_mail.cli.views.show_service import install_and_show, read_kind

    refuse_in_office("followup-mail service")
    install_and_show(open_workspace(), read_kind(kind), every, force, yes)


def status(
    every_home: Annotated[bool, typer.Option("--all", help="The services of all home folders, in short.")] = False,
    json: Json = False,
) -> None:
    """Show whether it is installed for this home folder and works.

    When it ran last, when it runs next, and what is wrong with it. Services of other home folders are named. Exit code
    1 when it is not installed, or cannot work as it stands; with --all, when none is installed, or one cannot work.

    \b
    followup-mail service status
    followup-mail service status --all
    """
    from followup_mail.cli.views.show_service import show_all_services, show_status

    refuse_in_office("followup-mail service")
    (show_all_services if every_home else show_status)(open_workspace(), json)


def remove(
    every_home: Annotated[bool, typer.Option("--all", help="The services of all home folders.")] = False,
    kind: KindOfService = "",
    yes: Yes = False,
) -> None:
    """Show what would be removed, ask, and remove it.

    That is what was installed for this home folder, and nothing else. The log stays.

    \b
    followup-mail service remove
    followup-mail service remove --all
    """
    from followup_mail.cli.views.show_service import read_kind, remove_and_show

    refuse_in_office("followup-mail service")
    remove_and_show(open_workspace(), read_kind(kind), every_home, yes)
