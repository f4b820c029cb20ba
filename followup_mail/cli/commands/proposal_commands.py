"""The command ``proposals``: what assistants would like to write or change, and a person's decision about it."""

from typing import Annotated, TypeAlias

import typer

from followup_mail.cli.commands.arguments import Ignore, Json, Yes, read_proposal_number
from followup_mail.cli.commands.completing import complete_proposal
from followup_mail.cli.commands.help_panels import DRAFTS
from followup_mail.cli.commands.places import open_workspace

Number: TypeAlias = Annotated[
    int,
    typer.Argument(
        metavar="N", parser=read_proposal_number, autocompletion=complete_proposal, help="The number of the proposal."
    ),
]


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    group = typer.Typer(
        invoke_without_command=True, rich_markup_mode=None, help="What an assistant proposes, for you to decide."
    )
    group.callback()(proposals)
    group.command("list")(list_waiting)
    group.command("show")(show)
    group.command("accept")(accept)
    group.command("decline")(decline)
    app.add_typer(group, name="proposals", rich_help_panel=DRAFTS)


def proposals(context: typer.Context) -> None:
    """Show what assistants propose: mails that they wrote, and changes of facts. Nothing counts until you accept it.

    Without a command behind it, it is `proposals list`.

    \b
    followup-mail proposals
    followup-mail proposals accept 3
    """
    if context.invoked_subcommand is None:
        list_waiting()


def list_waiting(
    every: Annotated[bool, typer.Option("--all", help="Those of the last month that were decided, too.")] = False,
    json: Json = False,
) -> None:
    """List the proposals that wait for you.

    \b
    followup-mail proposals list
    followup-mail proposals list --all --json
    """
    from followup_mail.cli.views.show_proposals import list_and_show

    list_and_show(open_workspace(), every, json)


def show(number: Number, json: Json = False) -> None:
    """Show a proposal as it stands now.

    First what to look at twice, then what would change, or the mail beside our own.

    \b
    followup-mail proposals show 3
    """
    from followup_mail.cli.views.show_proposals import show_one

    show_one(open_workspace(), number, json)


def accept(number: Number, ignore: Ignore = None) -> None:
    """Look at a proposal, and take all, some or nothing of it.

    A mail is queued for the moment of its plan; you can reword it first. It is never sent at once. Facts are written as
    shown. This needs a terminal, and there is no --yes: a program that can type commands could accept its own proposals
    with it.

    \b
    followup-mail proposals accept 3
    """
    from followup_mail.cli.views.decide_proposal import accept_and_show

    accept_and_show(open_workspace(), number, tuple(ignore or ()))


def decline(
    number: Annotated[
        str,
        typer.Argument(
            metavar="[N]", autocompletion=complete_proposal, help="The number of the proposal; left out with --all."
        ),
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Everything that waits.")] = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Let a proposal wait no more, or all of them. Facts and outbox stay as they are; `undo` brings it back.

    \b
    followup-mail proposals decline 3
    followup-mail proposals decline --all
    """
    from followup_mail.cli.views.decide_proposal import decline_and_show

    if every == bool(number):
        raise typer.BadParameter("Name a proposal, or --all.")
    decline_and_show(open_workspace(), None if every else read_proposal_number(number), yes, json)
