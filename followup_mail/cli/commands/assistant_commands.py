"""The command ``mcp``: a server for assistants, which read, write and propose, and never send."""

from typing import Annotated

import typer

from followup_mail.cli.commands.help_panels import START
from followup_mail.cli.commands.places import named_env_file, named_home


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command(name="mcp", rich_help_panel=START)(serve_assistants)


def serve_assistants(
    http: Annotated[
        bool,
        typer.Option(
            "--http", help="Serve over HTTP at 127.0.0.1, with a token, in place of standard input and output."
        ),
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", min=0, max=65535, help="The port of --http. Default: 8741.", show_default=False),
    ] = None,
) -> None:
    """Serve AI assistants: they propose, and never send.

    An assistant starts this itself, once it is set up (docs/assistants.md); it speaks the Model Context Protocol. What
    it proposes waits in `followup-mail today` and on the page until you accept it. Nothing here queues or sends a mail,
    changes a fact or a setting, or reads a password or your mailbox.

    \b
    followup-mail mcp
    followup-mail mcp --http
    followup-mail mcp --http --port 9000
    """
    from followup_mail.cli.views.serve_assistants import serve_and_say

    if port is not None and not http:
        raise typer.BadParameter("--port goes with --http.")
    serve_and_say((named_home(), named_env_file()), http, port)
