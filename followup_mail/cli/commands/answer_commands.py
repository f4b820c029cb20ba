"""Commands about what they answered: rejected, outcome, resume."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from followup_mail.cli.commands.arguments import App, Json
from followup_mail.cli.commands.help_panels import ANSWERS
from followup_mail.cli.commands.places import open_workspace

CameOn: TypeAlias = Annotated[
    str, typer.Option("--on", metavar="DAY", help="When it came, if not today: yesterday, 2026-12-03.")
]
Reason: TypeAlias = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="A note on the reason they gave for a rejection.")
]

Message: TypeAlias = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Their letter: an .eml file or a text; - reads it from standard input."),
]
Fits: TypeAlias = Annotated[
    bool, typer.Option("--yes", "-y", help="Record it although the letter does not seem to fit.")
]


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command(rich_help_panel=ANSWERS)(rejected)
    app.command(rich_help_panel=ANSWERS)(outcome)
    app.command(rich_help_panel=ANSWERS)(resume)


def rejected(
    application: Annotated[
        str, typer.Argument(metavar="[APP]", help="The application; left out, their letter tells which.")
    ] = "",
    message: Message = None,
    on: CameOn = "",
    reason: Reason = "",
    yes: Fits = False,
    json: Json = False,
) -> None:
    """Record a rejection, stop what is queued, draft an answer.

    Their letter may be an .eml file, a text, a forward, or come through a pipe; on a terminal you can paste it. It says
    which application it is for, and whom to answer; before anything is recorded you are told what does not fit. The
    answer waits as a draft until you approve it.

    \b
    followup-mail rejected
    followup-mail rejected lumen-freight --message their-mail.eml
    """
    from followup_mail.cli.views.letter_form import Asked, take_answer
    from followup_mail.cli.views.show_answers import record_and_show
    from followup_mail.facts.terms import Status
    from followup_mail.services.answers.record_outcome import read_past_day

    workspace = open_workspace()
    day = read_past_day(workspace, "--on", on, application)
    came = take_answer(workspace, Asked(application, message, Status.REJECTED, yes, json), offers_paste=True)
    record_and_show(workspace, came, day, reason, json)


def outcome(
    application: App,
    status: Annotated[str, typer.Argument(metavar="WHAT", help="replied, offer, withdrawn, rejected or waiting.")],
    message: Message = None,
    on: CameOn = "",
    reason: Reason = "",
    yes: Fits = False,
    json: Json = False,
) -> None:
    """Record what came of it. An offer or a withdrawal cancels what is queued; a reply holds it.

    \b
    followup-mail outcome lumen-freight replied
    followup-mail outcome lumen-freight offer --on yesterday
    """
    from followup_mail.cli.views.letter_form import Asked, take_answer
    from followup_mail.cli.views.show_answers import record_and_show, record_outcome_and_show
    from followup_mail.cli.views.show_understood import show_days
    from followup_mail.facts.terms import Status
    from followup_mail.services.answers.record_outcome import read_past_day, read_status

    workspace = open_workspace()
    day, wanted = read_past_day(workspace, "--on", on, application), read_status(status)
    if reason and wanted is not Status.REJECTED:
        raise typer.BadParameter("--reason is the reason for a rejection.")
    came = take_answer(workspace, Asked(application, message, wanted, yes, json))
    if wanted is Status.REJECTED:
        record_and_show(workspace, came, day, reason, json)
    else:
        record_outcome_and_show(workspace, came, wanted, day, json)
        show_days({"on": day})


def resume(
    application: Annotated[str, typer.Argument(metavar="[APP]", help="The application; left out with --all.")] = "",
    decision_by: Annotated[str, typer.Option(metavar="DAY", help="They now decide by this day.")] = "",
    not_before: Annotated[str, typer.Option(metavar="DAY", help="They want to hear nothing before this day.")] = "",
    every: Annotated[bool, typer.Option("--all", help="End the pause of all applications.")] = False,
    json: Json = False,
) -> None:
    """Go on after a reply, perhaps with a new date, or a pause.

    \b
    followup-mail resume lumen-freight --decision-by "end of next week"
    followup-mail resume --all
    """
    from followup_mail.cli.commands.decision_commands import require_one_or_all
    from followup_mail.cli.views.show_answers import show_resumed
    from followup_mail.cli.views.show_outdated import carry_through
    from followup_mail.cli.views.show_understood import show_days
    from followup_mail.services.answers.record_outcome import read_coming_day, resume_application

    require_one_or_all("resume", application, every)
    workspace = open_workspace()
    said = {
        "decision_by": read_coming_day(workspace, "--decision-by", decision_by),
        "not_before": read_coming_day(workspace, "--not-before", not_before),
    }
    if not every:
        before = workspace.facts.load(application)
        show_resumed(workspace, application, resume_application(workspace, application, said), json)
        show_days(said)
        if not json:
            carry_through(workspace, before.slug, before)
    elif any(said.values()):
        raise typer.BadParameter("--decision-by and --not-before are for one application.")
    else:
        from followup_mail.cli.views.show_decisions import resume_all_and_show

        resume_all_and_show(workspace, json)
