"""Commands to start with: the demonstration, the settings, a look whether everything works."""

from typing import TYPE_CHECKING, Annotated

import typer

from followup_mail.cli.commands.arguments import Json, open_house
from followup_mail.cli.commands.help_panels import DELIVERY, START

if TYPE_CHECKING:
    from followup_mail.settings.table import Settings

if TYPE_CHECKING:
    from followup_mail.workspace import Workspace


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
    example: Annotated[bool, typer.Option("--example", help="Print the text of .env.example.")] = False,
) -> None:
    """Show every setting, its value, and where it was set. Secrets stay hidden.

    Settings come from the home folder's .env, from the environment, and from a file that you name with --env-file;
    never from the folder you work in. A command that prints the password is not shown.

    \b
    followup-mail settings
    followup-mail settings --example > my.env
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.settings.env_example import env_example
    from followup_mail.settings.exposure import find_exposed, say_exposed, say_how_to_close
    from followup_mail.settings.stray_env import say_stray
    from followup_mail.settings.table import setting_fields, variable

    if example:
        screen.out_whole(env_example().rstrip("\n"))
        return
    workspace = open_house()
    values = {row.name: _shown(getattr(workspace.settings, row.name)) for row in setting_fields()}
    # It may hold the password itself.
    values["smtp_password_command"] = "(set, not shown)" if values["smtp_password_command"] else ""
    values = {name: _without_secret(workspace.settings, value) for name, value in values.items()}
    values["home"] = str(workspace.home)
    values["time_zone"] = values["time_zone"] or _machine_zone(workspace)
    places = workspace.loaded.places
    if json:
        screen.emit_json(
            [{"key": variable(k), "value": v, "set_in": places.get(k, "default")} for k, v in values.items()]
        )
        return
    screen.table(
        ("Setting", "Value", "Set in"), [(variable(k), v, places.get(k, "default")) for k, v in values.items()]
    )
    if stray := say_stray(workspace.home):
        screen.note(screen.doubtful(stray))
    if exposed := find_exposed(workspace.loaded):
        screen.note(screen.doubtful(f"{say_exposed(exposed)}."))
        screen.note(say_how_to_close(exposed))


def _without_secret(given: "Settings", value: str) -> str:
    """Return a value to be shown, unless a password stands in it by mistake."""
    secrets = [one.reveal() for one in (given.smtp_password, given.imap_password) if len(one.reveal()) >= 4]
    return "(hidden: it holds the password)" if any(one in value for one in secrets) else value


def doctor() -> None:
    """Look whether everything is in place to send. Sends nothing.

    Settings, facts, templates, outbox, the login at the mail server, and the service. Exit code 1 when something is not
    in place; what is marked with !! should be looked at.

    \b
    followup-mail doctor
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.services.doctor import examine

    failed = 0
    for finding in examine(open_house()):
        mark = screen.good("ok ") if finding.ok else screen.bad("NO ")
        if finding.ok and finding.doubtful:
            mark = screen.doubtful("!! ")
        screen.out(f"{mark} {finding.what}: {finding.said}", "    ")
        if finding.fix:
            screen.out(screen.wrap(finding.fix, "    "))
        failed += not finding.ok
    if failed:
        raise typer.Exit(1)


def _machine_zone(workspace: "Workspace") -> str:
    from followup_mail.cli.terminal import screen
    from followup_mail.errors import SettingsError

    try:
        return workspace.own_zone.key
    except SettingsError as error:
        screen.note(error.sentence)
        screen.note(error.fix)
        return "not known"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        joined = "-" if value and hasattr(value[0], "hour") else ", "
        return joined.join(f"{one:%H:%M}" if hasattr(one, "hour") else str(one) for one in value)
    return "" if value in (None, 0) else str(value)
