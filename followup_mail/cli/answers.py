"""Commands about what they answered: rejected, outcome, resume."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from followup_mail.cli.frame import App, Json, open_house
from followup_mail.cli.stages import ANSWERS


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command(rich_help_panel=ANSWERS)(rejected)
    app.command(rich_help_panel=ANSWERS)(outcome)
    app.command(rich_help_panel=ANSWERS)(resume)


def rejected(
    application: App,
    message: Annotated[
        Path | None, typer.Option(help="Their message, saved as an .eml file, to answer in its thread.")
    ] = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="When it came.")] = None,
    json: Json = False,
) -> None:
    """Record a rejection: whatever is queued is cancelled, and a gracious answer is drafted.

    \b
    followup-mail rejected lumen-freight --message their-mail.eml
    """
    from followup_mail.cli.show_answers import record_rejection

    record_rejection(open_house(), application, message, on.date() if on else None, json)


def outcome(
    application: App,
    status: Annotated[str, typer.Argument(metavar="WHAT", help="replied, offer, withdrawn, rejected or waiting.")],
    message: Annotated[Path | None, typer.Option(help="Their message, saved as an .eml file.")] = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="When it came.")] = None,
    json: Json = False,
) -> None:
    """Record what came of it. An offer or a withdrawal cancels what is queued; a reply holds it.

    \b
    followup-mail outcome lumen-freight replied
    followup-mail outcome lumen-freight offer --on 2026-12-03
    """
    from followup_mail.cli.show_answers import record_outcome

    record_outcome(open_house(), application, status, message, on.date() if on else None, json)


def resume(
    application: App,
    decision_by: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="They now decide by this day.")
    ] = None,
    not_before: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="They want to hear nothing before this day."),
    ] = None,
    json: Json = False,
) -> None:
    """Go on after a reply, perhaps with a new date they named.

    \b
    followup-mail resume lumen-freight --decision-by 2026-12-11
    """
    from followup_mail.cli.show_answers import go_on

    said = {"decision_by": decision_by, "not_before": not_before}
    go_on(open_house(), application, {name: day.date() for name, day in said.items() if day}, json)
