"""Commands to start with: the demonstration, the settings, a look whether everything works."""

from typing import Annotated

import typer

from followup_mail.cli.commands.arguments import Json
from followup_mail.cli.commands.help_panels import DELIVERY, START
from followup_mail.cli.commands.places import (
    enter_candidate,
    find_office,
    named_candidate,
    open_to_examine,
    open_workspace,
)


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command(rich_help_panel=START)(demo)
    app.command(rich_help_panel=START)(settings)
    app.command(rich_help_panel=DELIVERY)(doctor)


def demo(
    keep: Annotated[bool, typer.Option("--keep", help="Leave the folder, to look at each mail as a file.")] = False,
) -> None:
    """Show the whole thing on sample facts, in a temporary folder.

    The folder is removed again, unless you say --keep. Nothing leaves this machine, and none of your settings are read.

    \b
    followup-mail demo
    followup-mail demo --keep
    """
    from followup_mail.cli.views.show_demo import show_demo

    show_demo(keep)


def settings(
    json: Json = False,
    example: Annotated[bool, typer.Option("--example", help="Print a file of settings to fill in.")] = False,
) -> None:
    """Show every setting, its value, and where it was set. Secrets stay hidden.

    Settings come from the home folder's .env, from the environment, and from a file that you name with --env-file;
    never from the folder you work in. A command that prints a password or key is not shown. When a writing model is
    set, a sentence says what leaves this machine.

    \b
    followup-mail settings
    followup-mail settings --example > my.env
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.settings.env_example import env_example

    if example:
        screen.out_whole(env_example().rstrip("\n"))
        return
    from followup_mail.services.accounts.list_settings import list_settings
    from followup_mail.services.as_json.json_views import settings_json
    from followup_mail.settings.exposure import find_exposed, say_exposed, say_how_to_close
    from followup_mail.settings.stray_env import say_stray

    workspace = open_workspace()
    listed = list_settings(workspace)
    if listed.zone_error:
        screen.note(listed.zone_error.sentence)
        screen.advise(listed.zone_error.fix)
    if json:
        screen.emit_json(settings_json(listed.rows))
        return
    screen.table(("Setting", "Value", "Set in"), [(row.key, row.value, row.set_in) for row in listed.rows])
    if listed.writing_model:
        screen.out(screen.wrap(listed.writing_model))
    if listed.writing_error:
        screen.note(screen.doubtful(listed.writing_error.sentence))
        screen.advise(listed.writing_error.fix)
    if stray := say_stray(workspace.home):
        screen.note(screen.doubtful(stray))
    if exposed := find_exposed(workspace.loaded):
        screen.note(screen.doubtful(f"{say_exposed(exposed)}."))
        screen.note(say_how_to_close(exposed))


def doctor(json: Json = False) -> None:
    """Look at everything that can stop a mail. Sends nothing.

    Each look says ok, !! (it works, but look at it) or NO, with the command that helps: program, home folder, disk,
    permissions, settings, time zone, facts, cadences, templates, outbox, the mail server's name, login and certificate,
    mailbox, clock, writing model, service. Exit code 1 for a NO only. For an office it looks at the database, the key
    and its clock, and with --candidate at what is theirs.

    \b
    followup-mail doctor
    followup-mail doctor --json
    """
    from followup_mail.cli.views.show_looks import show_looks
    from followup_mail.services.health.doctor import check_setup

    if office := find_office():
        from followup_mail.settings.office_settings import require_packages

        require_packages()
        from followup_mail.services.office.office_doctor import check_office

        name = named_candidate()
        opener = (lambda: enter_candidate(office, name)) if name else None
        if not show_looks(lambda announce: check_office(office, opener, announce), as_json=json):
            raise typer.Exit(1)
        return
    workspace, unreadable = open_to_examine()
    if not show_looks(lambda announce: check_setup(workspace, unreadable, announce), as_json=json):
        raise typer.Exit(1)
