"""The command ``setup``: as a dialogue on the terminal, or by options."""

from pathlib import Path
from typing import Annotated

import typer

from followup_mail.cli.commands.arguments import Json
from followup_mail.cli.commands.help_panels import START
from followup_mail.cli.commands.places import open_workspace


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command(rich_help_panel=START)(setup)


def setup(
    name: Annotated[str, typer.Option(metavar="NAME", help="Your name, as in From.")] = "",
    address: Annotated[str, typer.Option(metavar="ADDRESS", help="The address you write from.")] = "",
    provider: Annotated[
        str, typer.Option(metavar="NAME", help="The provider, e.g. gmail. Default: known from the address.")
    ] = "",
    autoconfig: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file in Mozilla's autoconfig form that names the servers.")
    ] = None,
    smtp_host: Annotated[str, typer.Option(metavar="HOST", help="The mail server, where no provider is known.")] = "",
    smtp_port: Annotated[int | None, typer.Option(min=1, max=65535, metavar="PORT", help="Its port.")] = None,
    smtp_security: Annotated[str, typer.Option(metavar="HOW", help="starttls, tls or plain.")] = "",
    imap: Annotated[
        bool | None, typer.Option("--imap/--no-imap", help="Set the mailbox too, so that it stops when they answer.")
    ] = None,
    imap_host: Annotated[str, typer.Option(metavar="HOST", help="The mailbox, where no provider is known.")] = "",
    imap_port: Annotated[int | None, typer.Option(min=1, max=65535, metavar="PORT", help="Its port.")] = None,
    imap_security: Annotated[str, typer.Option(metavar="HOW", help="tls, starttls or plain.")] = "",
    user: Annotated[str, typer.Option(metavar="NAME", help="The account name there. Default: the address.")] = "",
    auth: Annotated[
        str, typer.Option(metavar="HOW", help="password, oauth (in the browser), xoauth2 (a token) or none.")
    ] = "",
    client_id: Annotated[
        str, typer.Option(metavar="ID", help="For oauth: your client id; docs/oauth.md says how to get one.")
    ] = "",
    password_command: Annotated[
        str, typer.Option(metavar="COMMAND", help="A command that prints the password or token; it is kept instead.")
    ] = "",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from the first line of standard input.")
    ] = False,
    ca_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The certificate of a server that has its own.")
    ] = None,
    keep: Annotated[
        str, typer.Option(metavar="WHERE", help="keyring or env. Default: the keyring, where one works.")
    ] = "",
    no_login: Annotated[bool, typer.Option("--no-login", help="Save without trying the login.")] = False,
    test_mail: Annotated[bool, typer.Option("--test-mail", help="Send a short test mail to yourself.")] = False,
    service: Annotated[
        bool | None, typer.Option("--service/--no-service", help="Have the system deliver what is due.")
    ] = None,
    json: Json = False,
) -> None:
    """Set up your name, your address and the way your mail is sent.

    Without options it asks: it knows most providers by the address, says what sign-in works there, tries the login
    without sending anything, and offers a test mail. Run again, it shows what is set and changes one thing. What it
    sets stands in the home folder's .env, the password in the system's keyring where one works.

    \b
    followup-mail setup
    pass show mail | followup-mail setup --name "Jordan Example" \\
        --address jordan.example@gmail.com --password-stdin --test-mail
    followup-mail setup --address jordan@college.example \\
        --smtp-host smtp.college.example --password-command "pass show mail"
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.cli.views.setup_options import Given, set_up_by_options

    if (smtp_port or smtp_security) and not smtp_host:
        raise typer.BadParameter("--smtp-port and --smtp-security go with --smtp-host.")
    if (imap_port or imap_security) and not imap_host:
        raise typer.BadParameter("--imap-port and --imap-security go with --imap-host.")
    if password_stdin and password_command:
        raise typer.BadParameter("--password-stdin and --password-command: one of the two.")
    given = Given(
        name=name,
        address=address,
        provider=provider,
        autoconfig=autoconfig,
        smtp=(smtp_host, smtp_port, smtp_security),
        imap=imap,
        imap_server=(imap_host, imap_port, imap_security),
        user=user,
        auth=auth,
        client_id=client_id,
        password_command=password_command,
        password_stdin=password_stdin,
        ca_file=ca_file,
        keep=keep,
        no_login=no_login,
        test_mail=test_mail,
        service=service,
    )
    if not given.is_empty:
        set_up_by_options(open_workspace(), given, json)
    elif json or not screen.is_interactive():
        raise typer.BadParameter(
            "There is no terminal to ask on. Say what to set, e.g. --name NAME --address ADDRESS --password-stdin."
        )
    else:
        from followup_mail.cli.views.setup_dialogue import ask_and_set_up

        ask_and_set_up(open_workspace())
