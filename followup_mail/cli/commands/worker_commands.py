"""Commands for the workers of an office: start one, see how all of it stands."""

from typing import Annotated

import typer

from followup_mail.cli.commands.arguments import Json
from followup_mail.cli.commands.help_panels import DELIVERY
from followup_mail.cli.commands.places import open_office


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command(rich_help_panel=DELIVERY)(worker)


def add_to(group: typer.Typer) -> None:
    """Add what belongs to the command ``office``."""
    group.command("status")(status)


def worker(
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            min=1,
            max=200,
            metavar="NUMBER",
            help="How many jobs it does at once; each needs a connection to the database.",
        ),
    ] = 4,
    metrics: Annotated[
        str,
        typer.Option(
            metavar="PORT",
            help="Serve numbers for Prometheus at this port, for this machine only; ADDRESS:PORT for others too.",
            show_default=False,
        ),
    ] = "",
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, and end.")] = False,
) -> None:
    """Deliver for all candidates of an office, until stopped.

    Start as many as you like, on any machine that reaches the database (FOLLOWUP_DATABASE_URL): each mail leaves once.
    It also looks into mailboxes, renews sign-ins and works out each night what is due. SIGTERM or Ctrl-C lets it finish
    the mails in hand, a second time ends it at once.

    What it does it writes to stderr, a line of JSON each: numbers, and no word of a mail. With --once exit code 7 when
    something failed, 0 when nothing was due.

    \b
    followup-mail worker
    followup-mail worker --jobs 16 --metrics 9187
    followup-mail worker --once
    """
    office = open_office()
    from followup_mail.worker.start import run_worker

    raise typer.Exit(run_worker(office, jobs, metrics, once=once))


def status(json: Json = False) -> None:
    """Show what waits, what is late, and who is at work.

    Numbers only, of all candidates together. Exit code 1 when mails are late or wait with no worker to send them.

    \b
    followup-mail office status
    followup-mail office status --json
    """
    office = open_office()
    from followup_mail.cli.views.show_standing import show_standing

    if not show_standing(office, json):
        raise typer.Exit(1)
