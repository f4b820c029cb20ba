"""The command ``open``: everything in a browser."""

from typing import Annotated

import typer

from followup_mail.cli.commands.completing import complete_application
from followup_mail.cli.commands.help_panels import START
from followup_mail.cli.commands.places import named_env_file, named_home, open_workspace, refuse_in_office


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command(name="open", rich_help_panel=START)(open_page)


def open_page(
    application: Annotated[
        str,
        typer.Argument(metavar="[APP]", autocompletion=complete_application, help="Begin with this application."),
    ] = "",
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Whether to start the browser, or only print the address.")
    ] = True,
    deliver: Annotated[
        bool, typer.Option("--deliver/--no-deliver", help="Whether mails that fall due leave while the page is open.")
    ] = True,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Listen at this address of the machine, e.g. for your phone, not only to itself."
        ),
    ] = "127.0.0.1",
    launcher: Annotated[
        bool | None,
        typer.Option(
            "--launcher/--no-launcher",
            help="Only put an icon that opens the page into the menu (Linux) or on the desktop; or take it away.",
            show_default=False,
        ),
    ] = None,
    port: Annotated[int, typer.Option(metavar="NUMBER", min=0, max=65535, help="The port; 0 takes a free one.")] = 0,
) -> None:
    """Open the page: everything that the commands do, in your browser.

    It runs on this machine and answers nobody else. It ends with Ctrl-C, with the terminal, or by its own button. A
    second `open` finds the first. While it is open, mails that fall due leave, as with `run --watch`.

    \b
    followup-mail open
    followup-mail open lumen-freight
    followup-mail open --launcher
    followup-mail open --no-browser
    followup-mail open --host 192.168.1.20
    """
    refuse_in_office("followup-mail open")
    if launcher is not None:
        from followup_mail.cli.views.show_page import launcher_and_say

        launcher_and_say(open_workspace(), launcher)
        return
    from followup_mail.cli.views.show_page import open_and_say
    from followup_mail.web.serve import Wish

    to = f"/applications/{application}" if application else ""
    open_and_say((named_home(), named_env_file()), Wish(host, port, to, deliver), browser)
