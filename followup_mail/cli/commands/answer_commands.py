"""Commands about what they answered: rejected, outcome, resume."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from followup_mail.cli.commands.arguments import App, Json, open_workspace
from followup_mail.cli.commands.help_panels import ANSWERS

CameOn: TypeAlias = Annotated[
    str, typer.Option("--on", metavar="DAY", help="When it came, if not today: yesterday, 2026-12-03.")
]
Reason: TypeAlias = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="A note on the reason they gave for a rejection.")
]


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command(rich_help_panel=ANSWERS)(rejected)
    app.command(rich_help_panel=ANSWERS)(outcome)
    app.command(rich_help_panel=ANSWERS)(resume)


def rejected(
    application: App,
    message: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Their message, saved as an .eml file, to answer in its thread.")
    ] = None,
    on: CameOn = "",
    reason: Reason = "",
    json: Json = False,
) -> None:
    """Record a rejection, stop what is queued, draft an answer.

    On a terminal it asks how they told you, and what you would like to answer. With their message the answer goes into
    its thread. It waits as a draft until you approve it.

    \b
    followup-mail rejected lumen-freight --message their-mail.eml
    """
    from followup_mail.cli.views.show_answers import record_and_show
    from followup_mail.services.record_outcome import read_past_day

    workspace = open_workspace()
    record_and_show(workspace, application, (read_past_day(workspace, "--on", on), message), reason, json)


def outcome(
    application: App,
    status: Annotated[str, typer.Argument(metavar="WHAT", help="replied, offer, withdrawn, rejected or waiting.")],
    message: Annotated[Path | None, typer.Option(metavar="FILE", help="Their message, saved as an .eml file.")] = None,
    on: CameOn = "",
    reason: Reason = "",
    json: Json = False,
) -> None:
    """Record what came of it. An offer or a withdrawal cancels what is queued; a reply holds it.

    \b
    followup-mail outcome lumen-freight replied
    followup-mail outcome lumen-freight offer --on yesterday
    """
    from followup_mail.cli.views.show_answers import record_and_show, show_outcome
    from followup_mail.facts.terms import Status
    from followup_mail.services.record_outcome import read_past_day, read_status, record_outcome

    workspace = open_workspace()
    day, wanted = read_past_day(workspace, "--on", on), read_status(status)
    if wanted is Status.REJECTED:
        record_and_show(workspace, application, (day, message), reason, json)
    elif reason:
        raise typer.BadParameter("--reason is the reason for a rejection.")
    else:
        show_outcome(workspace, application, wanted, record_outcome(workspace, application, wanted, day, message), json)


def resume(
    application: App,
    decision_by: Annotated[str, typer.Option(metavar="DAY", help="They now decide by this day.")] = "",
    not_before: Annotated[str, typer.Option(metavar="DAY", help="They want to hear nothing before this day.")] = "",
    json: Json = False,
) -> None:
    """Go on after a reply, perhaps with a new date they named.

    \b
    followup-mail resume lumen-freight --decision-by 2026-12-11
    """
    from followup_mail.cli.views.show_answers import show_resumed
    from followup_mail.cli.views.show_outdated import carry_through
    from followup_mail.services.record_outcome import read_coming_day, resume_application

    workspace = open_workspace()
    before = workspace.facts.load(application)
    said = {
        "decision_by": read_coming_day(workspace, "--decision-by", decision_by),
        "not_before": read_coming_day(workspace, "--not-before", not_before),
    }
    show_resumed(workspace, application, resume_application(workspace, application, said), json)
    if not json:
        carry_through(workspace, before.slug, before)
