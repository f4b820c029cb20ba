"""The command ``inbox``: what was seen in the mailbox, how it was understood, and what follows from it."""

from typing import Annotated, TypeAlias

import typer

from followup_mail.cli.commands.arguments import Json, Yes, read_mail_number
from followup_mail.cli.commands.completing import complete_application, complete_mail
from followup_mail.cli.commands.help_panels import ANSWERS
from followup_mail.cli.commands.places import open_workspace

Seen: TypeAlias = Annotated[
    int,
    typer.Argument(
        metavar="MAIL",
        parser=read_mail_number,
        autocompletion=complete_mail,
        help="The number of the mail, e.g. m4.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    group = typer.Typer(
        invoke_without_command=True, rich_markup_mode=None, help="What came into your mailbox, and what follows."
    )
    group.callback()(inbox)
    group.command("list")(list_seen)
    group.command("look")(look)
    group.command("show")(show)
    group.command("accept")(accept)
    group.command("correct")(correct)
    group.command("forget")(forget)
    app.add_typer(group, name="inbox", rich_help_panel=ANSWERS)


def inbox(context: typer.Context) -> None:
    """Show what came into your mailbox, how it was understood, and what follows from it.

    Without a command behind it, it is `inbox list`. docs/mailbox.md says what is read, and what is kept.

    \b
    followup-mail inbox
    followup-mail inbox accept m4
    """
    if context.invoked_subcommand is None:
        list_seen()


def list_seen(
    every: Annotated[bool, typer.Option("--all", help="Older ones too, and those that are nothing.")] = False,
    json: Json = False,
) -> None:
    """List what was seen, first what asks you for something.

    \b
    followup-mail inbox list
    followup-mail inbox list --all --json
    """
    from followup_mail.cli.views.show_inbox import list_and_show

    list_and_show(open_workspace(), every, json)


def look(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say which mails would be read, and why; keep nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Look for answers now.

    `run`, `send` and the service do so by themselves. It only reads: nothing in the mailbox is changed.

    \b
    followup-mail inbox look
    followup-mail inbox look --dry-run
    """
    from followup_mail.cli.views.look_view import look_and_show, try_and_show

    if dry_run:
        try_and_show(open_workspace(), json)
    else:
        look_and_show(open_workspace(), json)


def show(mail: Seen, json: Json = False) -> None:
    """Show all that is kept of one mail, and why it was understood so.

    \b
    followup-mail inbox show m4
    """
    from followup_mail.cli.views.show_inbox import show_one

    show_one(open_workspace(), mail, json)


def accept(mail: Seen, yes: Yes = False, json: Json = False) -> None:
    """Take up what a mail proposes.

    For a no: it is recorded, what is queued is cancelled, and your answer is drafted. For an invitation: its
    appointment is shown as facts, and written when you agree. For an offer: it is recorded. Where a mail does not seem
    to fit, you are asked before a no or an offer is recorded; --yes records it all the same.

    \b
    followup-mail inbox accept m4
    """
    from followup_mail.cli.views.accept_view import accept_and_show

    accept_and_show(open_workspace(), mail, yes, json)


def correct(
    mail: Seen,
    what: Annotated[
        str,
        typer.Option("--as", metavar="WHAT", help="answer, automatic, returned, by hand, or nothing."),
    ] = "",
    application: Annotated[
        str,
        typer.Option(
            "--application", metavar="APP", autocompletion=complete_application, help="The application it belongs to."
        ),
    ] = "",
    back_on: Annotated[
        str, typer.Option("--back-on", metavar="DAY", help="Of an absence: the first day on which they are back.")
    ] = "",
    json: Json = False,
) -> None:
    """Say what a mail really is. What followed from the mistake is taken back.

    One that was taken for a no or an invitation, and is only an answer: --as answer.

    \b
    followup-mail inbox correct m4 --as nothing
    followup-mail inbox correct m4 --as answer --application lumen-freight
    followup-mail inbox correct m4 --back-on "14 december"
    """
    from followup_mail.cli.views.accept_view import correct_and_show

    correct_and_show(open_workspace(), mail, (what, application, back_on), json)


def forget(
    mail: Annotated[
        str,
        typer.Argument(
            metavar="[MAIL]", autocompletion=complete_mail, help="The number of the mail, e.g. m4; left out with --all."
        ),
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Everything that is kept of all mails.")] = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Delete what is kept of a mail, or of all. What was done because of it stays done.

    \b
    followup-mail inbox forget m4
    followup-mail inbox forget --all
    """
    from followup_mail.cli.views.accept_view import forget_and_show

    if every == bool(mail):
        raise typer.BadParameter("Name a mail, or --all.")
    forget_and_show(open_workspace(), None if every else read_mail_number(mail), yes, json)
