"""The command that follows a restore of the office's database."""

from typing import Annotated

import typer

from followup_mail.cli.commands.places import open_office


def add_to(group: typer.Typer) -> None:
    """Add this command to ``office``."""
    group.command("restored")(restored)


def restored(
    since: Annotated[str, typer.Option(metavar="MOMENT", help='When the backup was made: "2026-11-18 14:30".')] = "",
    nothing_lost: Annotated[
        bool, typer.Option("--nothing-lost", help="It holds everything: a synchronous standby took over, or it moved.")
    ] = False,
) -> None:
    """Clear up after the database was restored.

    A restored database does not know what was sent after the backup, so no worker sends until this was run. Mails that
    could have left become unclear; `outbox resolve` finds those that lie in the candidate's Sent folder. All others
    that wait are held, until `resume` lets them go on. Signs in by FOLLOWUP_DATABASE_OWNER_URL.

    \b
    followup-mail office restored --since "2026-11-18 14:30"
    followup-mail office restored --nothing-lost
    """
    office = open_office()
    from followup_mail.cli.views.show_restored import clear_up_and_show

    clear_up_and_show(office, since, nothing_lost)
