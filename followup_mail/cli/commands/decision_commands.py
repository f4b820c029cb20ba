"""Commands for what you decide about an application: skip, snooze, pause, archive, note."""

from typing import Annotated

import typer

from followup_mail.cli.commands.arguments import App, Json, Yes
from followup_mail.cli.commands.completing import complete_person
from followup_mail.cli.commands.help_panels import FACTS, PLAN
from followup_mail.cli.commands.places import open_workspace

MaybeApp = Annotated[str, typer.Argument(metavar="[APP]", help="The application; left out with --all.")]


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command(rich_help_panel=PLAN)(skip)
    app.command(rich_help_panel=PLAN)(snooze)
    app.command(rich_help_panel=PLAN)(pause)
    app.command(rich_help_panel=FACTS)(archive)
    app.command(rich_help_panel=FACTS)(note)


def skip(
    application: App,
    kind: Annotated[str, typer.Argument(metavar="[KIND]", help="Which step; the next one if left out.")] = "",
    to: Annotated[
        str, typer.Option("--to", metavar="PERSON", autocompletion=complete_person, help="The step for this person.")
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Bring it back.")] = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Take one step off the plan for good. A mail that is queued for it is cancelled, after asking you.

    \b
    followup-mail skip lumen-freight
    followup-mail skip lumen-freight thank_you --to tom
    followup-mail skip lumen-freight thank_you --to tom --undo
    """
    from followup_mail.cli.views.show_decisions import bring_back_and_show, skip_and_show
    from followup_mail.services.context.request import read_kind

    wanted = read_kind(kind) if kind else None
    if undo:
        bring_back_and_show(open_workspace(), application, wanted, to, json)
    else:
        skip_and_show(open_workspace(), (application, wanted, to), yes, json)


def snooze(
    application: App,
    until: Annotated[str, typer.Argument(metavar="[DAY]", help='Until when: friday, "in 2 weeks", 2026-12-08.')] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Show it again.")] = False,
    json: Json = False,
) -> None:
    """Hide an application from `today` until a day. Mails that are queued are sent all the same.

    \b
    followup-mail snooze lumen-freight friday
    followup-mail snooze lumen-freight --undo
    """
    from followup_mail.cli.views.show_decisions import snooze_and_show
    from followup_mail.errors import RefusedError

    if undo == bool(until):
        raise RefusedError("Name a day, or --undo.", fix=f"e.g. followup-mail snooze {application} friday")
    snooze_and_show(open_workspace(), application, until, json)


def pause(
    application: MaybeApp = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help='It goes on by itself on this day: friday, "in 2 weeks".')
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="All applications.")] = False,
    json: Json = False,
) -> None:
    """Stop everything for an application, or for all.

    Queued mails are held, and nothing is proposed, until `followup-mail resume` or the day that you name.

    \b
    followup-mail pause lumen-freight
    followup-mail pause --all --until 2027-01-04
    """
    from followup_mail.cli.views.show_decisions import pause_and_show

    require_one_or_all("pause", application, every)
    pause_and_show(open_workspace(), application, until, json)


def archive(
    application: MaybeApp = "",
    undo: Annotated[bool, typer.Option("--undo", help="Bring it back.")] = False,
    ended: Annotated[bool, typer.Option("--ended", help="All that have ended and have nothing left to do.")] = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Put an application out of sight. Nothing is sent for it.

    `list` and `today` leave it out. Mails that wait for it are cancelled, after asking you.

    \b
    followup-mail archive lumen-freight
    followup-mail archive lumen-freight --undo
    followup-mail archive --ended
    """
    from followup_mail.cli.views.show_decisions import (
        archive_and_show,
        archive_ended_and_show,
        unarchive_and_show,
    )
    from followup_mail.errors import RefusedError

    if ended == bool(application) or (ended and undo):
        raise RefusedError("Name an application, or --ended.", fix="e.g. followup-mail archive lumen-freight")
    if ended:
        archive_ended_and_show(open_workspace(), json)
    elif undo:
        unarchive_and_show(open_workspace(), application, json)
    else:
        archive_and_show(open_workspace(), application, yes, json)


def note(
    application: App,
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="What to write down; left out, it shows them.")] = "",
    json: Json = False,
) -> None:
    """Write down a note for yourself, or show them all.

    Each gets its day. A note is never part of a mail.

    \b
    followup-mail note lumen-freight "Priya is on leave until the 30th"
    followup-mail note lumen-freight
    """
    from followup_mail.cli.views.show_decisions import note_and_show

    note_and_show(open_workspace(), application, text, json)


def require_one_or_all(command: str, application: str, every: bool) -> None:
    """Raise ``RefusedError`` unless just one of them is named."""
    from followup_mail.errors import RefusedError

    if every == bool(application):
        raise RefusedError(
            "Name an application, or --all.",
            fix=f"e.g. followup-mail {command} lumen-freight, or followup-mail {command} --all",
        )
