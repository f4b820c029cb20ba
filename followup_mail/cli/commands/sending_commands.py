"""Commands that let mails leave: queue, send, run."""

from typing import Annotated

import typer

from followup_mail.cli.commands.arguments import App, Early, Ignore, Json, KindName, Ours, To, Yes
from followup_mail.cli.commands.help_panels import DELIVERY, OUTBOX
from followup_mail.cli.commands.places import named_home, open_workspace, refuse_in_office, refuse_without_kind


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command(rich_help_panel=OUTBOX)(queue)
    app.command(rich_help_panel=DELIVERY)(send)
    app.command(rich_help_panel=DELIVERY)(run)


def queue(
    application: App = "",
    kind: Annotated[str, typer.Argument(metavar="[KIND]", help="What to write; not needed with --planned.")] = "",
    to: To = None,
    at: Annotated[
        str,
        typer.Option(metavar="WHEN", help='When, in the recipient\'s zone: "tomorrow 9:00", "in 3 days 9:00", "+2h".'),
    ] = "",
    wording: Annotated[str, typer.Option(metavar="NAME", help="A wording by name.")] = "",
    planned: Annotated[bool, typer.Option("--planned", help="Everything in the plan that can be written now.")] = False,
    ours: Ours = False,
    to_drafts: Annotated[
        bool | None,
        typer.Option(
            "--to-drafts/--no-drafts",
            help="Put it into the Drafts folder of your mailbox instead, at once; you send it there. "
            "FOLLOWUP_TO_DRAFTS=yes makes that the default.",
            show_default=False,
        ),
    ] = None,
    early: Early = "",
    ignore: Ignore = None,
    json: Json = False,
) -> None:
    """Queue a mail to everybody concerned, for its moment.

    The moment is the planned one, or the one that you name.

    A mail per person, never one to several. Refused when a check finds an error, or when the step is queued already.

    \b
    followup-mail queue lumen-freight thank_you
    followup-mail queue lumen-freight status_inquiry --to tom --at "tue 9am"
    followup-mail queue lumen-freight --planned
    followup-mail queue lumen-freight thank_you --to-drafts
    """
    from followup_mail.cli.views.sending import queue_and_show
    from followup_mail.services.context.request import Request

    if not application or not (kind or planned):
        refuse_without_kind(application, "queue", planned=planned)
    workspace = open_workspace()
    by_hand = workspace.settings.to_drafts if to_drafts is None else to_drafts
    request = Request(
        application, None, tuple(to or ()), wording, at, ignore=tuple(ignore or ()), early=early, to_drafts=by_hand
    )
    queue_and_show(workspace, request, kind, planned, ours, json)


def send(
    application: App = "",
    kind: KindName = "",
    to: To = None,
    wording: Annotated[str, typer.Option(metavar="NAME", help="A wording by name.")] = "",
    ours: Ours = False,
    early: Early = "",
    to_me: Annotated[
        bool, typer.Option("--to-me", help="A test: only to your own address. It counts as nothing.")
    ] = False,
    ignore: Ignore = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait a minute first, in which Ctrl-C takes it back.")] = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Show a mail to everybody concerned, ask, and send it now.

    Mails to people who sit together leave minutes apart: the first now, the others are queued. Without a terminal
    nothing is sent unless --yes is given.

    \b
    followup-mail send lumen-freight thank_you
    followup-mail send lumen-freight thank_you --to priya --yes
    followup-mail send lumen-freight status_inquiry --early "they asked for it"
    followup-mail send lumen-freight thank_you --to-me
    """
    from followup_mail.cli.views.sending import send_and_show, send_test_and_show
    from followup_mail.services.context.request import Request, read_kind

    if not kind:
        refuse_without_kind(application, "send")
    if to_me:
        test = Request(application, read_kind(kind), tuple(to or ()), wording, even_taken=True)
        send_test_and_show(open_workspace(), test, ours, json)
        return
    request = Request(application, read_kind(kind), tuple(to or ()), wording, "now", True, tuple(ignore or ()), early)
    send_and_show(open_workspace(), request, yes, ours, wait, json)


def run(
    watch: Annotated[bool, typer.Option("--watch", help="Keep going: sleep until the next mail is due.")] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="NUMBER", help="At most so many mails in this run.")
    ] = None,
    background: Annotated[
        bool,
        typer.Option("--background", help="As the service runs it: prints nothing, needs a mail server, writes a log."),
    ] = False,
    json: Json = False,
) -> None:
    """Deliver what is due, once; with --watch until stopped (Ctrl-C).

    Exit code 7 when something failed, 0 when nothing was due. What it does is in the log, in the home folder.

    \b
    followup-mail run
    followup-mail run --watch
    """
    if background or watch:
        refuse_in_office(f"followup-mail run --{'background' if background else 'watch'}")
    if background:
        from followup_mail.cli.views.service_run import run_unseen

        if watch or json:
            raise typer.BadParameter("--background goes with neither --watch nor --json.")
        run_unseen(open_workspace, named_home(), limit)
    else:
        from followup_mail.cli.views.run_view import run_and_show

        run_and_show(open_workspace(), watch, limit, json)
