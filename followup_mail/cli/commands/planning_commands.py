"""Commands about what is due and why: plan, today, log, cadence, calendar."""

from pathlib import Path
from typing import Annotated

import typer

from followup_mail.cadence.wording import say_list
from followup_mail.cli.commands.arguments import App, Json
from followup_mail.cli.commands.completing import complete_kind, complete_method, complete_person
from followup_mail.cli.commands.help_panels import PLAN
from followup_mail.cli.commands.places import open_workspace, refuse_places
from followup_mail.facts.channels import CARD, Channel


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command(rich_help_panel=PLAN)(today)
    app.command(rich_help_panel=PLAN)(plan)
    app.command(rich_help_panel=PLAN)(script)
    app.command(rich_help_panel=PLAN)(log)
    app.command(rich_help_panel=PLAN)(calendar)
    group = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="The methods to follow up by: five published ones, and yours."
    )
    group.command("list")(list_cadences)
    group.command("show")(show_cadence)
    app.add_typer(group, name="cadence", rich_help_panel=PLAN)


def today(
    every: Annotated[bool, typer.Option("--all", help="All of it in full, however long.")] = False,
    all_candidates: Annotated[
        bool, typer.Option("--all-candidates", help="The most urgent for each of the people you look after.")
    ] = False,
    json: Json = False,
) -> None:
    """Show what is due in all applications, most urgent first.

    Each with the command to type. On a screen that is too small for all of it, what is less urgent is counted.

    \b
    followup-mail today
    followup-mail today --all
    followup-mail today --all-candidates
    """
    if all_candidates:
        from followup_mail.cli.views.show_candidates import show_all_today

        refuse_places("--all-candidates")
        show_all_today(json, every=every)
        return
    from followup_mail.cli.views.show_today import show_today

    show_today(open_workspace(), json, every=every)


def plan(
    application: App,
    cadence: Annotated[
        str,
        typer.Option(
            metavar="NAME", autocompletion=complete_method, help="By another method than the one in the facts."
        ),
    ] = "",
    at: Annotated[
        str, typer.Option(metavar="DATE", help='As of another moment, e.g. 2026-12-01 or "2026-12-01 9:00".')
    ] = "",
    compare: Annotated[bool, typer.Option("--compare", help="All methods side by side.")] = False,
    json: Json = False,
) -> None:
    """Show the follow-ups of one application, each with its reason.

    \b
    followup-mail plan lumen-freight
    followup-mail plan lumen-freight --cadence rule-of-three
    followup-mail plan lumen-freight --compare
    """
    from followup_mail.cli.views.show_plan import show_comparison, show_plan

    workspace = open_workspace()
    if compare:
        show_comparison(workspace, application, at, json)
    else:
        show_plan(workspace, application, cadence, at, json)


def script(
    application: App,
    to: Annotated[
        str, typer.Option("--to", metavar="PERSON", autocompletion=complete_person, help="For this person.")
    ] = "",
    channel: Annotated[
        str,
        typer.Option(
            metavar="HOW", help=f"{say_list(Channel.words(scripted=True), 'or')}; the plan's way if left out."
        ),
    ] = "",
    form: Annotated[
        str, typer.Option(metavar="FORM", help=f'Another form of it: "{CARD}" for a letter of thanks in 60 words.')
    ] = "",
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a letter as a page to print.")] = None,
    json: Json = False,
) -> None:
    """Print what to say on the phone, in a letter or a message.

    For the next such step of the plan, or for the way that you name.

    \b
    followup-mail script lumen-freight
    followup-mail script lumen-freight --channel call --to priya
    followup-mail script lumen-freight --channel letter --html letter.html
    followup-mail script lumen-freight --channel letter --form card
    """
    from followup_mail.cli.views.show_script import show_script
    from followup_mail.services.by_hand.scripts import ScriptChoice

    show_script(open_workspace(), application, ScriptChoice(to, channel, form), html, json)


def log(
    application: App,
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help=f"{say_list(Channel.words(), 'or')}.")],
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="PERSON", autocompletion=complete_person, help="Whom; not needed when the plan says it."
        ),
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            metavar="KIND", autocompletion=complete_kind, help="What it was for; not needed when the plan says it."
        ),
    ] = "",
    at: Annotated[str, typer.Option(metavar="WHEN", help='When it was, if not now: "2026-12-01 9:30".')] = "",
    nobody: Annotated[bool, typer.Option("--nobody", help="The call reached nobody, or voicemail.")] = False,
    said: Annotated[str, typer.Option(metavar="TEXT", help="What was said, so that it is not said again.")] = "",
    json: Json = False,
) -> None:
    """Record a call, a letter or a message that you made yourself. It counts against the limit.

    \b
    followup-mail log lumen-freight call --to priya --nobody
    followup-mail log lumen-freight letter --to priya
    """
    from followup_mail.cli.views.show_log import log_and_show
    from followup_mail.services.by_hand.log_contact import Done

    log_and_show(open_workspace(), Done(application, channel, to, kind, at, not nobody, said), json)


def calendar(
    what: Annotated[str, typer.Argument(metavar="[APP]", help="The application; left out with --all.")] = "",
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="The .ics file to write.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All applications in one calendar.")] = False,
    json: Json = False,
) -> None:
    """Write plan and interviews as a calendar file, with alarms. Written again, it updates what was imported.

    \b
    followup-mail calendar lumen-freight lumen.ics
    followup-mail calendar --all follow-ups.ics
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.errors import RefusedError
    from followup_mail.services.overview.calendars import save_calendar

    workspace = open_workspace()
    slug, path = ("", Path(what)) if every and what and file is None else (what, file)
    if path is None or bool(slug) == every:
        raise RefusedError(
            "Name an application and a file, or --all and a file.",
            fix="e.g. followup-mail calendar lumen-freight plan.ics",
        )
    saved = save_calendar(workspace, slug, path)
    for error in saved.broken:
        screen.note(screen.bad(error.in_full))
    if json:
        from followup_mail.services.as_json.json_overviews import calendar_json

        screen.emit_json(calendar_json(saved))
        return
    count = len(saved.events)
    screen.out(f"Wrote {count} {'event' if count == 1 else 'events'} to {path}")


def list_cadences(json: Json = False) -> None:
    """List the methods with where each comes from.

    \b
    followup-mail cadence list
    """
    from followup_mail.cli.views.show_methods import list_methods

    list_methods(open_workspace(), json)


def show_cadence(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", autocompletion=complete_method, help="The method, as `cadence list` shows it."),
    ],
    json: Json = False,
) -> None:
    """Show one method: its steps, its interval, its limit.

    \b
    followup-mail cadence show timeline
    """
    from followup_mail.cli.views.show_methods import show_method

    show_method(open_workspace(), name, json)
