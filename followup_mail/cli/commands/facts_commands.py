"""Commands about what happened: add, ask, change, merge, edit, list, show, forget, schema."""

from typing import Annotated

import typer

from followup_mail.cli.commands.arguments import App, Json, Yes
from followup_mail.cli.commands.help_panels import FACTS
from followup_mail.cli.commands.places import open_workspace


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    from followup_mail.cli.commands.adding import add
    from followup_mail.cli.commands.asking import ask
    from followup_mail.cli.commands.changing import change, merge

    app.command(rich_help_panel=FACTS)(add)
    app.command(rich_help_panel=FACTS)(ask)
    app.command(rich_help_panel=FACTS)(change)
    app.command(rich_help_panel=FACTS)(merge)
    app.command(rich_help_panel=FACTS)(edit)
    app.command("list", rich_help_panel=FACTS)(list_applications)
    app.command(rich_help_panel=FACTS)(show)
    app.command(rich_help_panel=FACTS)(forget)
    app.command(rich_help_panel=FACTS)(schema)


def edit(application: App) -> None:
    """Open the facts in your editor ($VISUAL, $EDITOR). A file with problems is not kept; what you typed is.

    \b
    followup-mail edit lumen-freight
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.cli.views.edit_text import edit_until
    from followup_mail.cli.views.show_outdated import carry_through
    from followup_mail.services.changing.edit_facts import open_facts, read_facts, save_facts

    workspace = open_workspace()
    opened = open_facts(workspace, application)
    before = read_facts(opened)
    done = edit_until(opened.text, ".toml", lambda typed: save_facts(workspace, opened, typed))
    screen.out("Nothing was changed." if done is None else f"Saved {opened.path}")
    if done:
        carry_through(workspace, done.slug, before)


def list_applications(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WORD]...", help="Only those that have to do with all of these words."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Archived ones too.")] = False,
    json: Json = False,
) -> None:
    """List every application with its last contact and next step.

    With words, only those that have to do with all of them. A word can be part of a name, a company, a role or a note,
    or say where an application stands: due, soon, missed, waiting, replied, rejected, offer, withdrawn, ended, queued,
    upcoming, blocked, paused, snoozed, archived.

    \b
    followup-mail list
    followup-mail list kafka
    followup-mail list berlin due
    """
    from followup_mail.cli.views.show_applications import list_and_show

    list_and_show(open_workspace(), words or (), every, json)


def show(application: App, json: Json = False) -> None:
    """Show the facts of one application.

    \b
    followup-mail show lumen-freight
    """
    from followup_mail.cli.views.show_facts import show_application

    show_application(open_workspace(), application, json)


def forget(
    application: App,
    now: Annotated[bool, typer.Option("--now", help="For good: put nothing aside, erase what was put aside.")] = False,
    yes: Yes = False,
) -> None:
    """Delete everything about an application. Asks first.

    That is the facts, the queue with its history, and the copies of its mails on this machine. For a day undo brings
    it back.

    \b
    followup-mail forget lumen-freight
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.errors import ExitCode, RefusedError
    from followup_mail.services.applications.forget import find_forgettable, forget_application, forget_at_once

    workspace = open_workspace()
    slug = application if now else find_forgettable(workspace, application)
    if not yes:
        if not screen.is_interactive():
            raise RefusedError("Nothing was deleted: there is no terminal to ask on.", fix="Add --yes.")
        how = "This cannot be undone." if now else "Within a day `followup-mail undo` brings all of it back."
        if not screen.confirm(f"Delete the facts, the queue and every copy of '{slug}'? {how}"):
            screen.note("Nothing was deleted.")
            raise typer.Exit(ExitCode.REFUSED)
    for sentence in (forget_at_once if now else forget_application)(workspace, slug):
        screen.out(sentence)


def schema() -> None:
    """Print the JSON Schema of the facts file.

    With it, editors complete and check while you type.

    \b
    followup-mail schema > facts.schema.json
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.facts.schema import facts_schema

    screen.emit_json(facts_schema())
